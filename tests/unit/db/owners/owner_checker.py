"""Finds statements that could touch somebody else's rows.

Looks at each statement as an object when it is about to run: for every table it reads or changes,
also in joins and subqueries, the WHERE of that level must have `table.owner = <the owner>` among
its ANDed conditions. The word index knows owners by a word of theirs: there it must be a MATCH
that asks for that word. Raw SQL that names a table is refused, as nothing can be said of it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Delete, Engine, Insert, Select, Table, Update, event
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import (
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    ColumnClause,
    Grouping,
)
from sqlalchemy.sql.selectable import Alias, FromClause, Join, SelectBase, TableClause

from db.schema.conversations import metadata
from db.search.fts5 import search_index
from db.search.text import scope_of
from db.search.tsvector import search_words

NAMES = [*metadata.tables, search_index.name, search_words.name]


class OwnerChecker:
    """Listens to an engine, or to all. complaints: what was wrong; statements: how many were
    looked at.

    owner: who must be named in each statement. None: as the decorator says of the method that asks
    it; what goes past the repositories is let through.
    """

    def __init__(self, engine: Engine | type[Engine], owner: str | None = None) -> None:
        self.owner = owner
        self.complaints: list[str] = []
        self.statements = 0
        self._engine = engine
        event.listen(engine, "before_cursor_execute", self._look)

    def close(self) -> None:
        event.remove(self._engine, "before_cursor_execute", self._look)

    def _look(self, conn, _cursor, sql, _params, context, _many) -> None:  # type: ignore[no-untyped-def]
        said = conn.get_execution_options()
        owner, across = said.get("owner"), said.get("across", ())
        if self.owner is not None:
            owner, across = self.owner, ()
        elif "across" not in said:
            return
        if context.compiled is None or not isinstance(
            context.invoked_statement, SelectBase | Insert | Update | Delete
        ):
            if re.search(rf"\b({'|'.join(NAMES)})\b", sql):
                self.complaints.append(f"raw SQL: {sql}")
            return
        self.statements += 1
        statement = context.invoked_statement
        rows = context.compiled_parameters or [{}]
        found = sorted({c for row in rows for c in complaints(statement, owner, row, across)})
        if isinstance(statement, Insert) and statement.table not in across:
            index = _is_index(statement.table)
            for row in rows:
                whose = row.get("scope" if index else "owner")
                if owner is None:
                    wrong = not whose
                else:
                    wrong = whose != (scope_of(owner) if index else owner)
                if wrong:
                    found.append("inserts for another owner")
                    break
        self.complaints += [f"{what}: {sql}" for what in found]


def complaints(
    statement: visitors.Visitable,
    owner: str | None,
    given: Mapping[str, object] = MappingProxyType({}),
    across: Collection[Table] = (),
) -> Iterator[str]:
    """What is wrong with a statement and everything nested in it. owner: None for anybody, but one.
    given: its parameters. across: tables in which everybody's rows may be meant."""
    for node in visitors.iterate(statement):
        if isinstance(node, Select):
            sources = [s for f in node.get_final_froms() for s in _sources(f)]
        elif isinstance(node, Update | Delete):
            mentioned = {c.table for c in _columns(node.whereclause) if c.table is not None}
            sources = [node.table, *(t for t in mentioned if t is not node.table)]
        else:
            continue
        bound = [
            (table, given.get(each.key) if each.required else each.value)
            for table, each in _bound_owners(node.whereclause)
        ]
        for source in sources:
            if _is_index(source):
                words = f'scope : "{scope_of(owner) if owner else ""}'
                if not any(asked.startswith(words) for asked in _matches(node.whereclause)):
                    yield "no owner for search_index"
            if _table(source) is None or _table(source) in across:
                continue
            values = [value for table, value in bound if table is source]
            if not values:
                yield f"no owner for {_table(source)}"
            elif any(value != owner for value in values) if owner is not None else None in values:
                yield f"another owner for {_table(source)}"


def _table(source: FromClause) -> Table | None:
    inner = source.element if isinstance(source, Alias) else source
    return inner if isinstance(inner, Table) else None


def _is_index(source: object) -> bool:
    return isinstance(source, TableClause) and source.name == search_index.name


def _sources(source: FromClause) -> Iterator[FromClause]:
    if isinstance(source, Join):
        yield from _sources(source.left)
        yield from _sources(source.right)
    else:
        yield source


def _columns(node: visitors.Visitable | None) -> Iterator[ColumnClause]:  # type: ignore[type-arg]
    """Columns of this level, not those of subqueries, which are looked at by themselves."""
    if node is None or isinstance(node, SelectBase):
        return
    if isinstance(node, ColumnClause):
        yield node
    for child in node.get_children():
        yield from _columns(child)


def _bound_owners(where: object) -> Iterator[tuple[FromClause, BindParameter[Any]]]:
    """(table, parameter) of each `table.owner = :value` that must hold for the whole condition."""
    if isinstance(where, Grouping):
        yield from _bound_owners(where.element)
    elif isinstance(where, BooleanClauseList) and where.operator is operators.and_:
        for clause in where.clauses:
            yield from _bound_owners(clause)
    elif isinstance(where, BinaryExpression) and where.operator is operators.eq:
        for column, value in ((where.left, where.right), (where.right, where.left)):
            named = isinstance(column, ColumnClause) and column.name == "owner"
            if named and isinstance(value, BindParameter):
                yield column.table, value


def _matches(where: object) -> Iterator[str]:
    """What each MATCH asks for that must hold for the whole condition."""
    if isinstance(where, Grouping):
        yield from _matches(where.element)
    elif isinstance(where, BooleanClauseList) and where.operator is operators.and_:
        for clause in where.clauses:
            yield from _matches(clause)
    elif (
        isinstance(where, BinaryExpression)
        and isinstance(where.right, BindParameter)
        and getattr(where.operator, "opstring", "") == "MATCH"
    ):
        yield str(where.right.value)
