"""Quotations: whether the copies of sources have the words, and whether the record of checks says the same."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from briefgen.check.proofs import Proof, Proofs, figures_key, figures_to_check, proof_key
from briefgen.model.checks import QuoteCheck
from briefgen.model.claimed import written_claims
from briefgen.model.content import Claim, Id
from briefgen.model.dates import UNKNOWN
from briefgen.model.links import document_key
from briefgen.model.names import did_you_mean
from briefgen.model.problem import Place, Pointer, Problem, Severity
from briefgen.model.quotations import Quotation, find_check, has_other_address, is_changed
from briefgen.model.site import Site
from briefgen.model.texts import plain
from briefgen.quotes.folding import fold
from briefgen.quotes.word_classes import has_negation
from briefgen.quotes.words import WORD, is_without_spaces

_SHORTEST = 3  # words
_ADD_CONTEXT = "say which is meant by the words beside it: `context: {before: …, after: …}`"


def find_problems(
    site: Site, quotations: Iterable[Quotation], proofs: Proofs, *, complete: bool = True
) -> Iterator[Problem]:
    """Yield what is wrong with quotations, figures and copies. A site that lacks unreadable files is not `complete`."""
    outdated: Counter[Id] = Counter()
    # Nothing of them is published yet, so that it needs no record.
    drafts = _list_drafts(site)
    for quotation in quotations:
        source = quotation.source
        if source is None:
            continue
        record = site.checks.get(source)
        entry = find_check(record.quotes, quotation.words) if record else None
        proof = proofs.quotes.get(proof_key(site, quotation))
        if proof is None:
            copy = site.copies.get(source)
            if (copy is None or not copy.text) and record is not None and has_other_address(site, source):
                yield _of_other_address(quotation)
            elif (copy is None or not copy.text) and record is not None:
                yield from _problems_by_record(quotation, entry, is_whole=record.extent == "whole")
        elif proof.result != "absent" or site.copies[source].capture.extent == "whole":
            yield from _problems_by_proof(site, quotation, proof)
            yield from _denied(quotation, proof)
            is_published = quotation.at.file not in drafts
            outdated[source] += is_published and proof.result != "absent" and entry is None
        if proof is not None and record is not None and entry is not None and record.text == site.copies[source].text:
            yield from _wrong_checks(quotation, entry, proof)
        if (claim := quotation.claim) is not None and _is_short(claim):
            yield _short(claim, quotation)
    yield from _outdated_checks(site, outdated)
    yield from _missing_figures(site, proofs)
    if complete:
        yield from _unused_copies(site)
    yield from _copies_of_other_addresses(site)


def count_quotations(site: Site, quotations: Iterable[Quotation], proofs: Proofs) -> dict[str, int]:
    """Return how many quotations have each result; nothing without a copy and a record.

    `found`, `ambiguous` and `absent` are of copies at hand, `recorded` were found before in copies that are not,
    and `unchecked` are all others. `drafts` says how many of all these are in drafts.
    """
    if not site.copies and not site.checks:
        return {}
    counts = dict.fromkeys(("found", "recorded", "ambiguous", "absent", "unchecked", "drafts"), 0)
    drafts = _list_drafts(site)
    for quotation in quotations:
        counts["drafts"] += quotation.at.file in drafts
        proof = proofs.quotes.get(proof_key(site, quotation))
        copy = site.copies.get(quotation.source or "")
        record = site.checks.get(quotation.source or "")
        if proof is not None and copy is not None:
            is_known = proof.result != "absent" or copy.capture.extent == "whole"
            counts[proof.result if is_known else "unchecked"] += 1
        elif (
            record is not None
            and not has_other_address(site, record.id)
            and (entry := find_check(record.quotes, quotation.words))
        ):
            counts["recorded" if entry.result == "found" else entry.result] += 1
        else:
            counts["unchecked"] += 1
    return counts if any(counts.values()) else {}


def _list_drafts(site: Site) -> set[str]:
    """Return the files of briefs that are drafts."""
    return {brief.file for brief in site.briefs.values() if brief.data.status == "draft"}


def _problems_by_proof(site: Site, quotation: Quotation, proof: Proof) -> Iterator[Problem]:
    source, at = quotation.source or "", quotation.at
    if proof.result == "absent":
        yield Problem("absent-quote", f'the copy of "{source}" does not have these words', at, proof.hint)
    elif proof.result == "ambiguous" and quotation.claim is not None:
        if proof.places > 1:
            message = f'the copy of "{source}" has these words in several places'
            hint = _ADD_CONTEXT
        else:
            message = f'the copy of "{source}" has these words, but not beside the words of `context`'
            hint = "write `before` and `after` as the source has them, or leave `context` out"
        yield Problem("ambiguous-quote", message, at, hint, Severity.WARNING)
    elif proof.only_line and quotation.claim is not None and quotation.context is None:
        written = site.sources.get(source)
        if written is not None and fold(quotation.quote).text.strip() in fold(written.data.title).text:
            message = f'only the title of "{source}" has these words'
            hint = "quote the text; or if the title is meant, say so by the words beside it: `context: {after: …}`"
            yield Problem("title-only-quote", message, at, hint, Severity.WARNING)


def _denied(quotation: Quotation, proof: Proof) -> Iterator[Problem]:
    claim = quotation.claim
    if proof.denial and claim is not None and not has_negation(plain(claim.says)):
        message = f'the source has these words behind "{proof.denial}", which denies them'
        hint = "quote these words as well, or write in `says` what is denied"
        yield Problem("denied-quote", message, quotation.at, hint, Severity.WARNING)


def _problems_by_record(quotation: Quotation, entry: QuoteCheck | None, *, is_whole: bool) -> Iterator[Problem]:
    source = quotation.source
    if entry is None and is_whole:
        message = f'these words are not among those that were checked in a copy of "{source}"'
        hint = "run `briefgen check --record` where the copy is, in content/copies/"
        yield Problem("unchecked-quote", message, quotation.at, hint, Severity.WARNING)
    elif entry is not None and entry.result == "absent":
        message = f'the copy of "{source}" did not have these words when it was checked on {entry.checked}'
        hint = "correct them, then run `briefgen check --record` where the copy is"
        yield Problem("absent-quote", message, quotation.at, hint)
    elif entry is not None and entry.result == "ambiguous" and quotation.claim is not None:
        message = f'the copy of "{source}" had these words in several places when it was checked on {entry.checked}'
        yield Problem("ambiguous-quote", message, quotation.at, _ADD_CONTEXT, Severity.WARNING)


def _of_other_address(quotation: Quotation) -> Problem:
    message = f'these words were checked in a copy of another address than "{quotation.source}" has now'
    hint = "restore the address, or capture the new one with `briefgen add`, then run `briefgen check --record`"
    return Problem("unchecked-quote", message, quotation.at, hint, Severity.WARNING)


def _wrong_checks(quotation: Quotation, entry: QuoteCheck, proof: Proof) -> Iterator[Problem]:
    recorded, found = (", ".join(filter(None, (one.result, one.how))) for one in (entry, proof))
    if recorded != found:
        message = f'the record of checks says "{recorded}" of these words, but in the copy they are "{found}"'
        yield Problem("wrong-check", message, quotation.at, "run `briefgen check --record`")


def _outdated_checks(site: Site, outdated: Mapping[Id, int]) -> Iterator[Problem]:
    for source, count in outdated.items():
        copy, place = site.copies[source], site.sources.get(source)
        if is_changed(site, source):
            message = f'the copy of "{source}" is not the one in which quotations were checked'
        elif has_other_address(site, source):
            message = f'the record of checks has another address than "{source}" has now'
        elif count:
            quotations = "a quotation" if count == 1 else f"{count} quotations"
            message = f'the record of checks does not have the result of {quotations} from "{source}"'
        else:
            continue
        at = Pointer(place.file, place.keys) if place else Place(copy.folder)
        yield Problem("outdated-check", message, at, "run `briefgen check --record`", Severity.WARNING)


def _is_short(claim: Claim) -> bool:
    words = fold(claim.quote or "").text.split()
    if claim.quote and not WORD.search(claim.quote):
        return True
    if len(words) >= _SHORTEST or any(is_without_spaces(word) for word in words):
        return False
    around = " ".join((plain(claim.says), claim.translation or ""))
    return " ".join(words).casefold() not in fold(around).text.casefold()


def _short(claim: Claim, quotation: Quotation) -> Problem:
    message = f'"{claim.quote}" alone does not show what was said'
    hint = "quote three words or more, or use these words in `says`, so that readers see what they belong to"
    return Problem("short-quote", message, quotation.at, hint, Severity.WARNING)


def _missing_figures(site: Site, proofs: Proofs) -> Iterator[Problem]:
    for one in written_claims(site):
        checked = figures_to_check(site, one)
        for figure in proofs.figures.get(figures_key(site, *checked), ()) if checked else ():
            at = Pointer(one.file, ("claims", one.number, "says"), words=figure)
            several = (
                "the copies of its sources do" if checked and len(checked[1]) > 1 else "the copy of its source does"
            )
            hint = "correct it, or cite the source that has it in this sentence: [@some-source]"
            yield Problem("figure-not-in-source", f'{several} not have "{figure}"', at, hint, Severity.WARNING)


def _copies_of_other_addresses(site: Site) -> Iterator[Problem]:
    for id, copy in site.copies.items():
        source, capture = site.sources.get(id), copy.capture
        if source is None or UNKNOWN in (source.data.url, capture.address):
            continue
        captured = {document_key(one) for one in (capture.address, capture.final_address, capture.canonical) if one}
        if document_key(source.data.url) not in captured:
            message = f'the copy of "{id}" was captured from another address: {capture.address}'
            hint = "correct the address here or in capture.yaml, or capture this one: move the copy away first"
            yield Problem("bad-copy", message, Pointer(source.file, (*source.keys, "url")), hint, Severity.WARNING)


def _unused_copies(site: Site) -> Iterator[Problem]:
    for id, copy in site.copies.items():
        if id not in site.sources:
            new = site.redirects.get(f"sources/{id}", "").removeprefix("sources/")
            hint = f"rename it to {new}" if new else did_you_mean(id, [*site.sources], cutoff=0.6)
            hint = hint or "name the folder after the id of its source"
            yield Problem("unused-copy", f'there is no source "{id}"', Place(copy.folder), hint, Severity.WARNING)
