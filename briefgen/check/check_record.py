"""The record of checks, made of what was found in the copies at hand and of what was recorded before."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from briefgen.check.proofs import Proof, Proofs, proof_key
from briefgen.model.checks import QuoteCheck, SourceCheck
from briefgen.model.content import Id
from briefgen.model.dates import UNKNOWN
from briefgen.model.quotations import Quotation, find_check, find_quotations
from briefgen.model.site import Site
from briefgen.quotes.fragments import fragment_of_words, text_fragment


def make_record(
    site: Site, proofs: Proofs, read: Callable[[Id], str], captured: Mapping[Id, str], day: date
) -> tuple[SourceCheck, ...]:
    """Return the record of all quotations of the site, by source and hash; `read` returns the text of a copy.

    An entry without a copy at hand stays as it is, and so does one with the same result in the same text, with its day.
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
            is_same_text = before is not None and before.text == copy.text
            now = SourceCheck(
                id=source,
                address=None if (url := site.sources[source].data.url) == UNKNOWN else url,
                text=copy.text,
                size=(before.size if before and is_same_text else None) or len(read(source).encode()),
                captured=captured.get(source) or (before.captured if before and is_same_text else None),
                retrieved=copy.capture.retrieved,
                extent=copy.capture.extent,
                quotes=tuple(_check_quotes(site, proofs, read, quotations, day)),
            )
        elif before is not None:
            now = replace(before, quotes=tuple([quote for quote in before.quotes if quote.words in quotations]))
        else:
            continue
        if now.quotes:
            record.append(now)
    return tuple(record)


def _check_quotes(
    site: Site, proofs: Proofs, read: Callable[[Id], str], quotations: Mapping[str, Quotation], day: date
) -> Iterator[QuoteCheck]:
    """Yield the checks of quotations from one source, in the order of their hashes."""
    for words, quotation in sorted(quotations.items()):
        source = quotation.source or ""
        before, copy, proof = site.checks.get(source), site.copies[source], proofs.quotes[proof_key(site, quotation)]
        if proof.result == "absent" and copy.capture.extent == "part":
            continue  # it may be in the rest of the source
        known = find_check(before.quotes, words) if before else None
        if before and known and before.text == copy.text and (known.result, known.how) == (proof.result, proof.how):
            yield known
            continue
        yield QuoteCheck(
            words=words,
            result=proof.result,
            checked=day.isoformat(),
            how=proof.how,
            fragment=_make_fragment(quotation.quote, read(source), proof) if proof.spans else None,
            archive=known.archive if known else None,
            page=known.page if known else None,
        )


def _make_fragment(quote: str, text: str, proof: Proof) -> str | None:
    """Return the text fragment that leads to a quotation; None if it can be made from the words alone."""
    fragment = text_fragment(text, proof.spans)
    return None if fragment == fragment_of_words(quote) else fragment
