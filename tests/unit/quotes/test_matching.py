"""Finding quotes in texts."""

import pytest

from briefgen.quotes.matching import find_quote


def _words(quote: str, text: str) -> list[str]:
    return [text[start:end] for start, end in find_quote(quote, text).spans]


def test_same_words_are_exact() -> None:
    match = find_quote("two rivers meet", "Where two rivers meet, a town grew.")
    assert (match.result, match.how, match.spans) == ("found", "exact", ((6, 21),))


def test_typographic_differences_are_normalised() -> None:
    text = "He said: “We don’t\u00a0know – yet”."
    match = find_quote('"We don\'t know - yet"', text)
    assert (match.result, match.how) == ("found", "normalised")
    assert _words('"We don\'t know - yet"', text) == ["“We don’t\u00a0know – yet”"]


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("know yet", "We knew yet."),
        ("negotiable", "This is non-negotiable."),
        ("he can", "he can't go"),
        ("000 people", "1,000 people"),
        ("500 people", "24 500 people"),
        ("5 degrees", "It was -5 degrees."),
        ("Cafe", "Cafe\u0301 Royal"),
        ("…", "Wait … what"),
        ("", "Wait"),
    ],
)
def test_other_differences_make_a_quote_absent(quote: str, text: str) -> None:
    assert find_quote(quote, text).result == "absent"


def test_two_places_are_ambiguous_without_context() -> None:
    text = "First the deal failed. Then the deal held."
    assert find_quote("the deal", text).result == "ambiguous"
    assert find_quote("the deal", text, before="Then").spans == ((28, 36),)
    assert find_quote("the deal", text, after="failed").spans == ((6, 14),)


def test_parts_around_an_ellipsis_are_in_order_in_one_paragraph() -> None:
    text = "We came, and we saw, and we won.\nThey left."
    assert _words("We came … we won", text) == ["We came", "we won"]
    assert find_quote("we won … We came", text).result == "absent"
    assert find_quote("we won […] They left", text).result == "absent"
    assert find_quote("we won […] They left", text, is_far=True).result == "found"
