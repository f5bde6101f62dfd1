"""Text directives of links; what browsers make of them is in tests/browser/test_text_fragments.py."""

from urllib.parse import unquote

from briefgen.quotes.fragments import LONGEST, fragment_of_words, text_fragment
from briefgen.quotes.matching import find_quote


def _fragment(quote: str, text: str, before: str = "") -> str:
    return text_fragment(text, find_quote(quote, text, before=before).spans)


def test_separators_of_directives_are_encoded() -> None:
    assert fragment_of_words("Yes, no & well-known") == "text=Yes%2C%20no%20%26%20well%2Dknown"


def test_unique_words_need_no_context() -> None:
    text = "Before it, all of the words are here, and behind."
    assert _fragment("all of the words are here", text) == fragment_of_words("all of the words are here")


def test_words_of_the_text_are_used_not_those_of_the_quote() -> None:
    text = "He said “we don’t know” and left."
    assert unquote(_fragment('said "we don\'t know" and', text)) == "text=said “we don’t know” and"


def test_few_words_get_those_beside_them() -> None:
    assert unquote(_fragment("the deal", "At last, the deal held for years.")) == "text=At last,-,the deal,-held for"


def test_words_that_differ_from_others_only_in_case_get_context() -> None:
    text = "The Bridge Is Open Again\nWe hear the bridge is open again, they say."
    assert unquote(_fragment("the bridge is open again", text)) == "text=We hear-,the bridge is open again,-, they"


def test_context_grows_until_it_is_unique() -> None:
    text = "One two three four the deal a b c d. Six two three four the deal a b c e."
    assert unquote(_fragment("the deal", text, before="Six two three four")) == (
        "text=Six two three four-,the deal,-a b c e."
    )


def test_long_quotes_are_their_first_and_last_words() -> None:
    text = f"It says: {' '.join(f'word{number}' for number in range(100))} end."
    quote = text[9:-5]
    assert len(quote) > LONGEST
    assert (
        _fragment(quote, text)
        == "text=word0%20word1%20word2%20word3%20word4,word95%20word96%20word97%20word98%20word99"
    )


def test_a_place_in_two_paragraphs_is_a_range() -> None:
    text = "We will never go away from here.\nWe shall stay in this house."
    assert unquote(_fragment("never go away from here. We shall stay in this", text)) == (
        "text=never go away from here.,We shall stay in this"
    )


def test_each_part_around_an_ellipsis_has_a_directive() -> None:
    text = "We came here by sea today, and we left by land at night."
    assert _fragment("came here by sea … left by land at", text) == (
        "text=came%20here%20by%20sea&text=left%20by%20land%20at"
    )
