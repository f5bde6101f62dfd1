"""The sentences around references of a body."""

import pytest

from briefgen.load.markdown import render
from briefgen.load.mentioning import LONGEST, add_sentences


def sentences(text: str) -> list[str]:
    rendered = render(text, "content/briefs/x.md")
    return [each.sentence.replace("\0", "|") for each in add_sentences(rendered.html, rendered.references)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It began today. The [[mayor]] *said* so & left. It rained later.", "The |0| said so & left."),
        ("See [the gate](gate.md) first. Then go.", "See the gate first."),
        ('He wrote once: [@post, "Shut it. Now."] and left again. More.', "He wrote once: |0| and left again."),
        ("So it ends with [[mayor]]. Another sentence.", "So it ends with |0|."),
        # What may be no end is none.
        (
            "In the U.S. [[mayor]] met Gen. Smith of no. 5 there. Then left.",
            "In the U.S. |0| met Gen. Smith of no. 5 there.",
        ),
        ("- one item\n- [[mayor]] in another\n", "|0| in another"),
        ("A note.[^1] By [[mayor]].\n\n[^1]: Of no one.\n", "By |0|."),
        ("| a | b |\n|---|---|\n| by [[mayor]] | c |\n", "by |0|"),
        ("Line one of\nthe [[mayor]] here", "Line one of the |0| here"),
        ("他说了。[[mayor]]走了。又来了。", "|0|走了。"),
    ],
)
def test_a_reference_has_the_sentence_around_it(text: str, expected: str) -> None:
    assert sentences(text)[0] == expected


def test_references_in_one_sentence_have_the_same() -> None:
    assert sentences("Both [[a]] and [[b]] came today. Only [[c]] left.") == ["Both |0| and |1| came today."] * 2 + [
        "Only |2| left."
    ]


def test_a_very_long_sentence_is_cut_on_both_sides_at_words() -> None:
    [found] = sentences(f"{'before ' * 200}[[mayor]]{' after' * 200}.")

    assert found.startswith("… before")
    assert found.endswith("after …")
    assert " |0| " in found
    assert len(found) < 2 * LONGEST + 20


@pytest.mark.parametrize("text", ["", "No reference.", "\\[[mayor]]", "`[[mayor]]`", "[out](https://a.example/)"])
def test_a_text_without_references_has_no_sentences(text: str) -> None:
    assert sentences(text) == []
