"""Which views of an earlier build are still valid, by a fingerprint of the site and without making any view.

Only the page of a document shows its body. Everything else in a view comes from metadata. Most metadata can matter to
every page: which entries there are, their names, dates and references. The summary of a brief (its title, lede, claims
in words) matters only to the pages that read it when their views were made; `kernel.dependencies` records which ones
these are. So after the edit of a title, only the views that show it have to be made again.
"""

from collections.abc import Collection, Mapping
from itertools import chain
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.load.content import Parsed
from briefgen.model.content import Brief, Claim
from briefgen.model.page import Page
from briefgen.model.quotations import changed_copies
from briefgen.model.site import Document, Site
from briefgen.model.texts import named_page

_encode = msgspec.msgpack.Encoder().encode


class DocumentFingerprint(Struct, frozen=True, array_like=True, gc=False):
    """Digests of the structure, which any page may use, of the summary of a brief, and of the body."""

    structure: str
    summary: str = ""
    body: str = ""


def document_fingerprint(document: Document[Any]) -> DocumentFingerprint:
    """Return the fingerprint of a document. Only briefs have a summary; of others all metadata is structure.

    What a body quotes counts as metadata: the page of what was not checked counts all quotations. So does which sources
    and briefs it names, since their pages list it; and the sentences in which it names anything are in the summary.
    """
    body = digest(_encode(document.body)) if document.body.digest else ""
    quoted = [(one.target, one.quote) for one in document.body.references if one.kind == "cite" and one.quote]
    if not isinstance(document.data, Brief):
        return DocumentFingerprint(digest(_encode((document.data, quoted))), body=body)
    structure, summary = _split(document.data)
    said = [(one.target, one.label, one.quote, one.sentence) for one in document.body.references if one.sentence]
    structural = (structure, sorted({target for target, *_ in said if named_page(target)}))
    return DocumentFingerprint(digest(_encode(structural)), digest(_encode((summary, quoted, said))), body)


def _split(brief: Brief) -> tuple[Brief, tuple[Any, ...]]:
    """Return a brief without its summary, and the summary. A new key is structure until it is listed here."""
    claims = tuple([_without_words(claim) for claim in brief.claims])
    rest = replace(brief, title="", lede=None, key_points=(), assessments=(), claims=claims)
    said = [
        (one.says, one.quote, one.context, one.gap, one.translation, one.note, one.finding and one.finding.note)
        for one in brief.claims
    ]
    return rest, (brief.title, brief.lede, brief.key_points, brief.assessments, said)


def _without_words(claim: Claim) -> Claim:
    finding = claim.finding and replace(claim.finding, note="")
    return replace(claim, says="", quote=None, context=None, gap=None, translation=None, note=None, finding=finding)


class SiteFingerprint(Struct, frozen=True, array_like=True):
    """Digests of all that the views of a site can depend on."""

    structure: str = ""  # empty if nothing is known
    summaries: tuple[str, ...] = ()  # of briefs, in the order of the site
    bodies: dict[str, str] = {}  # by content file


def site_fingerprint(
    site: Site, files: Mapping[str, tuple[Parsed[Any], DocumentFingerprint | None]], messages: str = ""
) -> SiteFingerprint:
    """Return the fingerprint of a published site.

    `files` are its content files as they were parsed, and `messages` is a digest of the texts of the interface.
    """

    def fingerprint(document: Document[Any]) -> DocumentFingerprint:
        # Most documents are as they were parsed, since they had nothing to resolve or to hide.
        parsed, known = files.get(document.file, (None, None))
        return known if parsed and known and parsed.document is document else document_fingerprint(document)

    folders = [
        [(document.id, document.file, fingerprint(document)) for document in documents]
        for documents in (site.briefs.values(), site.actors.values(), site.themes.values(), site.pages.values())
    ]
    structure = (
        messages,
        site.config,
        [[(id, file, found.structure) for id, file, found in folder] for folder in folders],
        [(document.id, document.file, document.data) for document in site.publishers.values()],
        list(site.sources.values()),
        site.statics,
        list(site.retracted.items()),
        list(site.links.items()),
        list(site.checks.items()),
        changed_copies(site),
        list(site.marks.items()),
        [*site.redirects.items(), *site.alias_addresses.items()],
    )
    return SiteFingerprint(
        digest(_encode(structure)),
        tuple([found.summary for _, _, found in folders[0]]),
        {file: found.body for _, file, found in chain.from_iterable(folders)},
    )


class ViewInvalidation:
    """Which views of an earlier build are no longer valid."""

    def __init__(self, before: SiteFingerprint, now: SiteFingerprint) -> None:
        self._same_structure = bool(before.structure) and before.structure == now.structure
        pairs = zip(before.summaries, now.summaries, strict=False)
        self._summaries = frozenset(position for position, (old, new) in enumerate(pairs) if old != new)
        self._bodies = frozenset(file for file, body in now.bodies.items() if before.bodies.get(file) != body)

    def is_valid(self, page: Page, briefs: Collection[int]) -> bool:
        """Return whether a view is still valid that read the summaries of these briefs, by position in the site."""
        return self._same_structure and page.origin not in self._bodies and self._summaries.isdisjoint(briefs)
