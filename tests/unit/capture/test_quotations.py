import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.capture.quotations import find_quotations
from briefgen.kernel.mentions import NameIndex
from briefgen.quotes.matching import find_quote

ACTORS = NameIndex({"Ada Miller": "ada-miller", "River Watch": "river-watch", "岸田": "kishida", "Міллер": "miller"})


def found(text: str) -> list[tuple[str, str]]:
    return [(one.words, one.speaker) for one in find_quotations(text, ACTORS.find)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We will build it here,” said Ada Miller.", "We will build it here"),
        ('Ada Miller said: "It’s as it has always been."', "It’s as it has always been."),
        ("‘I don’t see what you mean’, Ada Miller said.", "I don’t see what you mean"),
        ("« Nous ne pouvons pas accepter », a dit Ada Miller.", "Nous ne pouvons pas accepter"),
        ("«Мы не примем этот план», — сказала Ada Miller.", "Мы не примем этот план"),
        ("„Das werden wir nicht hinnehmen“, sagte Ada Miller.", "Das werden wir nicht hinnehmen"),
        ("»Das werden wir nicht hinnehmen«, sagte Ada Miller.", "Das werden wir nicht hinnehmen"),
        ("„Nie możemy tego przyjąć” – powiedziała Ada Miller.", "Nie możemy tego przyjąć"),
        ("”Vi kan inte acceptera det”, sade Ada Miller.", "Vi kan inte acceptera det"),
        ("Ada Miller: “A ‘word’ in the words”.", "A ‘word’ in the words"),
        ("Ada Miller: «Чотири слова “в лапках” тут».", "Чотири слова “в лапках” тут"),
    ],
)
def test_quotation_marks_of_many_languages(text: str, words: str) -> None:
    assert found(text) == [(words, "ada-miller")]


def test_a_script_without_spaces_has_quotations() -> None:
    assert found("岸田首相は「国民の理解を得たい」と述べた。") == [("国民の理解を得たい", "kishida")]


@pytest.mark.parametrize(
    "text",
    [
        "She called it a “miracle cure”.", "The dogs’ bowl and ’tis o’clock it’s there.",
        'A 2" pipe and 3" pipes are long',
        'He said "these words have no end. And', "『本』と「本」", "a “b“ c“ d“ e“ f",
    ],
)  # fmt: skip
def test_what_is_no_statement_is_no_quotation(text: str) -> None:
    assert found(text) == []


def test_speakers_are_those_named_in_the_sentence_and_then_in_the_paragraph() -> None:
    text = (
        "“We will build it here,” said Ada Miller. “Nobody asked for a vote.” River Watch denied that.\n"
        "River Watch called it “a number without a source”, and Ada Miller said “it is in the library”.\n"
        "“Nobody is named beside this.”"
    )

    assert found(text) == [
        ("We will build it here", "ada-miller"),
        ("Nobody asked for a vote.", "ada-miller"),
        ("a number without a source", "river-watch"),
        ("it is in the library", "ada-miller"),
        ("Nobody is named beside this.", ""),
    ]


def test_the_subject_of_a_sentence_speaks_rather_than_who_else_is_named_in_it() -> None:
    people = {"ada-miller"}
    for text in (
        "River Watch heard Ada Miller explain at length that this was “an offer to the whole valley”.",
        "Ada Miller, who met River Watch on the evening before the vote, called it “an offer to the whole valley”.",
        "“An offer to the whole valley”, River Watch was told by Ada Miller.",
    ):
        [one] = find_quotations(text, ACTORS.find, people)
        assert one.speaker == "ada-miller"


@pytest.mark.parametrize(
    ("text", "is_attributed"),
    [
        ("“We will build it here,” said Ada Miller.", True),
        ("“We will build it here,” Ada Miller of the town council told them.", True),
        ("Ada Miller: “We will build it here.”", True),
        ("Ada Miller was not convinced: “It is a number without a source.”", True),
        ("«Мы не примем этот план», — заявила Ada Miller.", True),
        ("„Das werden wir nicht hinnehmen“, sagte Ada Miller.", True),
        ("The claims that Ada Miller is “a threat to the whole valley” were repeated.", False),
        ("River Watch was told that this was “an offer to the whole valley”.", False),
        ("Ada Miller’s critics said that it was “an offer to the whole valley”.", False),
        ("Ada Miller said nothing. “It is a number without a source.”", False),
        ("The plan, “an offer to the whole valley”, is one that Ada Miller has in her desk.", False),
    ],
)
def test_a_verb_of_speech_or_a_colon_joins_a_name_to_its_words(text: str, *, is_attributed: bool) -> None:
    [one] = find_quotations(text, ACTORS.find)
    assert (one.is_attributed, bool(one.speaker)) == (is_attributed, True)


@pytest.mark.parametrize(
    "text",
    [
        "1 “Ada Miller opens the dam,” River Post, 3 December 2025. 2 “The dam is open at last,” https://post.example/",
        "[3] Bo Lund, “The dam is open at last”, post.example, 2025.",
        "² “The dam is open at last”, https://post.example/dam",
        "Read also: Ada Miller: “The dam is open at last”",
        "Читайте также\nAda Miller: «Плотина открыта после десяти лет»",
        "References\n1. Bo Lund, “The dam is open at last”, The Post",
    ],
)
def test_titles_in_references_and_link_boxes_are_no_quotations(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "1. “The dam is open at last,” Ada Miller said in 2025.",
        "Under article 5 of the treaty, “the dam is open at last”, said Ada Miller.",
        "Read also what they say.\nAda Miller: “The dam is open at last”",
    ],
)
def test_words_after_a_number_may_be_a_quotation(text: str) -> None:
    assert len(found(text)) == 1


def test_an_acronym_of_hebrew_does_not_end_a_quotation() -> None:
    assert found('הוא אמר: "צה"ל לא יצא משם בקרוב" ביום שני') == [('צה"ל לא יצא משם בקרוב', "")]


def test_whoever_is_named_in_a_quotation_does_not_speak_it() -> None:
    assert found("“Ada Miller is a fine mayor,” said a neighbour.") == [("Ada Miller is a fine mayor", "")]


def test_each_quotation_is_found_once() -> None:
    assert len(found("“One and the same words”\n“One and the same words”")) == 1


MARKS = st.sampled_from(
    ['"', "“", "”", "„", "«", "»", "‘", "’", "'", "「", "」", " ", ".", "\n", "слова", "words we say", "字"]
)


@given(st.lists(MARKS, max_size=30).map("".join))
def test_every_quotation_is_found_in_its_text(text: str) -> None:
    for words, _ in found(text):
        assert find_quote(words, text).result in ("found", "ambiguous")


def test_time_grows_with_the_text() -> None:
    assert found("“" * 20_000) == []
