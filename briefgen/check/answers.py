"""Answers of claims to the questions of their themes."""

from collections.abc import Iterator

from briefgen.check.wording import quoted
from briefgen.model.claimed import written_claims
from briefgen.model.content import UNCLEAR, Theme, answers_of
from briefgen.model.names import did_you_mean
from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Document, Site


def unfit_answers(site: Site) -> Iterator[Problem]:
    """Find claims whose answer is none of their theme's, or that have no theme, and themes with unfit answers."""
    listed = {id: tuple(answer.id for answer in answers_of(theme.data)) for id, theme in site.themes.items()}
    for theme in site.themes.values():
        yield from _unfit_list(theme)
    for one in written_claims(site):
        answer, theme_id = one.claim.answer, one.claim.theme
        if answer == UNCLEAR or answer in listed.get(theme_id or "", ()):
            continue
        at = Pointer(one.file, ("claims", one.number, "answer"))
        if theme_id is None:
            hint = "name the theme whose question it answers, or leave `answer` out"
            yield Problem("answer-without-theme", f'an answer, "{answer}", but no theme', at, hint)
        elif theme_id in listed:
            message = f'the theme "{theme_id}" has no answer "{answer}"'
            yield Problem("unknown-answer", message, at, _known(site.themes[theme_id], answer, listed[theme_id]))


def _known(theme: Document[Theme], wanted: str, listed: tuple[str, ...]) -> str:
    if not listed:
        missing = "answers" if theme.data.question else "question"
        return f"add `{missing}` to {theme.file}, or leave `answer` out"
    known = f"the answers in {theme.file}: {quoted((*listed, UNCLEAR))}"
    nearest = did_you_mean(wanted, (*listed, UNCLEAR), cutoff=0.6)
    return f"{nearest} {known[0].upper()}{known[1:]}" if nearest else known


def _unfit_list(theme: Document[Theme]) -> Iterator[Problem]:
    data = theme.data
    if data.answers and not data.question:
        message = 'a theme with answers needs the key "question"'
        yield Problem("missing-key", message, Pointer(theme.file, ("answers",), key=True), "write `question: …`")
    seen = {UNCLEAR}
    for number, answer in enumerate(data.answers):
        if answer.id in seen:
            always = answer.id == UNCLEAR
            message = f'the answer "{answer.id}" is {"always possible" if always else "already listed here"}'
            hint = "leave it out" if always else "give one of them another id"
            yield Problem("duplicate-id", message, Pointer(theme.file, ("answers", number, "id")), hint)
        seen.add(answer.id)
