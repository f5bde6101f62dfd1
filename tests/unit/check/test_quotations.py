"""Problems of quotations, on sites without a disk."""

from collections.abc import Callable
from typing import Any

import pytest

from briefgen.check.proofs import NO_PROOFS, Proofs, prove_quotations
from briefgen.check.quotations import count_quotations, find_problems
from briefgen.load.references import resolve
from briefgen.model.checks import Capture, CopyInfo
from briefgen.model.content import Actor, Brief, Claim, Config, Context, Source
from briefgen.model.quotations import find_quotations
from briefgen.model.site import Document, Site
from briefgen.model.texts import MarkedText, Reference

TEXT = "A dam that holds\n\nThe mayor says that it will hold. “It will hold”, she said, for 40 years."


def site(extent: str = "whole", **claim: Any) -> Site:
    """A site with one claim and a copy of its source."""
    spoken = Claim(id="a", actor="mayor", **{"says": "It is safe.", **claim})
    brief = Brief(title="Dam", date="2025-01-01", source=Source(title="A dam that holds"), claims=(spoken,))
    documents: dict[str, list[Document[Any]]] = {
        "actor": [Document("mayor", "content/actors/mayor.md", Actor(name="Mayor", kind="person"))],
        "brief": [Document("dam", "content/briefs/dam.md", brief, has_marks=True)],
    }
    found = resolve(Config(title="x"), documents)[0]
    copy = CopyInfo("content/copies/dam", "a" * 64, Capture(extent=extent))  # type: ignore[arg-type]  # one of two words
    return Site(**{name: getattr(found, name) for name in found.__struct_fields__} | {"copies": {"dam": copy}})


def prove(site: Site, read: Callable[[str], str] = lambda _: TEXT, known: Proofs = NO_PROOFS) -> Proofs:
    return prove_quotations(site, find_quotations(site), read, known)


def problems(text: str = TEXT, **claim: Any) -> list[str]:
    checked = site(**claim)
    proofs = prove(checked, lambda _: text)
    codes = [problem.code for problem in find_problems(checked, find_quotations(checked), proofs)]
    # None of these sites has a record.
    return [code for code in codes if code != "outdated-check"]


def test_words_in_one_place_are_no_problem() -> None:
    assert problems(quote="It will hold") == []
    assert problems(quote="says that it will hold") == []


def test_the_hint_names_a_negation_that_was_left_out() -> None:
    checked = site(quote="[All] of the dams will hold")
    proofs = prove(checked, lambda _: "None of the dams will hold.")
    (problem, *_) = find_problems(checked, find_quotations(checked), proofs)
    assert problem.code == "absent-quote"
    assert problem.hint
    assert problem.hint.startswith('you left out "None"\nthe nearest words there: ')


@pytest.mark.parametrize(
    ("quote", "hint"),
    [
        ("it will hold … break for ever", "the nearest words there: break for years\nto change in the quote"),
        ("Ada said that … it will hold", "all its parts are there, but not in this order, or not in one paragraph"),
        ("it will … for years", 'you left out "not"'),
    ],
)
def test_the_hint_is_about_the_part_that_is_wrong(quote: str, hint: str) -> None:
    checked = site(quote=quote)
    proofs = prove(checked, lambda _: "A dam\nThey say it will hold. And it will not break for years.\nAda said that.")
    (problem, *_) = find_problems(checked, find_quotations(checked), proofs)
    assert problem.hint
    assert problem.hint.startswith(hint)


def test_words_in_several_places_need_a_context() -> None:
    assert problems(quote="will hold soon") == ["absent-quote"]
    assert problems(quote="will hold", says="It will hold.") == ["ambiguous-quote"]
    assert problems(quote="will hold", says="It will hold.", context=Context(before="that it")) == []
    assert problems(quote="will hold", says="It will hold.", context=Context(after="she said")) == []
    assert problems(quote="will hold", says="It will hold.", context=Context(after="he said")) == ["ambiguous-quote"]


def test_a_title_proves_little_unless_a_context_says_that_it_is_meant() -> None:
    assert problems(quote="dam that holds") == ["title-only-quote"]
    assert problems(quote="dam that holds", context=Context(before="A")) == []
    assert problems(f"{TEXT} A dam that holds.", quote="A dam that holds") == ["ambiguous-quote"]


@pytest.mark.parametrize(
    ("quote", "says", "expected"),
    [
        ("it will", "It is safe.", ["short-quote"]),
        ("it will", "It will stay.", []),
        ("that it will", "It is safe.", []),
    ],
)
def test_one_or_two_words_are_shown_in_what_is_said(quote: str, says: str, expected: list[str]) -> None:
    assert (
        problems(quote=quote, says=says, context=Context(before="says that" if "that" not in quote else "says"))
        == expected
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A dam\nIt is not true that it will break soon.", ["denied-quote"]),
        ("A dam\nIt is false, he said. He denies that “it will break soon”.", ["denied-quote"]),
        ("A dam\nIt is wrong to say it will break soon.", ["denied-quote"]),
        ("A dam\nThey say that it will break soon.", []),
        ("A dam\nIt was not over. They say that it will break soon.", []),
        ("A dam\nThey say it was not over, and that it will break soon.", []),
        ("A dam\nIt will not hold: it will break soon.", []),
    ],
)
def test_words_from_behind_a_denial_are_a_warning(text: str, expected: list[str]) -> None:
    assert problems(text, quote="it will break soon") == expected
    assert problems(text, quote="it will break soon", says="It will not break.") == []


def test_that_may_be_the_first_word_of_what_is_denied() -> None:
    text = "A dam\nIt is not true that it will break soon."

    assert problems(text, quote="that it will break soon") == ["denied-quote"]
    assert problems(text, quote="not true that it will break soon") == []


@pytest.mark.parametrize("quote", [" ", "…", "\u200b", "—"])
def test_a_quote_has_words(quote: str) -> None:
    assert problems(quote=quote) == ["absent-quote", "short-quote"]


def test_words_of_scripts_without_spaces_are_not_counted() -> None:
    assert problems("大坝\n市长说大坝很安全。", quote="大坝很安全") == []


def test_figures_of_dates_are_not_looked_for() -> None:
    assert problems(says="In 2025 it was built for 40 years.") == []
    assert problems(says="It was built for 50 years.") == ["figure-not-in-source"]


def test_figures_in_the_quotation_of_another_source_are_its_own() -> None:
    cite = Reference("cite", "dam", quote="50 years")
    said = MarkedText("It is safe \0000\000.", (cite,))

    assert problems(says=said) == ["absent-quote"]


def test_what_a_part_lacks_is_not_checked() -> None:
    part = site(extent="part", quote="it will break", says="It is for 50 years.")
    proofs = prove(part)

    assert list(find_problems(part, find_quotations(part), proofs)) == []
    assert count_quotations(part, find_quotations(part), proofs)["unchecked"] == 1


def test_known_results_are_not_looked_for_again() -> None:
    checked = site(quote="it will hold", says="It is for 40 years.")
    proofs = prove(checked)

    def read(_: str) -> str:
        raise AssertionError

    assert prove(checked, read, proofs) == proofs
