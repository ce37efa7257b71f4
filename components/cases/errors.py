"""What can be wrong with a file of cases."""

from components.errors import AppError


class CaseError(AppError):
    """A file that can't be read as cases, or written. Nothing of it was taken. Data, by code:

    cases_file, cases_taken, cases_empty, cases_unknown, cases_not_text: name.
    cases_damaged, cases_invalid: place (where in the file). cases_too_large: limit (MB).
    cases_too_many, cases_complex: limit. cases_newer: found, known (versions). cases_tag: tag.
    cases_arguments: message. cases_nothing_asked.

    Or a run that can't be planned or begun: case_no_model, case_no_baseline,
    case_none_again, case_no_judge: name. case_judge_no_vision: model. case_prompt, case_crop,
    case_already_running. case_none_selected: tags. case_no_vision: model. case_too_many: what,
    count, limit. case_too_many_answers: count, limit. case_budget: value. case_image_gone: name.
    case_run_unknown: id. case_endpoint: name. case_report: name. case_drafts:
    count.
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
            "case_no_model",
            "case_no_judge",
            "case_none_again",
            "case_judge_no_vision",
            "case_prompt",
            "case_crop",
            "case_already_running",
            "case_none_selected",
            "case_no_vision",
            "case_too_many",
            "case_too_many_answers",
            "case_budget",
            "case_image_gone",
            "case_run_unknown",
            "case_drafts",
            "case_endpoint",
            "case_report",
            "case_no_baseline",
            "cases_nothing_asked",
        }
    )
