"""What the rules rest on, and where sources disagree."""

import pytest

from components.i18n import texts
from components.models import catalogue, find_model
from components.pricing.whatif.rules.accuracy import anomalies
from components.pricing.whatif.rules.evidence import (
    Disagreement,
    disagreements,
    disagreements_of,
    evidence_of,
)
from components.tokens import count_image_tokens
from components.tokens.cases import cases
from components.tokens.rules import rules

RULES = {model.image_rule: model.id for model in catalogue() if model.image_rule}


def code_of(found: Disagreement) -> str:
    return found.code


ALL = pytest.mark.parametrize("found", disagreements(), ids=code_of)


@pytest.mark.parametrize("rule", sorted(rules().keys() - {"builtin"}))
def test_every_rule_has_a_document_that_was_checked_on_a_day(rule: str) -> None:
    found = evidence_of(RULES[rule])
    assert found is not None
    assert found.rule == rule
    assert found.checked is not None
    assert found.documents
    assert all(url.startswith("https://") for url in found.documents + found.bills)


@pytest.mark.parametrize("rule", sorted(rules()))
def test_a_rule_that_is_called_billed_has_bills(rule: str) -> None:
    found = evidence_of(RULES[rule])
    assert found is not None
    # The bills of Gemini 2.5 Flash that its one figure was seen in are on no page we could name.
    if found.evidence == "billed" and rule != "gemini-2.5":
        assert found.bills
    if found.evidence == "assumed":
        assert not found.bills


def test_patches_are_within_one_and_tiles_exact() -> None:
    tile, patch = evidence_of("gpt-4o"), evidence_of("gpt-5.4")
    assert tile is not None
    assert patch is not None
    assert (tile.tolerance, patch.tolerance) == (0, 1)


def test_models_without_a_rule_have_no_evidence() -> None:
    assert evidence_of("gpt-4") is None
    assert evidence_of("some-model") is None


@pytest.mark.parametrize("found", [one for one in disagreements() if one.example], ids=code_of)
def test_our_figure_of_a_disagreement_is_what_we_count(found: Disagreement) -> None:
    model, detail = str(found.example["model"]), str(found.example["detail"])
    size = int(found.example["width"]), int(found.example["height"])
    assert count_image_tokens(model, *size, detail).tokens == found.ours
    assert found.theirs != found.ours
    assert found in disagreements_of(model)


@ALL
def test_a_disagreement_names_rules_and_models_that_exist(found: Disagreement) -> None:
    assert found.rules or found.models
    assert set(found.rules) <= rules().keys()
    assert all(find_model(model).known for model in found.models)
    assert disagreements_of((*found.models, *(RULES[rule] for rule in found.rules))[0])


@ALL
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_disagreement_gives_both_figures(found: Disagreement, lang: str) -> None:
    text = found.text(lang)
    assert f"{found.ours:,}" in text
    assert f"{found.theirs:,}" in text


def test_every_text_of_a_disagreement_is_used() -> None:
    said = {key for key in texts("en") if key.startswith("cost.evidence.disagree.")}
    assert said == {f"cost.evidence.disagree.{found.code}" for found in disagreements()}


def test_the_budget_of_2025_gives_the_other_figure() -> None:
    (found,) = [one for one in disagreements() if one.code == "budget_2025"]
    then = count_image_tokens("gpt-4.1-mini", 2048, 2048, "high", era="2025")
    assert then.tokens == found.theirs


def test_the_first_guides_figures_concern_the_model_it_was_about() -> None:
    assert "first_guide" in {found.code for found in disagreements_of("gpt-4-vision-preview")}
    assert "first_guide" in {found.code for found in disagreements_of("gpt-4-1106-vision-preview")}
    assert "first_guide" not in {found.code for found in disagreements_of("gpt-5")}


def test_the_context_of_gpt_4_32k_is_ours() -> None:
    (found,) = disagreements_of("gpt-4-32k")
    assert find_model("gpt-4-32k").context == found.ours


def test_every_anomaly_is_a_disagreement_that_says_why() -> None:
    known = {found.code: found for found in disagreements()}
    for judged in anomalies():
        found = known[judged.case.anomaly]
        assert (judged.case.tokens, judged.counted) == (found.theirs, found.ours)
        assert judged.rule in found.rules
    assert {case.anomaly for case in cases()} - {""} == {"o1_bill", "chat_tiles", "gateway"}
