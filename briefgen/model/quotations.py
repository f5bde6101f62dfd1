"""All quotations of a site: words that a source must contain, and what is known of whether it does."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256
from operator import attrgetter
from typing import Any, Literal

from msgspec import Struct

from briefgen.model.checks import HowFound, PlaceCheck, QuoteCheck, QuoteResult, SourceCheck
from briefgen.model.claimed import written_claims
from briefgen.model.content import Claim, Context, Id
from briefgen.model.dates import UNKNOWN
from briefgen.model.links import document_key
from briefgen.model.problem import Place, Pointer
from briefgen.model.references import all_marked_texts
from briefgen.model.site import Site, SiteOf
from briefgen.model.texts import written

Reason = Literal["", "no source", "not recorded", "part", "changed words", "changed copy", "changed address"]
_words_of = attrgetter("words")


class Quotation(Struct, frozen=True, dict=True):
    """Words in quotation marks where they are written, and the source that must contain them."""

    source: Id | None  # None where a brief has none
    quote: str
    at: Place | Pointer
    context: Context | None = None
    is_far: bool = False  # whether parts around an ellipsis may be in different paragraphs
    claim: Claim | None = None  # None for the quotation of a citation

    @cached_property
    def words(self) -> str:
        """The hash by which it is recorded."""
        return words_hash(self.quote, self.context, is_far=self.is_far)


class QuoteStatus(Struct, frozen=True):
    """What readers may be told of a quotation; `reason` says why it counts as unchecked.

    `not recorded`: no check of this source is recorded; `part`: the copy holds only a part of the source; `changed
    words`: other words of this source were checked; `changed copy`: the copy is not the recorded one any more; `changed
    address`: the source had another address.
    """

    result: QuoteResult | Literal["unchecked"]
    how: HowFound | None = None
    checked: str = ""  # day
    fragment: str = ""  # `text=…`; empty if it can be made from the words alone
    archive: PlaceCheck | None = None
    page: PlaceCheck | None = None
    reason: Reason = ""


def words_hash(quote: str, context: Context | None = None, *, is_far: bool = False) -> str:
    """Return the hash by which a quotation is recorded: equal for equal words, context and gap."""
    parts = (quote, context.before or "", context.after or "") if context else (quote, "", "")
    return sha256("\0".join((*parts, "far" if is_far else "")).encode()).hexdigest()[:32]


def find_quotations(site: Site) -> Iterator[Quotation]:
    """Yield all quotations: of claims, then of citations in sentences and in texts below front matter."""
    for one in written_claims(site):
        claim = one.claim
        if claim.quote:
            at = Pointer(one.file, ("claims", one.number, "quote"))
            yield Quotation(one.source_id, claim.quote, at, claim.context, claim.gap == "far", claim)
    for file, keys, text in all_marked_texts(site):
        for reference in text.references:
            if reference.kind == "cite" and reference.quote:
                yield Quotation(
                    _cited(reference.target), reference.quote, Pointer(file, keys, words=written(reference))
                )
    for documents in (site.briefs, site.actors, site.themes, site.pages):
        for document in documents.values():
            for reference in document.body.references:
                if reference.kind == "cite" and reference.quote:
                    at_place = Place(document.file, reference.line, reference.column, reference.length)
                    yield Quotation(_cited(reference.target), reference.quote, at_place)


def quote_status(
    site: SiteOf[Any], source: Id | None, quote: str, context: Context | None = None, *, is_far: bool = False
) -> QuoteStatus:
    """Return what the record says of a quotation, as far as it holds for the copy at hand, if there is one."""
    if source is None:
        return QuoteStatus("unchecked", reason="no source")
    record = site.checks.get(source)
    if record is None:
        return QuoteStatus("unchecked", reason="not recorded")
    if has_other_address(site, source):
        return QuoteStatus("unchecked", reason="changed address")
    if is_changed(site, source):
        return QuoteStatus("unchecked", reason="changed copy")
    found = find_check(record.quotes, words_hash(quote, context, is_far=is_far))
    if found is None:
        return QuoteStatus("unchecked", reason="part" if record.extent == "part" else "changed words")
    return QuoteStatus(found.result, found.how, found.checked, found.fragment or "", found.archive, found.page)


def valid_record(site: SiteOf[Any], source: Id) -> SourceCheck | None:
    """Return the record of a source, unless its copy or its address is another one now."""
    return None if has_other_address(site, source) or is_changed(site, source) else site.checks.get(source)


def is_changed(site: SiteOf[Any], source: Id) -> bool:
    """Return whether the copy at hand is another one than that in which the recorded checks were made."""
    record, copy = site.checks.get(source), site.copies.get(source)
    if record is None or copy is None or not copy.text:
        return False
    now = copy.text, copy.capture.extent, copy.capture.retrieved
    return now != (record.text, record.extent, record.retrieved)


def has_other_address(site: SiteOf[Any], source: Id) -> bool:
    """Return whether the source has the address of another document than the one that was checked."""
    record, written = site.checks.get(source), site.sources.get(source)
    if record is None or record.address is None or written is None or written.data.url in (UNKNOWN, record.address):
        return False
    return document_key(record.address) != document_key(written.data.url)


def changed_copies(site: SiteOf[Any]) -> list[Id]:
    """Return the sources with such copies: all that pages depend on of the copies at hand."""
    return [source for source in site.copies if is_changed(site, source)]


def edited_since(check: SourceCheck) -> str:
    """Return the first day on which words that the copy has were not on the page of the source; empty for none."""
    pages = (quote.page for quote in check.quotes if quote.result != "absent")
    return min((page.date for page in pages if page and page.result == "absent"), default="")


def find_check(checks: tuple[QuoteCheck, ...], words: str) -> QuoteCheck | None:
    """Return the check of the quotation with this hash; the checks are in the order of their hashes."""
    index = bisect_left(checks, words, key=_words_of)
    return checks[index] if index < len(checks) and checks[index].words == words else None


def _cited(target: str) -> Id:
    return target.removeprefix("sources/")
