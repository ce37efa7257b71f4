"""What can't be compared, and limits of what can."""

from components.errors import AppError

MIN_TOGETHER = 2
MAX_TOGETHER = 10
"""Images of one request."""
MAX_IMAGES = 50
"""Images asked about one by one."""
MAX_QUESTIONS = 5
MAX_MODELS = 4
MAX_REPEATS = 10
MAX_CELLS = MAX_IMAGES * MAX_QUESTIONS * MAX_MODELS


class CompareError(AppError):
    """A comparison that isn't started, or a cell that isn't asked. Data, by code:

    compare_too_few_images: least. compare_too_many_*: count, limit. compare_no_vision: model.
    compare_over_context: model, tokens, limit.
    compare_url_image, compare_box: name.
    """

    codes = frozenset(
        {
            "compare_too_few_images",
            "compare_too_many_images",
            "compare_too_many_questions",
            "compare_too_many_models",
            "compare_too_many_repeats",
            "compare_too_many_cells",
            "compare_no_question",
            "compare_no_model",
            "compare_no_vision",
            "compare_over_context",
            "compare_url_image",
            "compare_box",
            "compare_nothing_before",
            "compare_image_gone",
            "compare_already_running",
        }
    )
