"""What can go wrong, as codes with data.

Core code raises AppError subclasses and never writes sentences: `code` is the key of a text
(`error.<code>.text` and `error.<code>.next` in every language of components/i18n), `data` fills
its placeholders. One place in components/ui turns an AppError into a sentence with a next step.
"""

from typing import ClassVar


class AppError(Exception):
    """Something a person can be told about in one sentence with one next step.

    code: key of the text; must be one of the class's `codes`, so that a typo fails in a test
    and not before a person. data: values for the text's placeholders. Never a key or a header.
    """

    codes: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, code: str, **data: object) -> None:
        if code not in self.codes:
            raise ValueError(f"{type(self).__name__} has no code {code!r}")
        super().__init__(f"{code} {data}" if data else code)
        self.code = code
        self.data = data

    def __reduce__(self) -> tuple[object, ...]:
        """Errors come out of processes of their own as well; `__init__` takes no `args`."""
        return _made_again, (type(self), self.args, self.__dict__)


def _made_again(
    kind: type[AppError], args: tuple[object, ...], facts: dict[str, object]
) -> AppError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(facts)
    return error


def all_codes(base: type[AppError] = AppError) -> frozenset[str]:
    """Every code of `base` and of its subclasses that have been imported so far."""
    found = base.codes
    for sub in base.__subclasses__():
        found |= all_codes(sub)
    return found


class ImageError(AppError):
    """An image that can't be sent. `data["name"]` is always the file's name."""

    codes = frozenset(
        {
            "image_empty",
            "image_not_an_image",
            "image_format",
            "image_svg",
            "image_animated",
            "image_truncated",
            "image_damaged",
            "image_too_many_bytes",
            "image_too_many_pixels",
            "image_too_complex",
            "image_unsupported_variant",
            "image_sent_too_large",
            "image_rejected_by_model",
            "url_invalid",
        }
    )

    def __init__(self, code: str, *, name: str, **data: object) -> None:
        super().__init__(code, name=name, **data)
        self.name = name


class PdfError(AppError):
    """A PDF whose pages can't be had. `data["name"]` is always the file's name."""

    codes = frozenset(
        {
            "pdf_too_many_bytes",
            "pdf_too_many_pages",
            "pdf_encrypted",
            "pdf_damaged",
            "pdf_too_complex",
            "pdf_page",
            "pdf_pages",
            "pdf_too_many_chosen",
        }
    )

    def __init__(self, code: str, *, name: str, **data: object) -> None:
        super().__init__(code, name=name, **data)
        self.name = name


class ConfigError(AppError):
    """A setting that can't be used. `data["setting"]` names it; its value is never repeated."""

    codes = frozenset(
        {
            "config_base_url",
            "config_key",
            "config_flag",
            "config_database",
            "config_models",
            "config_limit",
            "config_limit_unknown",
            "config_number",
            "config_choice",
            "config_secrets",
        }
    )


class ProviderError(AppError):
    """An endpoint that didn't answer as asked. Text that came before it is kept by the caller.

    status: HTTP status or None. detail: the endpoint's own words with keys masked, shown only
    escaped. request_id: as the endpoint names the call. retry_after: seconds it asks to wait.
    data has at least `host` and `model`.
    """

    codes = frozenset(
        {
            "refused_image",
            "no_vision",
            "filtered",
            "too_long",
            "url_unreachable",
            "auth",
            "no_credit",
            "forbidden",
            "no_model",
            "wrong_url",
            "conflict",
            "too_large",
            "unprocessable",
            "rate_limit",
            "quota",
            "upstream",
            "conn",
            "refused",
            "dns",
            "tls",
            "protocol",
            "timeout",
            "bad_json",
            "not_api",
            "error_200",
            "empty",
            "cut_empty",
            "interrupted",
            "stall",
            "deadline",
            "bad_chunk",
            "stream_error",
            "no_stream",
            "redirect",
            "not_public",
            "bad_request",
            "needs_upload",
            "reader_failed",
        }
    )

    def __init__(
        self,
        code: str,
        *,
        status: int | None = None,
        detail: str = "",
        request_id: str | None = None,
        retry_after: float | None = None,
        **data: object,
    ) -> None:
        super().__init__(code, **data)
        self.status = status
        self.detail = detail
        self.request_id = request_id
        self.retry_after = retry_after


class StoreError(AppError):
    """The conversation store can't be read or written."""

    codes = frozenset(
        {
            "store_unwritable",
            "store_newer",
            "store_not_ours",
            "store_damaged",
            "store_busy",
            "store_full",
            "store_gone",
            "store_refused",
        }
    )


class BackupError(AppError):
    """A store that can't be copied, or a copy that can't be made the log. data has where: `path`;
    of a program of PostgreSQL `program` instead."""

    codes = frozenset(
        {
            "backup_nothing",
            "backup_folder",
            "backup_full",
            "backup_file",
            "backup_foreign",
            "backup_in_use",
            "backup_kind",
            "backup_newer",
            "backup_damaged",
            "backup_no_program",
            "backup_old_program",
            "backup_program",
            "restore_occupied",
            "restore_not_empty",
            "restore_differs",
        }
    )
