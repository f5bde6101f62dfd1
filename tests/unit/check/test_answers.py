"""Answers of claims and of themes."""

from briefgen.check.answers import unfit_answers
from briefgen.model.problem import Pointer, Problem
from support.sites import a_site

ANSWERS = [{"id": "river", "label": "the river"}, {"id": "hills", "label": "the hills"}]


def test_a_theme_with_answers_has_a_question() -> None:
    assert list(unfit_answers(a_site(themes={"border": {"answers": ANSWERS}}))) == [
        Problem(
            code="missing-key",
            message='a theme with answers needs the key "question"',
            at=Pointer("content/themes/border.md", ("answers",), key=True),
            hint="write `question: …`",
        )
    ]


def test_a_question_without_a_list_is_answered_by_yes_on_conditions_or_no() -> None:
    claims = [{"id": id, "theme": "border", "answer": id} for id in ("yes", "conditional", "no", "unclear")]
    site = a_site(briefs={"talks": {"claims": claims}}, themes={"border": {"question": "Will it stay?"}})

    assert list(unfit_answers(site)) == []


def test_figures_are_answers_only_where_they_are_listed() -> None:
    theme = {"question": "How long is it?", "unit": "kilometres"}
    claims = [{"id": "c", "says": "S.", "actor": "mayor", "theme": "border", "answer": "yes"}]

    [problem] = unfit_answers(a_site(themes={"border": theme}, sources={"log": {"claims": claims}}))

    assert problem.code == "unknown-answer"
    assert problem.at == Pointer("content/sources/log.yaml", ("claims", 0, "answer"))
    assert problem.hint == "add `answers` to content/themes/border.md, or leave `answer` out"
