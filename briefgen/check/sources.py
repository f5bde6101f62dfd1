"""The records of sources: languages, citations, flags, addresses and dates."""

from collections.abc import Iterator

from briefgen.check.wording import on
from briefgen.kernel.host_names import has_public_host
from briefgen.kernel.languages import is_known, suggestion
from briefgen.model.claimed import written_claims
from briefgen.model.content import Id
from briefgen.model.dates import UNKNOWN, certainly_before
from briefgen.model.links import document_key
from briefgen.model.origins import circles
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.site import Site, SourceRecord


def unknown_languages(site: Site) -> Iterator[Problem]:
    """Find languages, of the site, of a source or of a quote, that are not in BCP 47."""
    if not is_known(site.config.language):
        yield _unknown(site.config.language, Pointer("content/site.yaml", ("language",)))
    defaults: dict[Id, str] = {}
    for publisher in site.publishers.values():
        default = publisher.data.defaults and publisher.data.defaults.language
        if default and not is_known(default):
            defaults[publisher.id] = default
            yield _unknown(default, Pointer(publisher.file, ("defaults", "language")))
    for source in site.sources.values():
        language = source.data.language
        if language is not None and not is_known(language) and language != defaults.get(source.publisher or ""):
            yield _unknown(language, Pointer(source.file, (*source.keys, "language")))
    for one in written_claims(site):
        language = one.claim.quote_language
        if language is not None and not is_known(language):
            yield _unknown(language, Pointer(one.file, ("claims", one.number, "quote_language")))


def _unknown(language: str, at: Pointer) -> Problem:
    found = suggestion(language)
    hint = f"write {found}" if found else "write a tag of BCP 47, such as en, uk or pt-BR"
    return Problem("unknown-value", f'"{at.keys[-1]}" cannot be "{language}"', at, hint)


def circular_citations(site: Site) -> Iterator[Problem]:
    """Find sources that cite each other in a circle; once per circle, at its first member."""
    for circle in circles(site.sources):
        first = site.sources[circle[0]]
        if len(circle) == 1:
            message = f'"{first.id}" cites itself'
            hint = "`cites` says where the source has its story from; leave it out if that is not known"
        else:
            message = f"sources cite each other in a circle: {' → '.join((*circle, first.id))}"
            hint = "one of these citations must be the wrong way round; until then they count as one origin"
        following = circle[1 % len(circle)]
        at = Pointer(first.file, (*first.keys, "cites", first.data.cites.index(following)))
        yield Problem("circular-citation", message, at, hint, Severity.WARNING)


def self_evident_flags(site: Site) -> Iterator[Problem]:
    """Find flags whose evidence is the flagged source itself."""
    for source in site.sources.values():
        for number, flag in enumerate(source.data.flags):
            if source.id in flag.evidence:
                place = flag.evidence.index(source.id)
                message = f'"{source.id}" is evidence against itself'
                hint = "name another source; where the defect shows in the source itself, leave it out"
                at = Pointer(source.file, (*source.keys, "flags", number, "evidence", place))
                yield Problem("self-evidence", message, at, hint, Severity.WARNING)


def grades_without_reason(site: Site) -> Iterator[Problem]:
    """Find sources with a grade of their own and no reason for it."""
    for source in site.sources.values():
        if source.data.reliability is not None and source.data.reliability_reason is None:
            message = "the source has a grade of its own without a reason"
            hint = (
                "say in `reliability_reason` why; or leave the grade out, so that its publisher’s latest rating counts"
            )
            at = Pointer(source.file, (*source.keys, "reliability"))
            yield Problem("grade-without-reason", message, at, hint)


def repeated_addresses(site: Site) -> Iterator[Problem]:
    """Find sources with the address of another one before them."""
    first: dict[str, SourceRecord] = {}
    for source in site.sources.values():
        if source.data.url == UNKNOWN:
            continue
        other = first.setdefault(document_key(source.data.url), source)
        if other is not source:
            message = f'the address is also that of the source "{other.id}" in {other.file}'
            hint = f"keep one record of a document and cite it as [@{other.id}], or correct the address"
            at = Pointer(source.file, (*source.keys, "url"))
            yield Problem("repeated-address", message, at, hint, Severity.WARNING)


def private_addresses(site: Site) -> Iterator[Problem]:
    """Find sources whose address is one of this machine or of a private network; in drafts it is a warning."""
    drafts = {brief.id for brief in site.briefs.values() if brief.data.status == "draft"}
    for source in site.sources.values():
        for key, address in (("url", source.data.url), ("archive", source.data.archive)):
            if address and address != UNKNOWN and not has_public_host(address):
                message = f'"{key}" leads into a private network: {address}'
                hint = "write the address at which readers find the document, or unknown"
                hint = hint if key == "url" else "write the address of a public archive, or remove this line"
                severity = Severity.WARNING if source.brief in drafts else Severity.ERROR
                yield Problem("private-address", message, Pointer(source.file, (*source.keys, key)), hint, severity)


def repeated_copies(site: Site) -> Iterator[Problem]:
    """Find sources whose captured file is that of another one before them, though the addresses differ."""
    first: dict[str, SourceRecord] = {}
    for source in site.sources.values():
        captured = _captured_bytes(site, source.id)
        other = first.setdefault(captured, source) if captured else source
        if other is not source and not _have_one_address(source, other):
            message = f'the copy has the same bytes as that of the source "{other.id}" in {other.file}'
            hint = f"keep one record of a document and cite it as [@{other.id}], or capture the right one"
            yield Problem(
                "repeated-copy", message, Pointer(source.file, (*source.keys, "title")), hint, Severity.WARNING
            )


def _captured_bytes(site: Site, id: Id) -> str:
    """Return the SHA-256 of what was captured of a source, by its copy or by the record; empty if nothing was."""
    copy, record = site.copies.get(id), site.checks.get(id)
    if copy is not None:
        return copy.capture.sha256 or copy.text
    return (record.captured or record.text) if record is not None else ""


def _have_one_address(source: SourceRecord, other: SourceRecord) -> bool:
    return source.data.url != UNKNOWN and document_key(source.data.url) == document_key(other.data.url)


def retrieved_before_published(site: Site) -> Iterator[Problem]:
    """Find sources that were certainly read before they were published."""
    for source in site.sources.values():
        retrieved, published = source.data.retrieved, source.data.published
        if retrieved is not None and certainly_before(retrieved, published):
            message = f"retrieved {on(retrieved)}, before it was published {on(published)}"
            hint = "correct `retrieved` or `published`"
            at = Pointer(source.file, (*source.keys, "retrieved"))
            yield Problem("retrieved-before-published", message, at, hint, Severity.WARNING)
