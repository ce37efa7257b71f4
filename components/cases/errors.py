"""What can be wrong with a file of cases."""

from components.errors import AppError


class CaseError(AppError):
    """A file that can't be read as cases, or written. Nothing of it was taken. Data, by code:

    cases_file, cases_taken, cases_empty, cases_unknown, cases_not_text: name.
    cases_damaged, cases_invalid: place (where in the file). cases_too_large: limit (MB).
    cases_too_many, cases_complex: limit. cases_newer: found, known (versions). cases_tag: tag.
    cases_arguments: message.
    """

    codes = frozenset(
        {
            "cases_file",
            "cases_taken",
            "cases_empty",
            "cases_unknown",
            "cases_not_text",
            "cases_damaged",
            "cases_invalid",
            "cases_too_large",
            "cases_too_many",
            "cases_complex",
            "cases_newer",
            "cases_tag",
            "cases_arguments",
        }
    )
