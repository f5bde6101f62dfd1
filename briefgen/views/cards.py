"""Briefs with what belongs to them, actors and themes, in lists and as parts of their pages."""

from msgspec import Struct

from briefgen.views import MemoizedPart
from briefgen.views.claims import ClaimLink
from briefgen.views.parts import Link, Text, When
from briefgen.views.positions import AnswerRow
from briefgen.views.sources import SourceLink


class BriefCard(MemoizedPart, frozen=True, array_like=True):
    """A brief in a list."""

    title: str
    url: str
    lede: Text
    date: When
    as_of: When | None  # where it differs from the date
    status: str  # in words; empty for published
    mark: str  # in a preview "draft", "scheduled" or "expired", in words
    source: SourceLink | None
    actors: tuple[Link, ...]
    themes: tuple[Link, ...]
    claims: int
    flags: int  # major ones
    minor_flags: int
    flagged: tuple[str, ...] = ()  # the kinds of its source's flags in words, major ones first, each once
    interest: str = ""  # of its source, else of that source's publisher


class AssessmentView(Struct, frozen=True, array_like=True):
    """The desk's own judgement."""

    says: Text
    likelihood: str
    likelihood_range: str
    confidence: str
    basis: Text


class CorrectionView(Struct, frozen=True, array_like=True):
    date: When
    was: Text  # the words that differ are marked here and in `now`
    now: Text
    why: Text
    claims: tuple[ClaimLink, ...] = ()  # those that it changed


class CorrectionRow(Struct, frozen=True, array_like=True):
    """The corrections of a brief, or its retraction, in a list."""

    brief: Link  # without its title where it is retracted
    corrections: tuple[CorrectionView, ...]  # newest first; of a retraction, the reason and the day alone


class RoleView(Struct, frozen=True, array_like=True):
    title: str
    of: Link | None
    period: str  # "since 21 January 2025", "until …", empty when undated
    ended: bool = False


class ActorRow(Struct, frozen=True, array_like=True):
    """An actor in a list."""

    link: Link
    role: str
    claims: int  # statements by it
    briefs: int  # that mention it
    latest: When | None  # of its claims and those on its behalf
    on_behalf: int = 0  # claims that others make for it


class ActorGroup(Struct, frozen=True, array_like=True):
    heading: str
    actors: tuple[ActorRow, ...]


class ThemeCard(Struct, frozen=True, array_like=True):
    """A theme in a list."""

    link: Link
    question: str
    claims: int
    briefs: int
    disputes: int
    answers: tuple[AnswerRow, ...]  # in the theme's order
    latest: When | None
