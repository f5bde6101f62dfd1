"""Whether the copy of a source has quoted words, and what to write where it does not."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from briefgen.check.proofs import Proof, Proofs, proof_key, prove_quotation
from briefgen.model.checks import HowFound
from briefgen.model.content import Id
from briefgen.model.quotations import Quotation, find_check, has_other_address
from briefgen.model.site import Site

Result = Literal["found", "ambiguous", "not found", "cannot check"]


class QuotationResult(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the copy of a source says of words: where it has none of them, `hint` has the nearest ones."""

    result: Result
    words: str
    source: Id | None
    reason: str
    how: HowFound | None = None
    hint: str = ""

    @property
    def is_found(self) -> bool:
        """Return whether the copy has the words, in whatever places."""
        return self.result in ("found", "ambiguous")


_HOW = {
    "exact": "exactly so",
    "normalised": "apart from typography",
    "bracketed": "but for your words in brackets",
}


def judge(site: Site, quotation: Quotation, proof: Proof | None) -> QuotationResult:
    """Return what is known of a quotation, whose proof is None where there is no text to look it up in."""
    source, copy = quotation.source, site.copies.get(quotation.source or "")

    def result(kind: Result, reason: str, hint: str = "", how: HowFound | None = None) -> QuotationResult:
        return QuotationResult(result=kind, words=quotation.quote, source=source, reason=reason, hint=hint, how=how)

    if source is None:
        return result("cannot check", "there is no source to look the words up in", "give the brief a source")
    if copy is None or proof is None:
        what = f'the copy of "{source}" has no text that can be used' if copy else f'there is no copy of "{source}"'
        return result("cannot check", what + _recorded(site, quotation), "capture the source with `briefgen add` first")
    if proof.result == "absent" and copy.capture.extent == "part":
        return result("cannot check", f'the copy of "{source}" is a part of it, and lacks these words', proof.hint)
    if proof.result == "absent":
        return result("not found", f'the copy of "{source}" does not have these words', proof.hint)
    if proof.result == "ambiguous":
        where = "in several places" if proof.places > 1 else "but not beside the words of the context"
        hint = "say which place is meant by the words beside it, before or after"
        return result("ambiguous", f'the copy of "{source}" has these words {where}', hint, proof.how)
    where = f", {_HOW[proof.how]}" if proof.how else ""
    only = ", in its first line alone, which may be the title" if proof.only_line else ""
    return result("found", f'the copy of "{source}" has these words{where}{only}', how=proof.how)


def find_judged(site: Site, quotation: Quotation, proofs: Proofs) -> QuotationResult:
    """Return what is known of a quotation of the site, with the proofs that were made for it."""
    return judge(site, quotation, proofs.quotes.get(proof_key(site, quotation)))


def judge_in(site: Site, quotation: Quotation, text: str) -> QuotationResult:
    """Return what is known of a quotation, with the text of its source's copy; empty if there is none."""
    return judge(site, quotation, prove_quotation(quotation, text) if text else None)


def without_words(result: QuotationResult) -> QuotationResult:
    """Return a result with no more of the words than a message needs."""
    words = " ".join(result.words.split())
    return replace(result, words=words if len(words) <= 100 else f"{words[:100]}…")


def _recorded(site: Site, quotation: Quotation) -> str:
    """Return what the record of checks says of words without a copy."""
    record = site.checks.get(quotation.source or "")
    if record is None or has_other_address(site, record.id):
        return ""
    entry = find_check(record.quotes, quotation.words)
    return f"; content/checks.yaml says that they were {entry.result} on {entry.checked}" if entry else ""
