"""The tints of answers: the same answer has the same one in all themes."""

from typing import Any

import pytest

from briefgen.kernel.messages import messages_of
from briefgen.model.content import Answer, Theme
from briefgen.plan import formatting


def tints(*labels: str, **more: Any) -> list[str]:
    listed = tuple(Answer(id=f"a{number}", label=label) for number, label in enumerate(labels))
    theme = Theme(name="A theme", question="Is it so?", answers=listed, **more)
    return [answer.tint for answer in formatting.answers(theme, messages_of("en"))]


@pytest.mark.parametrize(
    "labels",
    [
        ("yes", "on conditions", "no"),
        ("yes, a full one", "yes", "yes: in part", "only later", "not yet", "no, not now", "no"),
        ("Да, сразу", "да", "не сейчас", "нет"),
        ("是，全部", "是", "有条件", "否"),
    ],
)
def test_answers_that_are_the_same_up_to_a_comma_have_one_tint(labels: tuple[str, ...]) -> None:
    sides = {"yes": "first", "да": "first", "是": "first", "no": "last", "нет": "last", "否": "last"}
    heads = [label.replace(":", ",").replace("，", ",").partition(",")[0].casefold() for label in labels]

    assert tints(*labels) == [sides.get(head, "middle") for head in heads]


def test_a_common_first_word_alone_is_not_the_same_answer() -> None:
    assert tints("the whole valley", "the line of contact", "the old border") == ["first", "middle", "last"]


def test_answers_have_their_tint_by_place_where_both_ends_begin_alike() -> None:
    assert tints("yes, today", "yes, this year", "yes, one day") == ["first", "middle", "last"]


def test_few_answers_are_tinted_and_those_without_an_order_are_plain() -> None:
    assert tints("yes", "no") == ["first", "last"]
    assert tints("yes") == ["first"]
    assert tints("the mayor", "the board", scale="none") == ["plain", "plain"]
