"""Quotes in other languages: what is translated, and the source that the words come from."""

from collections.abc import Iterator

from briefgen.model.claimed import written_claims
from briefgen.model.content import Claim, Source
from briefgen.model.dates import UNKNOWN
from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site

_NO_QUOTE = "write the words as the source prints them in `quote`, or leave it out"


def misplaced_translations(site: Site) -> Iterator[Problem]:
    """Find translations of nothing, or into the language that the words are in, and translators of nothing."""
    own = site.config.language
    for one in written_claims(site):
        for key, message, hint in _claim_faults(one.claim, one.source, own):
            yield Problem("misplaced-translation", message, Pointer(one.file, ("claims", one.number, key)), hint)
    for source in site.sources.values():
        title, language = source.data.title, source.data.language
        if source.data.title_translation is None or (title != UNKNOWN and language != own):
            continue
        message, hint = "a title that is not known has a translation", "write the title as printed in `title`"
        if title != UNKNOWN:
            message, hint = f"a title in the language of the site ({own}) has a translation", "leave it out"
        at = Pointer(source.file, (*source.keys, "title_translation"))
        yield Problem("misplaced-translation", message, at, hint)


def _claim_faults(claim: Claim, source: Source | None, own: str) -> Iterator[tuple[str, str, str]]:
    """Yield key, message and hint for each fault of a claim."""
    if claim.translated_by is not None and claim.translation is None:
        yield "translated_by", "a translator is named, but there is no `translation`", "write it, or leave this out"
    if claim.quote is None:
        for key in ("translation", "quote_language"):
            if getattr(claim, key) is not None:
                yield key, f"`{key}` stands without a quote", _NO_QUOTE
        return
    language = claim.quote_language or (source.language if source else None)
    if claim.translation is not None and language in (own, None):
        if language is None:
            yield "translation", "the language of the quote is not known", "write it in `quote_language`"
        else:
            hint = "leave it out, or write the language of the quote in `quote_language`"
            yield "translation", f"a quote in the language of the site ({own}) has a translation", hint


def words_from_themselves(site: Site) -> Iterator[Problem]:
    """Find claims whose source quotes the words from itself."""
    for one in written_claims(site):
        if one.claim.via is not None and one.claim.via == one.source_id:
            message = f'"{one.claim.via}" is the source of the claim itself'
            hint = "name the text that it quotes, or leave `via` out"
            yield Problem("self-via", message, Pointer(one.file, ("claims", one.number, "via")), hint)
