"""The one filter between content and planning: it removes what is not to be published, and every mention of it.

Law 5: nothing of a draft, a scheduled, an expired or a retracted brief appears in any output. A retracted brief
keeps its address and its notice. A stub is a draft, too, until something published refers to it.
"""

from collections import defaultdict
from collections.abc import Callable, Container
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefgen.model.checks import Capture, CopyInfo
from briefgen.model.claimed import written_claims
from briefgen.model.content import Brief
from briefgen.model.disputes import keep_whole_disputes
from briefgen.model.problem import Problem, Severity
from briefgen.model.quotations import find_quotations
from briefgen.model.references import Change, Everything, Mapper, Targets, Use, map_references, notice_file
from briefgen.model.site import Site

# The fields of a site with documents that may be stubs; each is also the folder of their pages.
_FOLDERS = ("actors", "themes", "publishers", "sources")


class Admission(Struct, frozen=True):
    """Which unpublished briefs a build shows nevertheless, and the day that it is for."""

    day: date
    drafts: bool = False
    future: bool = False
    expired: bool = False


def publication_state(brief: Brief, day: date) -> str:
    """Return `draft`, `retracted`, `scheduled`, `expired`, or nothing for a brief that is published on `day`."""
    if brief.status in ("draft", "retracted"):
        return brief.status
    if brief.date > day.isoformat():
        return "scheduled"
    if brief.expires is not None and brief.expires <= day.isoformat():
        return "expired"
    return ""


def filter_published(site: Site, admission: Admission) -> tuple[Site, list[Problem]]:
    """Return the site as its readers may see it.

    Problems: `unpublished-reference` (warning) where a published text cites or links to what is removed, and
    `placeholder` (warning) for each stub that a published text refers to.
    """
    states = {id: publication_state(document.data, admission.day) for id, document in site.briefs.items()}
    admitted = {"": True, "draft": admission.drafts, "scheduled": admission.future, "expired": admission.expired}
    shown = {id: document for id, document in site.briefs.items() if admitted.get(states[id])}
    marks = {id: states[id] for id in shown if states[id]}
    retracted = {id: site.briefs[id].data.retraction for id, state in states.items() if state == "retracted"}
    hidden = frozenset(states.keys() - shown.keys())
    site = replace(site, briefs=shown, marks=marks, retracted=retracted)
    site, problems = _without(site, hidden, hidden - retracted.keys()) if hidden else (site, [])
    site, found = _without_stubs(site, is_showing_drafts=admission.drafts)
    return _without_private_checks(site) if site.checks or site.copies else site, [*problems, *found]


def _without_stubs(site: Site, *, is_showing_drafts: bool) -> tuple[Site, list[Problem]]:
    """Return the site without the stubs that nothing else refers to, and the problems of the others."""
    stubs = {
        f"{folder}/{id}": each
        for folder in _FOLDERS
        for id, each in getattr(site, folder).items()
        if each.unwritten is not None
    }
    if not stubs:
        return site, []
    by_file = {stub.file: page for page, stub in stubs.items()}
    uses = _find_uses(site, stubs)
    used: set[str] = set()
    # A stub that is not published itself may refer to others.
    open_pages = [page for page, files in uses.items() if any(file not in by_file for file in files)]
    while open_pages:
        page = open_pages.pop()
        used.add(page)
        open_pages += [one for one, files in uses.items() if one not in used and stubs[page].file in files]
    problems = [stub.unwritten for page, stub in stubs.items() if page in used and stub.unwritten]
    if is_showing_drafts or len(used) == len(stubs):
        return site, problems
    gone = stubs.keys() - used

    def keep(folder: str) -> dict[str, Any]:
        return {id: each for id, each in getattr(site, folder).items() if f"{folder}/{id}" not in gone}

    redirects, addresses = (
        {old: new for old, new in found.items() if new not in gone} for found in (site.redirects, site.alias_addresses)
    )
    kept = {folder: keep(folder) for folder in _FOLDERS}
    return replace(site, **kept, redirects=redirects, alias_addresses=addresses), problems


def _find_uses(site: Site, pages: Container[str]) -> dict[str, set[str]]:
    """Return the files that refer to each of these pages, such as `actors/x`."""
    uses: defaultdict[str, set[str]] = defaultdict(set)

    def note(use: Use) -> str:
        uses[page_of(use.target) if use.kind == "link" else f"{use.kind}s/{use.target}"].add(use.file)
        return use.target

    everything = Everything()
    keep: dict[Any, Container[str]] = {folder[:-1]: AllExcept(pages, f"{folder}/{{}}".format) for folder in _FOLDERS}
    keep |= {"claim": everything, "name": everything, "link": AllExcept(pages, page_of)}
    map_references(site, keep, note)
    for id, notice in site.retracted.items():
        if notice:
            Mapper(notice_file(id), keep, note).entry(notice, ("retraction",))
    for record in site.sources.values():
        for publisher in filter(None, (record.publisher, record.credit)):
            uses[f"publishers/{publisher}"].add(record.file)
    return {page: files for page, files in uses.items() if page in pages}


def _without_private_checks(site: Site) -> Site:
    """Return the site without checks of quotations that no published text has: a record has parts of their words.

    Of a copy nothing but what its record has as well is left, and of a hidden source nothing at all.
    """
    shown = {(quotation.source, quotation.words) for quotation in find_quotations(site)}
    checks = {
        id: replace(check, quotes=tuple([quote for quote in check.quotes if (id, quote.words) in shown]))
        for id, check in site.checks.items()
        if id in site.sources
    }
    copies = {
        id: CopyInfo(copy.folder, copy.text, Capture(retrieved=copy.capture.retrieved, extent=copy.capture.extent))
        for id, copy in site.copies.items()
        if id in site.sources
    }
    return replace(site, checks=checks, copies=copies)


def _without(site: Site, hidden: frozenset[str], no_page: frozenset[str]) -> tuple[Site, list[Problem]]:
    """Return the site without mentions of hidden briefs and their sources; those in `no_page` have no address."""
    problems: list[Problem] = []

    def drop(use: Use) -> None:
        if use.reference is not None:
            problems.append(_warning(use))

    sources = {id: record for id, record in site.sources.items() if record.brief not in hidden}
    claims = AllExcept(hidden, lambda claim: claim.partition("#")[0])
    gone = {f"briefs/{id}" for id in no_page} | {f"sources/{id}" for id in site.sources if id not in sources}
    return drop_references(replace(site, sources=sources), claims, gone, drop), problems


def drop_references(site: Site, claims: Container[str], gone: set[str], drop: Change) -> Site:
    """Return a site without references to what was taken out of it, and without disputes and publishers that need them.

    Args:
        site: A site with the sources that stay.
        claims: The claims that stay.
        gone: The pages that are not there any more, as `sources/x`.
        drop: Returns None for each reference that is dropped.
    """
    without_page = gone | {
        f"disputes/{dispute.id}"
        for theme in site.themes.values()
        for dispute in theme.data.disputes
        if not keep_whole_disputes((dispute,), claims)
    }
    everything = Everything()
    keep: Targets = {
        "actor": everything,
        "theme": everything,
        "publisher": everything,
        "source": site.sources,
        "claim": claims,
        "link": AllExcept(without_page, page_of),
        "name": everything,
    }
    kept = map_references(site, keep, drop)
    themes = {
        id: document if document is site.themes[id] else replace(document, data=replace(document.data, disputes=whole))
        for id, document in kept.themes.items()
        for whole in (keep_whole_disputes(document.data.disputes),)
    }
    redirects = {old: new for old, new in site.redirects.items() if new not in without_page}
    # A publisher without a file of its own exists only because a source names it, or stays where it speaks.
    named = {record.publisher for record in kept.sources.values()}
    named.update(one.claim.publisher for one in written_claims(kept))
    publishers = {id: document for id, document in kept.publishers.items() if document.file or id in named}
    retracted = {
        id: notice and Mapper(notice_file(id), keep, drop).entry(notice, ("retraction",))
        for id, notice in site.retracted.items()
    }
    return replace(kept, themes=themes, redirects=redirects, publishers=publishers, retracted=retracted)


class AllExcept:
    """All references except those to `hidden` owners; `owner_of` returns the owner of a reference."""

    def __init__(self, hidden: Container[str], owner_of: Callable[[str], str]) -> None:
        self._hidden = hidden
        self._owner_of = owner_of

    def __contains__(self, reference: object) -> bool:
        return self._owner_of(str(reference)) not in self._hidden


def page_of(link: str) -> str:
    """Return the page that a link in a body leads to, as `briefs/x`."""
    path = link.partition("#")[0].strip("/").removesuffix(".md")
    return "/".join(path.split("/")[:2])


def _warning(use: Use) -> Problem:
    return Problem(
        code="unpublished-reference",
        severity=Severity.WARNING,
        message=f'"{use.reference.target if use.reference else use.target}" is not published, so readers see no link',
        at=use.at,
        hint="it becomes a link when what it points to is published",
    )
