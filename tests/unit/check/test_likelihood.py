from typing import Any

import pytest

from briefgen.check.likelihood import likelihood_with_confidence
from briefgen.model.content import KeyPoint
from briefgen.model.problem import Pointer, Problem
from support.sites import a_site

FILE = "content/briefs/outlook.md"
BLURRED = "We judge with high confidence that a truce is unlikely."
CLEAR = "A truce is unlikely. We judge so with high confidence."


def blurred(text: str) -> bool:
    return bool(list(likelihood_with_confidence(a_site(briefs={"outlook": {"lede": text}}))))


def test_likelihood_and_confidence_do_not_share_a_sentence() -> None:
    assert list(likelihood_with_confidence(a_site(briefs={"outlook": {"lede": BLURRED}}))) == [
        Problem(
            code="likelihood-with-confidence",
            message='likelihood ("unlikely") and confidence ("high confidence") in one sentence',
            at=Pointer(FILE, ("lede",)),
            hint="say how likely in one sentence and how sure you are in another (ICD 203)",
        )
    ]


def test_likelihood_and_confidence_in_two_sentences_are_fine() -> None:
    assert not blurred(CLEAR)


@pytest.mark.parametrize(
    ("entry", "keys"),
    [
        ({"key_points": [CLEAR, BLURRED]}, ("key_points", 1)),
        ({"claims": [{"note": BLURRED}]}, ("claims", 0, "note")),
        ({"assessments": [{"says": BLURRED}]}, ("assessments", 0, "says")),
        ({"assessments": [{"says": CLEAR}, {"says": CLEAR, "basis": BLURRED}]}, ("assessments", 1, "basis")),
    ],
)
def test_all_that_the_desk_writes_is_read(entry: dict[str, Any], keys: tuple[str | int, ...]) -> None:
    (problem,) = likelihood_with_confidence(a_site(briefs={"outlook": entry}))

    assert problem.at == Pointer(FILE, keys)


def test_the_key_points_of_the_site_are_read_too() -> None:
    (problem,) = likelihood_with_confidence(a_site(key_points=(KeyPoint(says=CLEAR), KeyPoint(says=BLURRED))))

    assert problem.at == Pointer("content/site.yaml", ("key_points", 1, "says"))


def test_claims_and_quotes_are_not_checked_for_likelihood() -> None:
    claims = [{"says": BLURRED, "quote": BLURRED}]

    assert list(likelihood_with_confidence(a_site(briefs={"outlook": {"claims": claims}}))) == []


@pytest.mark.parametrize(
    "likelihood",
    [
        "there is almost no chance that",
        "it is very unlikely that",
        "it is unlikely that",
        "there is a roughly even chance that",
        "it is likely that",
        "it is very likely that",
        "it is almost certain that",
        "the chances are remote that",
        "there is a remote chance that",
        "it is highly improbable that",
        "improbably,",
        "there are roughly even odds that",
        "it is probable that",
        "probably",
        "it is highly probable that",
        "it is nearly certain that",
        "Almost certainly",
    ],
)
def test_both_rows_of_likelihood_words_count(likelihood: str) -> None:
    assert blurred(f"We have low confidence, but {likelihood} talks go on.")


@pytest.mark.parametrize(
    "confidence",
    [
        "low confidence",
        "moderate confidence",
        "High confidence",
        "very high confidence",
        "low-to-moderate confidence",
        "moderate to high confidence",
        "high analytic confidence",
        "a low-confidence judgement",
        "our confidence is low",
        "our confidence in this judgment is moderate",
        "confidence: high",
        "the confidence level remains low",
        "we are highly confident",
    ],
)
def test_confidence_is_known_in_its_usual_forms(confidence: str) -> None:
    assert blurred(f"A truce is likely ({confidence}).")


@pytest.mark.parametrize(
    "text",
    [
        "High confidence in likelihood tables is rare.",  # no degree of likelihood
        "With high confidence: they met in a remote village.",
        "With high confidence: the talks went on in a remote format.",
        "We have high confidence in the unlikelihood of it.",
        "Consumer confidence is low, so a recession is likely.",
        "The public’s low confidence in the talks makes protests likely.",
        "He probably spoke in confidence.",
        "They will probably lose the confidence of the high command.",
    ],
)
def test_words_of_another_meaning_do_not_count(text: str) -> None:
    assert not blurred(text)


@pytest.mark.parametrize(
    "text",
    [
        "Is it likely? We have low confidence.",
        "“It is likely.” We have low confidence.",
        "It is likely (so he says.) We have low confidence.",
        "It is likely to be signed in the U.S. We have low confidence.",
        "It is likely plan B. Confidence is low.",
        "It is likely in 2026. 12 sources give us low confidence.",
        "It is likely\n\nconfidence: low",
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str) -> None:
    assert not blurred(text)


@pytest.mark.parametrize(
    "text",
    [
        "It is likely that Mr. Witkoff returns, we say with low confidence.",
        "It is likely that J. D. Vance returns, we say with low confidence.",
        "It is likely that the U.S. Congress agrees, we say with low confidence.",
        "It is likely under Art. 5 or No. 7, we say with low confidence.",
        "It is likely, e.g. for 3.5 years, we say with low confidence.",
        "It is likely\nthat it ends, we say with low\nconfidence.",
    ],
)
def test_a_full_stop_that_shortens_a_word_ends_nothing(text: str) -> None:
    assert blurred(text)
