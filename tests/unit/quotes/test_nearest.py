"""The nearest passage to a quote that is absent."""

import pytest

from briefgen.quotes.nearest import Nearest, nearest_passage


def test_nearest_passage_shows_the_difference_by_word() -> None:
    near = nearest_passage("we will never sign this deal", "Before. In the end we will not sign this deal. After.")
    assert near.passage == "we will not sign this deal"
    assert [(change.kind, change.words) for change in near.changes] == [
        ("same", "we will"),
        ("only_quote", "never"),
        ("only_source", "not"),
        ("same", "sign this deal"),
    ]


def test_a_word_that_the_quote_leaves_out_is_shown() -> None:
    near = nearest_passage(
        "are capable of ending the war", "Calls, even so, are not capable of ending the war. And so on."
    )
    assert near.passage == "are not capable of ending the war"
    assert ("only_source", "not") in [(change.kind, change.words) for change in near.changes]


@pytest.mark.parametrize(
    ("quote", "text", "changes"),
    [
        ("called 'a rumor'", "He called “a rumour”.", [("-", "'"), ("+", '"'), ("-", "rumor'"), ("+", 'rumour"')]),
        ("said, that it is", "He said that it is.", [("-", ",")]),
        ("it’s late—too late", "“It’s late–too early”", [("-", "it's"), ("+", "It's"), ("-", "late"), ("+", "early")]),
        ("a hyphenated ward", "A line with a hyphen-\u2028ated word.", [("-", "ward"), ("+", "word")]),
        ("a hyphen-ated ward", "A line with a hyphen-\u2028ated word.", [("-", "ward"), ("+", "word")]),
        ("ﬁnal words", "The final word", [("-", "words"), ("+", "word")]),
        ("It was 24 500 dollars.", "It was 24 500 euros.", [("-", "dollars"), ("+", "euros")]),
    ],
)
def test_only_what_the_search_distinguishes_is_a_difference(
    quote: str, text: str, changes: list[tuple[str, str]]
) -> None:
    found = nearest_passage(quote, text).changes

    signs = {"only_quote": "-", "only_source": "+"}
    assert [(signs[change.kind], change.words) for change in found if change.kind != "same"] == changes


def test_texts_without_spaces_are_compared_by_letter() -> None:
    near = nearest_passage("会谈将继续", "部长说，会谈将于明天继续，双方都表示欢迎。")
    assert near.passage == "会谈将于明天继续"
    assert [(change.kind, change.words) for change in near.changes] == [
        ("same", "会谈将"),
        ("only_source", "于明天"),
        ("same", "继续"),
    ]


def test_nothing_is_near_without_shared_words() -> None:
    assert nearest_passage("zebras graze", "The river rose.") == Nearest()


def test_repeated_words_take_no_more_than_linear_time() -> None:
    assert nearest_passage("the " * 200 + "end", "the " * 100_000).passage
