"""What the copies of sources say of quotations and figures: finding words takes long, so the results can be kept."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from briefgen.check.figures import find_figures, missing_figures
from briefgen.model.checks import HowFound, QuoteResult
from briefgen.model.claimed import WrittenClaim, written_claims
from briefgen.model.content import Claim, Id
from briefgen.model.dates import parsed
from briefgen.model.quotations import Quotation
from briefgen.model.site import Site
from briefgen.model.texts import MarkedText, plain
from briefgen.quotes.matching import find_quote
from briefgen.quotes.omissions import find_denial
from briefgen.quotes.parts import Part, split_quote

_SHOWN = 6  # words that a quote and a passage share, beside a difference


class Proof(Struct, frozen=True, array_like=True):
    """What the text of a copy says of one quotation."""

    result: QuoteResult
    how: HowFound | None = None
    spans: tuple[tuple[int, int], ...] = ()  # of its parts in the text, if it is found
    places: int = 0
    only_line: str = ""  # the first line of the text, if no other has the words
    hint: str = ""  # what comes nearest to absent words
    denial: str = ""  # the negation behind which the words are cut out


class Proofs(Struct, frozen=True):
    """Results by a key that is equal only for equal arguments: proofs of quotations, and figures that no text has."""

    quotes: dict[str, Proof] = {}
    figures: dict[str, tuple[str, ...]] = {}


NO_PROOFS = Proofs()


def prove_quotations(site: Site, quotations: Iterable[Quotation], read: Callable[[Id], str], known: Proofs) -> Proofs:
    """Return the results for all quotations and figures that can be checked; `read` returns the text of a copy.

    Results that are `known` are taken from there.
    """
    quotes: dict[str, Proof] = {}
    missing: dict[Id, dict[str, Quotation]] = defaultdict(dict)
    for quotation in quotations:
        key = proof_key(site, quotation)
        if key and (found := known.quotes.get(key)):
            quotes[key] = found
        elif key and quotation.source:
            missing[quotation.source][key] = quotation
    for source, wanted in missing.items():
        text = read(source)
        quotes.update({key: prove_quotation(quotation, text) for key, quotation in wanted.items()})
    figures: dict[str, tuple[str, ...]] = {}
    for one in written_claims(site):
        if checked := figures_to_check(site, one):
            wanted_figures, sources = checked
            key = figures_key(site, wanted_figures, sources)
            before = known.figures.get(key)
            figures[key] = missing_figures(wanted_figures, map(read, sources)) if before is None else before
    return Proofs(quotes, figures)


def proof_key(site: Site, quotation: Quotation) -> str:
    """Return the key of a proof; empty if there is no text to check the quotation in."""
    copy = site.copies.get(quotation.source) if quotation.source else None
    return quotation.words + copy.text if copy and copy.text else ""


def prove_quotation(quotation: Quotation, text: str) -> Proof:
    """Return what a text says of one quotation."""
    context = quotation.context
    before, after = (context.before or "", context.after or "") if context else ("", "")
    match = find_quote(quotation.quote, text, before=before, after=after, is_far=quotation.is_far)
    if match.result == "absent":
        return Proof("absent", hint=_describe_difference(quotation.quote, text, match.left_out))
    if match.result == "ambiguous":
        return Proof("ambiguous", match.how, places=match.places)
    first_end = text.find("\n", len(text) - len(text.lstrip()))
    is_in_first = first_end < 0 or all(end <= first_end for _, end in match.spans)
    return Proof(
        "found",
        match.how,
        match.spans,
        match.places,
        text[:first_end].strip() if is_in_first and first_end >= 0 else "",
        denial=find_denial(text, match.spans[0][0]),
    )


def _describe_difference(quote: str, text: str, left_out: str) -> str:
    """Return what is wrong with an absent quote; of one with marks, with the first part that is nowhere."""
    says = f'you left out "{left_out}"' if left_out else ""
    marked = split_quote(quote)
    if marked and len(marked.parts) > 1:
        absent = next((part for part in marked.parts if not _has_part(part, text)), None)
        if absent is None:
            return says or "all its parts are there, but not in this order, or not in one paragraph (`gap: far`)"
        quote = absent.spellings[-1]
    return "\n".join(filter(None, (says, _describe_nearest(quote, text))))


def _describe_nearest(quote: str, text: str) -> str:
    from briefgen.quotes.nearest import nearest_passage

    nearest = nearest_passage(quote, text)
    if not nearest.passage:
        return "nothing in the copy comes near them: look whether it is the right text"
    words: list[str] = []
    for index, change in enumerate(nearest.changes):
        if change.kind == "same":
            words.extend(_shorten(change.words.split(), is_first=index == 0))
        elif change.kind == "only_quote":
            words.append(f"[-{change.words}-]")
        else:
            words.append(f"[+{change.words}+]")
    passage = " ".join(nearest.passage.split())
    return f"the nearest words there: {passage}\nto change in the quote, word by word: {' '.join(words)}"


def _has_part(part: Part, text: str) -> bool:
    return any(find_quote(spelling, text).result != "absent" for spelling in part.spellings)


def _shorten(words: list[str], *, is_first: bool) -> list[str]:
    if len(words) <= 2 * _SHOWN:
        return words
    return ["…", *words[-_SHOWN:]] if is_first else [*words[:_SHOWN], "…", *words[-_SHOWN:]]


def figures_to_check(site: Site, one: WrittenClaim[Claim]) -> tuple[tuple[str, ...], tuple[Id, ...]] | None:
    """Return the figures in the words of a claim, and its sources if there are whole texts of all of them."""
    says = one.claim.says
    if one.source_id not in site.copies:
        return None
    figures = find_figures(_own_words(says))
    if not figures:
        return None
    cited = [] if isinstance(says, str) else [one.target for one in says.references if one.kind == "cite"]
    named = (*cited, one.claim.via, *one.claim.confirmed_by)
    sources = tuple(dict.fromkeys((one.source_id or "", *(id.removeprefix("sources/") for id in named if id))))
    copies = [site.copies.get(source) for source in sources]
    if any(copy is None or not copy.text or copy.capture.extent == "part" for copy in copies):
        return None
    dates = [one.claim.date, one.source.published if one.source else None]
    dates += [one.brief.data.date, one.brief.data.as_of] if one.brief else []
    of_dates = {str(number) for date in dates if date for number in (parsed(date).year, parsed(date).day)}
    return tuple(figure for figure in figures if figure not in of_dates), sources


def _own_words(says: str | MarkedText) -> str:
    """Return the words of a sentence without those that it quotes from sources."""
    if isinstance(says, str):
        return says
    references = tuple([replace(one, quote=None) if one.kind == "cite" else one for one in says.references])
    return plain(replace(says, references=references))


def figures_key(site: Site, figures: tuple[str, ...], sources: tuple[Id, ...]) -> str:
    """Return the key of the result for these figures in the texts of these sources."""
    parts = (*figures, *(site.copies[source].text for source in sources))
    return sha256("\0".join(parts).encode()).hexdigest()[:32]
