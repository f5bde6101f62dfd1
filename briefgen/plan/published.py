"""The one filter between content and planning: what is not to be published does not pass, nor does any mention of it.

Law 5: nothing of a draft, a scheduled, an expired or a retracted brief appears in any output. A retracted brief
keeps its address and its notice.
"""

from collections.abc import Iterator
from datetime import date
from operator import is_
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from briefgen.model.content import Brief, Claim, Flag, Publisher, Retraction, Source, Theme
from briefgen.model.problem import Place, Problem, Severity
from briefgen.model.site import Body, Document, Reference, Site, SourceRecord

T = TypeVar("T")


class Admission(Struct, frozen=True):
    """Which unpublished briefs a build shows all the same, and the day it is made for."""

    day: date
    drafts: bool = False
    future: bool = False
    expired: bool = False


def state(brief: Brief, day: date) -> str:
    """`draft`, `retracted`, `scheduled`, `expired`, or empty for a brief that is published on `day`."""
    if brief.status in ("draft", "retracted"):
        return brief.status
    if brief.date > day.isoformat():
        return "scheduled"
    if brief.expires is not None and brief.expires <= day.isoformat():
        return "expired"
    return ""


def published(site: Site, admission: Admission) -> tuple[Site, list[Problem]]:
    """The site as its readers may see it.

    Problems: `unpublished-reference` (warning) where a published text cites or links to what does not pass.
    """
    shown: dict[str, Document[Brief]] = {}
    marks: dict[str, str] = {}
    retracted: dict[str, Retraction | None] = {}
    gone: set[str] = set()
    admitted = {"": True, "draft": admission.drafts, "scheduled": admission.future, "expired": admission.expired}
    for id, document in site.briefs.items():
        what = state(document.data, admission.day)
        if what == "retracted":
            retracted[id] = document.data.retraction
            gone.add(id)
        elif admitted[what]:
            shown[id] = document
            if what:
                marks[id] = what
        else:
            gone.add(id)
    site = replace(site, briefs=shown, marks=marks, retracted=retracted)
    if not gone:
        return site, []
    return _without(site, frozenset(gone), frozenset(gone - retracted.keys()))


def _without(site: Site, gone: frozenset[str], no_page: frozenset[str]) -> tuple[Site, list[Problem]]:
    lost = frozenset(id for id, record in site.sources.items() if record.brief in gone)
    problems: list[Problem] = []

    def body(file: str, text: Body) -> Body:
        if not text.references:
            return text
        references = tuple(_reference(reference, lost, no_page) for reference in text.references)
        for before, after in zip(text.references, references, strict=True):
            if before is not after:
                problems.append(_warning(file, before))
        return text if references == text.references else replace(text, references=references)

    def with_data(document: Document[T], data: T) -> Document[T]:
        """The document; itself where it loses nothing, as most do."""
        text = body(document.file, document.body)
        return document if data is document.data and text is document.body else replace(document, data=data, body=text)

    briefs = {id: with_data(document, _brief(document.data, gone, lost)) for id, document in site.briefs.items()}
    themes = {id: with_data(document, _theme(document.data, gone)) for id, document in site.themes.items()}
    actors = {id: with_data(document, document.data) for id, document in site.actors.items()}
    pages = {id: with_data(document, document.data) for id, document in site.pages.items()}
    sources = {id: _record(record, lost) for id, record in site.sources.items() if id not in lost}
    missing = {*(f"briefs/{id}" for id in no_page), *(f"sources/{id}" for id in lost)}
    redirects = {old: new for old, new in site.redirects.items() if new not in missing}
    kept = replace(site, redirects=redirects, briefs=briefs, themes=themes, actors=actors, pages=pages, sources=sources)
    return replace(kept, publishers=dict(_publishers(kept, site))), problems


def _reference(reference: Reference, lost: frozenset[str], no_page: frozenset[str]) -> Reference:
    """The reference, or one without a target (shown as plain text) if its target does not pass."""
    folder, _, name = reference.target.partition("/")
    if reference.kind == "cite" and name in lost:
        return replace(reference, target="")
    if reference.kind == "link":
        path = reference.target.partition("#")[0].strip("/").removesuffix(".md")
        folder, _, name = path.partition("/")
        if (folder == "briefs" and name in no_page) or (folder == "sources" and name in lost):
            return replace(reference, target="")
    return reference


def _warning(file: str, reference: Reference) -> Problem:
    return Problem(
        code="unpublished-reference",
        severity=Severity.WARNING,
        message=f'"{reference.target}" is not published, so readers see no link',
        at=Place(file, reference.line, reference.column, reference.length),
        hint="it becomes a link when what it points to is published",
    )


def _brief(brief: Brief, gone: frozenset[str], lost: frozenset[str]) -> Brief:
    source = brief.source and _source(brief.source, lost)
    claims = tuple(_claim(claim, gone, lost) for claim in brief.claims)
    same = source is brief.source and all(map(is_, claims, brief.claims))
    return brief if same else replace(brief, source=source, claims=claims)


def _claim(claim: Claim, gone: frozenset[str], lost: frozenset[str]) -> Claim:
    if not (claim.disputes or claim.confirmed_by or claim.outcome):
        return claim
    outcome = claim.outcome
    return replace(
        claim,
        disputes=tuple(each for each in claim.disputes if each.partition("#")[0] not in gone),
        confirmed_by=_less(claim.confirmed_by, lost),
        outcome=outcome and replace(outcome, evidence=_less(outcome.evidence, lost)),
    )


def _source(source: Source, lost: frozenset[str]) -> Source:
    if not (source.flags or source.cites):
        return source
    flags: tuple[Flag, ...] = tuple(replace(flag, evidence=_less(flag.evidence, lost)) for flag in source.flags)
    return replace(source, cites=_less(source.cites, lost), flags=flags)


def _record(record: SourceRecord, lost: frozenset[str]) -> SourceRecord:
    source = _source(record.data, lost)
    return record if source is record.data else replace(record, data=source)


def _less(ids: tuple[str, ...], lost: frozenset[str]) -> tuple[str, ...]:
    return tuple(id for id in ids if id not in lost)


def _theme(theme: Theme, gone: frozenset[str]) -> Theme:
    if not theme.disputes:
        return theme
    disputes = (
        replace(dispute, claims=tuple(each for each in dispute.claims if each.partition("#")[0] not in gone))
        for dispute in theme.disputes
    )
    return replace(theme, disputes=tuple(dispute for dispute in disputes if len(dispute.claims) > 1))


def _publishers(kept: Site, before: Site) -> Iterator[tuple[str, Document[Publisher]]]:
    """Publishers with a file of their own, and of the others those that a remaining source still names."""
    named = {record.publisher for record in kept.sources.values()}
    for id, document in before.publishers.items():
        if document.file or id in named:
            yield id, document
