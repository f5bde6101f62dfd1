"""Dates and grades as text in the language of the site."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby
from operator import itemgetter

from msgspec.structs import replace

from briefgen.kernel.languages import date_in_words
from briefgen.kernel.messages import Messages
from briefgen.model import dates
from briefgen.model.content import UNCLEAR, Answer, Theme, answers_of
from briefgen.model.structure import ClaimStructure
from briefgen.model.vocabulary import CLAIM_FORMS, CREDIBILITY, DOUBTED, RELIABILITY
from briefgen.views.claims import AnswerView
from briefgen.views.parts import Grade, Html, Text, When

ALIKE = 0.5  # share of words that two texts have in common, from which on their differences are marked
PHRASE = 3  # words that two texts have in common between changes, from which on they are not part of the change
# What ends the first words of an answer, as the comma in "yes, in part".
_HEAD_END = re.compile("[,;:.،؛、，；：。–—]")


def known(text: str | None) -> str:
    """Return the text; empty if there is none, or if it says that it is not known."""
    return "" if text is None or text == dates.UNKNOWN else text


@lru_cache(maxsize=8192)
def format_date(text: str, messages: Messages, note: str = "") -> When:
    """Return a checked EDTF date as readers see it: `December 2025, uncertain`."""
    parsed = dates.parsed(text)
    if not parsed.known:
        return When(words=messages.gettext("date unknown"), certain=False, note=note)
    shown = date_in_words(parsed.year, parsed.month, parsed.day, messages.language)
    if parsed.approximate and parsed.uncertain:
        shown = messages.gettext("{date}, approximate and uncertain").format(date=shown)
    elif parsed.approximate:
        shown = messages.gettext("{date}, approximate").format(date=shown)
    elif parsed.uncertain:
        shown = messages.gettext("{date}, uncertain").format(date=shown)
    return When(words=shown, iso=parsed.iso, certain=not (parsed.approximate or parsed.uncertain), note=note)


def format_period(start: str | None, end: str | None, messages: Messages) -> str:
    """Return the time of a role as readers see it; empty when neither end is given."""
    since, until = (format_date(day, messages).words if day else "" for day in (start, end))
    if since and until:
        return messages.gettext("{since} to {until}").format(since=since, until=until)
    if since:
        return messages.gettext("since {since}").format(since=since)
    return until and messages.gettext("until {until}").format(until=until)


def mark_changes(was: Text, now: Text) -> tuple[Text, Text]:
    """Return both texts with the words marked that differ; as they are where most do, or one has markup."""
    from difflib import SequenceMatcher  # only where something was corrected

    if isinstance(was, Html) or isinstance(now, Html):
        return was, now
    words = was.split(), now.split()
    matcher = SequenceMatcher(None, *words, autojunk=False)
    if matcher.ratio() < ALIKE:
        return was, now
    marked: tuple[list[str], list[str]] = ([], [])
    for is_equal, group in groupby(_join_phrases(matcher.get_opcodes(), len(words[0])), key=itemgetter(0)):
        parts = list(group)
        for some, out, tag, first in zip(words, marked, ("s", "mark"), (1, 3), strict=True):
            text = escape(" ".join(some[parts[0][first] : parts[-1][first + 1]]))
            if text:
                out.append(text if is_equal else f"<{tag}>{text}</{tag}>")
    return Html(" ".join(marked[0])), Html(" ".join(marked[1]))


def _join_phrases(
    parts: Sequence[tuple[str, int, int, int, int]], end: int
) -> Iterator[tuple[bool, int, int, int, int]]:
    """Yield whether parts of two texts are equal, and their ends; a word or two between changes belong to them."""
    for kind, start, stop, new_start, new_stop in parts:
        is_between = start > 0 and stop < end and stop - start < PHRASE
        yield kind == "equal" and not is_between, start, stop, new_start, new_stop


def reliability(mark: str, messages: Messages, reason: str | None = None) -> Grade:
    """Return the grade of a source on the Admiralty scale; F means "cannot be judged"."""
    return Grade(mark, messages.gettext(RELIABILITY[mark]), judged=mark != "F", reason=reason or "")


def form(claim: ClaimStructure, messages: Messages) -> str:
    """Return what a claim was made in or as, where that is no plain statement: "in a leaked draft", "as an offer"."""
    if claim.form:
        return messages.gettext(CLAIM_FORMS[claim.form])
    return messages.gettext("as an offer") if claim.kind == "offer" else ""


@lru_cache
def credibility(mark: int, messages: Messages) -> Grade:
    """Return the grade of a claim on the Admiralty scale; 6 means "cannot be judged"."""
    return Grade(str(mark), messages.gettext(CREDIBILITY[mark]), judged=mark != 6)


def list_answers(theme: Theme, messages: Messages) -> tuple[Answer, ...]:
    """Return the answers to the question of a theme; those that briefgen provides are in the language of the site."""
    listed = answers_of(theme)
    return theme.answers or tuple(replace(answer, label=messages.gettext(answer.label)) for answer in listed)


def answers(theme: Theme, messages: Messages) -> tuple[AnswerView, ...]:
    """Return the answers to the question of a theme, tinted by the side of its scale that they are on."""
    listed = list_answers(theme, messages)
    tints = _tints(tuple(answer.label for answer in listed)) if theme.scale is None else ("plain",) * len(listed)
    unit = f" {theme.unit}" if theme.unit else ""
    return tuple(AnswerView(answer.id, answer.label + unit, tint) for answer, tint in zip(listed, tints, strict=True))


def _tints(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Tint the ends of a scale, and with each end all answers that are the same up to a comma, as "yes, in part"."""
    heads = [_HEAD_END.split(label, maxsplit=1)[0].strip().casefold() for label in labels]
    ends = dict(zip((heads[-1:] + heads[:1]), ("last", "first"), strict=False))
    if len(ends) < len(heads[:2]):
        # Both ends begin alike, so the beginnings tell nothing.
        return ("first", *("middle",) * (len(labels) - 2), "last")
    return tuple(ends.get(head, "middle") for head in heads)


@lru_cache
def unclear_answer(messages: Messages) -> AnswerView:
    """Return the answer of a claim that gives none."""
    return AnswerView(UNCLEAR, messages.gettext("no clear answer"), UNCLEAR)


@lru_cache
def several_answers(messages: Messages) -> AnswerView:
    """Return the answer of a position with several of one date."""
    return AnswerView("", messages.gettext("several answers"), "several")


def reliability_scale(messages: Messages) -> tuple[Grade, ...]:
    """Return the grades of sources, A first."""
    return tuple(reliability(mark, messages) for mark in RELIABILITY)


def doubt(claim: ClaimStructure, messages: Messages) -> str:
    """Return in words that it is not probable or not known that a claim was made; empty where it is, or not graded."""
    mark = claim.credibility
    return credibility(mark, messages).words if mark is not None and mark in DOUBTED else ""


def credibility_scale(messages: Messages) -> tuple[Grade, ...]:
    """Return the grades of claims, 1 first."""
    return tuple(credibility(mark, messages) for mark in CREDIBILITY)
