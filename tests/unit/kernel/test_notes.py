"""Mappings that note what is looked up."""

from collections.abc import Callable, Mapping

import pytest

from briefgen.kernel.notes import Notes, Noting

WORDS = {"a": "Anna", "b": "Bert", "c": "Carl"}


def looked_up(ask: Callable[[Mapping[str, str]], object]) -> set[str]:
    notes = Notes()
    return notes.during(lambda: ask(Noting(WORDS, notes)))[1]


@pytest.mark.parametrize(
    ("ask", "names"),
    [
        (lambda words: words["a"], {"a"}),
        (lambda words: words.get("b"), {"b"}),
        (lambda words: words.get("x"), set()),
        (lambda words: words.get("x", "nobody"), set()),
        (lambda words: list(words.values()), {"a", "b", "c"}),
        (lambda words: list(words.items()), {"a", "b", "c"}),
        (lambda words: ("a" in words, len(words), list(words), list(words.keys())), set()),
    ],
)
def test_values_are_noted_and_keys_are_not(ask: Callable[[Mapping[str, str]], object], names: set[str]) -> None:
    assert looked_up(ask) == names


def test_it_answers_as_any_mapping_does() -> None:
    words = Noting(WORDS, Notes())

    assert dict(words) == {**words} == WORDS
    assert (words["a"], words.get("x"), words.get("x", "?"), [*words.items()]) == ("Anna", None, "?", [*WORDS.items()])
    with pytest.raises(KeyError):
        words["x"]


def test_a_value_may_stand_for_several_names() -> None:
    notes = Notes()
    letters = Noting(WORDS, notes, names=str.lower)

    assert notes.during(lambda: letters["b"]) == ("Bert", {"b", "e", "r", "t"})
    assert notes.during(letters.values)[1] == set("annabertcarl")


def test_what_was_looked_up_on_the_way_counts_for_everybody_who_waits() -> None:
    notes = Notes()
    words = Noting(WORDS, notes)
    inner = []

    def outer() -> str:
        inner.append(notes.during(lambda: words["a"]))
        return words["b"]

    assert notes.during(outer) == ("Bert", {"a", "b"})
    assert inner == [("Anna", {"a"})]


def test_nothing_is_noted_while_nobody_wants_to_know() -> None:
    notes = Notes()
    words = Noting(WORDS, notes)

    assert words["a"] == "Anna"
    notes.add(("b",))

    assert notes.during(lambda: None) == (None, set())


def test_an_error_does_not_keep_notes_open() -> None:
    notes = Notes()
    words = Noting(WORDS, notes)
    with pytest.raises(KeyError):
        notes.during(lambda: words["x"])

    assert words["a"] == "Anna"
    assert notes.during(lambda: words["b"])[1] == {"b"}
