"""Parts of a whole that are made by whoever needs them first."""

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Made = TypeVar("Made")
_making = threading.RLock()  # one for all: making one makes what it needs


class Once(Generic[Made]):
    """functools.cache for a method without arguments, but one thread at a time makes it: when a
    database is back all visits ask at once, and two runners wouldn't know of each other's answers.

    What raises is not kept: the next caller tries again.
    """

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._kept: list[Made] = []

    def __call__(self) -> Made:
        if kept := self._kept:
            return kept[0]
        with _making:
            if not self._kept:
                self._kept = [self._make()]
            return self._kept[0]

    @property
    def made(self) -> bool:
        return bool(self._kept)

    def forget(self) -> None:
        """The next caller makes it anew; what another thread is making goes as well."""
        with _making:
            self._kept = []


class made_once(Generic[Made]):  # noqa: N801
    """A method whose result an object keeps: `whole.part()`, and `whole.part.made`."""

    def __init__(self, make: Callable[[Any], Made]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, whole: None, owner: type) -> "made_once[Made]": ...

    @overload
    def __get__(self, whole: object, owner: type) -> Once[Made]: ...

    def __get__(self, whole: object | None, owner: type) -> "made_once[Made] | Once[Made]":
        if whole is None:
            return self
        with _making:
            kept: Once[Made] = whole.__dict__.setdefault(
                self._name, Once(lambda: self._make(whole))
            )
            return kept
