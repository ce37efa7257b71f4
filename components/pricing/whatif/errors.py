"""What can be wrong with what a person gives the calculator."""

from components.errors import AppError


class CostError(AppError):
    """Something asked of the calculator that can't be read or is out of range. Data, by code:

    size_*: written (the piece as it stands there), row (its number from 1, "" where it is alone);
    size_too_large, size_count: limit; size_missing: row only. cost_rows: limit. cost_number: name,
    written, least, most. cost_share: name, written. cost_detail: written, known, perhaps row.
    cost_model: model, close (names like it, "" for none). csv_*: name; csv_too_large,
    csv_too_many_rows: limit; csv_columns: columns; csv_unreadable: row. link_unreadable: written.
    link_value: name, written. link_version: written, known. link_too_long: sizes, characters,
    limit. rate_*: written; rate_range: least, most. currency_code: written.
    command_arguments: message. command_file: name.
    """

    codes = frozenset(
        {
            "size_none",
            "size_unreadable",
            "size_not_a_number",
            "size_zero",
            "size_negative",
            "size_too_large",
            "size_count",
            "size_missing",
            "cost_rows",
            "cost_number",
            "cost_share",
            "cost_detail",
            "cost_model",
            "csv_empty",
            "csv_too_large",
            "csv_binary",
            "csv_workbook",
            "csv_columns",
            "csv_too_many_rows",
            "csv_unreadable",
            "link_unreadable",
            "link_value",
            "link_version",
            "link_too_long",
            "rate_unreadable",
            "rate_range",
            "currency_code",
            "command_arguments",
            "command_file",
        }
    )
