"""What can be wrong with a file that somebody wants to bring in."""

from components.errors import AppError


class ExportError(AppError):
    """An export that can't be read. Nothing was written. Data, by code:

    import_newer: found, known (versions). import_too_large: limit (MB). import_invalid: place
    (where in the file, such as `conversations[2].title`). import_image_*: name.
    """

    codes = frozenset(
        {
            "import_not_ours",
            "import_newer",
            "import_damaged",
            "import_too_large",
            "import_invalid",
            "import_image_missing",
            "import_image_changed",
            "import_image_unusable",
        }
    )
