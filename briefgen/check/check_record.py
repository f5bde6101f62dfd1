"""The record of checks, made of what was found in the copies at hand and of what was recorded before."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from briefgen.check.proofs import Proof, Proofs, proof_key
from briefgen.model.checks import CopyInfo, QuoteCheck, SourceCheck
from briefgen.model.content import Id
from briefgen.model.quotations import Quotation, find_check, find_quotations
from briefgen.model.site import Site


def make_record(site: Site, proofs: Proofs, captured: Mapping[Id, str], day: date) -> tuple[SourceCheck, ...]:
    """Return the record of all quotations of the site, by source and hash.

    An entry without a copy at hand stays as it is, and so does the day of one with the same result in the same text.
    `captured` has the SHA-256 of captured files that were read.
    """
    by_source: dict[Id, dict[str, Quotation]] = defaultdict(dict)
    for quotation in find_quotations(site):
        if quotation.source is not None:
            by_source[quotation.source][quotation.words] = quotation
    record: list[SourceCheck] = []
    for source, quotations in sorted(by_source.items()):
        before, copy = site.checks.get(source), site.copies.get(source)
        if copy is not None and copy.text:
            now = _check_source(site, proofs, source, quotations, day)
            now = replace(now, captured=captured.get(source) or _same_captured(before, copy))
        elif before is not None:
            now = replace(before, quotes=tuple([quote for quote in before.quotes if quote.words in quotations]))
        else:
            continue
        if now.quotes:
            record.append(now)
    return tuple(record)


def _check_source(
    site: Site, proofs: Proofs, source: Id, quotations: Mapping[str, Quotation], day: date
) -> SourceCheck:
    before, copy = site.checks.get(source), site.copies[source]
    is_same_text = before is not None and before.text == copy.text
    quotes: list[QuoteCheck] = []
    for words, quotation in sorted(quotations.items()):
        proof = proofs.quotes[proof_key(site, quotation)]
        if proof.result == "absent" and copy.capture.extent == "part":
            continue  # it may be in the rest of the source
        known = find_check(before.quotes, words) if before else None
        quotes.append(_check_quote(words, proof, known, day, is_same_text=is_same_text))
    return SourceCheck(
        id=source,
        text=copy.text,
        retrieved=copy.capture.retrieved,
        extent=copy.capture.extent,
        quotes=tuple(quotes),
    )


def _check_quote(words: str, proof: Proof, known: QuoteCheck | None, day: date, *, is_same_text: bool) -> QuoteCheck:
    now = QuoteCheck(
        words=words, result=proof.result, checked=day.isoformat(), how=proof.how, fragment=proof.fragment or None
    )
    if known is None:
        return now
    now = replace(now, archive=known.archive, page=known.page)
    is_same = is_same_text and replace(now, checked=known.checked) == known
    return known if is_same else now


def _same_captured(before: SourceCheck | None, copy: CopyInfo) -> str | None:
    return before.captured if before is not None and before.text == copy.text else None
