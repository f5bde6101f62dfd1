"""Text fragments: the part of a link that opens a page at quoted words (WICG, URL Fragment Text Directives).

A browser takes the first words of the page that are the same but for case, accents and kinds of quotation mark. Words
that may be taken for others therefore get those beside them as context.
"""

import re
from collections.abc import Iterable, Iterator
from unicodedata import category, normalize
from urllib.parse import quote as percent_encode

from briefgen.quotes.folding import LINE_BREAKS, fold
from briefgen.quotes.haystacks import Span
from briefgen.quotes.words import BY_DICTIONARY, CHINESE_AND_JAPANESE, WORD

LONGEST = 300
"""Longer texts are written as their first and last words."""
_FEW_WORDS = 3  # So few may be anywhere on a page, also beside the text that the copy has.
_EDGE_WORDS = 5
_MOST_CONTEXT = 8
_MOST_PLACES = 200
_SLACK = 20  # characters by which white space and accents may lengthen a place
_NEAR = 200  # characters in which words of context are looked for
# A browser takes any Chinese or Japanese letter for the beginning of a word. It divides Thai, Lao, Khmer and Burmese by
# a dictionary, so that only what is between spaces certainly begins and ends with a word.
_WORDS = re.compile(rf"[{CHINESE_AND_JAPANESE}]{{1,4}}|[^\s{CHINESE_AND_JAPANESE}]+")
_BY_DICTIONARY = re.compile(f"[{BY_DICTIONARY}]")
_ALPHABETIC = re.compile(r"[^\W_]+")
_LINE_BREAK = re.compile(f"[{LINE_BREAKS}]+")
_WHITE_SPACE = re.compile(r"[ \t\n\v\f\r\x85\u2028\u2029]+")


def fragment_of_words(quote: str) -> str:
    """Return the text directive for words that are exact, in one paragraph and unique on their page."""
    words = quote.strip()
    if len(words) <= LONGEST:
        return f"text={_encode(words)}"
    return f"text={_encode(_first(words, _EDGE_WORDS))},{_encode(_last(words, _EDGE_WORDS))}"


def text_fragment(text: str, spans: Iterable[Span]) -> str:
    """Return the text directives for places in a text, in its own characters, with context only where it is needed."""
    return "&".join(f"text={_directive(text, start, end)}" for start, end in spans)


def _directive(text: str, start: int, end: int) -> str:
    words = text[start:end]
    if len(words) > LONGEST or _LINE_BREAK.search(words):
        return _range(text, start, end)
    is_alone = _is_plain(words) and _is_unique(text, start, end)
    return _encode(words) if is_alone else _with_context(text, start, end, _encode(words))


def _range(text: str, start: int, end: int) -> str:
    """Return a directive of the first and the last words, which are in one paragraph each."""
    lines = [line for line in _LINE_BREAK.split(text[start:end]) if WORD.search(line)]
    for count in range(_EDGE_WORDS, LONGEST):
        first, last = _first(lines[0], count), _last(lines[-1], count)
        if len(lines) == 1 and len(first) + len(last) > end - start:
            break
        first_end, last_start = text.index(first, start) + len(first), end - len(last)
        is_whole = len(first) == len(lines[0]) and len(last) == len(lines[-1])
        if is_whole or (_is_unique(text, start, first_end) and _is_first(text, first_end, last_start, end)):
            is_alone = _is_unique(text, start, first_end) and _is_plain(first)
            encoded = f"{_encode(first)},{_encode(last)}"
            return encoded if is_alone else _with_context(text, start, end, encoded, first_end)
    return _encode(text[start:end])


def _with_context(text: str, start: int, end: int, encoded: str, first_end: int | None = None) -> str:
    """Add the words beside a place to its directive, as many as make it unique; of a range, its first words."""
    before, after = _starts_before(text, start), _ends_after(text, end)
    from_, to = start, end
    for count in range(2, _MOST_CONTEXT + 1):
        from_, to = [start, *before][: count + 1][-1], [end, *after][: count + 1][-1]
        if _is_unique(text, from_, first_end or to):
            break
    prefix, suffix = text[from_:start].strip(), text[end:to].strip()
    if WORD.search(prefix):
        encoded = f"{_encode(prefix)}-,{encoded}"
    return f"{encoded},-{_encode(suffix)}" if WORD.search(suffix) else encoded


def _starts_before(text: str, start: int) -> list[int]:
    """Return where words of the same paragraph in front of a place begin, the nearest first."""
    line = max((match.end() for match in _LINE_BREAK.finditer(text, max(0, start - _NEAR), start)), default=None)
    cut = line is None and start > _NEAR
    window = max(0, start - _NEAR) if line is None else line
    starts = [match.start() for match in _WORDS.finditer(text, window, start)]
    return starts[: 0 if cut else None : -1]


def _ends_after(text: str, end: int) -> list[int]:
    """Return where words of the same paragraph behind a place end, the nearest first."""
    line = _LINE_BREAK.search(text, end, end + _NEAR)
    cut = line is None and end + _NEAR < len(text)
    ends = [match.end() for match in _WORDS.finditer(text, end, line.start() if line else end + _NEAR)]
    return ends[: -1 if cut else None]


def _is_unique(text: str, start: int, end: int) -> bool:
    """Return whether a browser finds the words of a place nowhere else in the text."""
    return next(_other_places(text, start, end), None) is None


def _is_first(text: str, after: int, start: int, end: int) -> bool:
    """Return whether a browser finds the words of a place there first, from an offset on."""
    return all(not after <= place < start for place in _other_places(text, start, end))


def _other_places(text: str, start: int, end: int) -> Iterator[int]:
    """Yield about where else the text has the words of a place.

    Only the longest of the words is searched, and what is around it compared.
    """
    word, *others = sorted(_ALPHABETIC.finditer(text, start, end), key=lambda match: -len(match.group()))
    own, wanted = word.start(), _key(text[start:end])
    # In ASCII another word is the same but for case, which is faster to see than to compare all of them.
    another = others[0].group().lower() if others else ""
    spellings = {spell(word.group()) for spell in (str, str.lower, str.upper, str.capitalize, _key)}
    tries = 0
    for spelling in sorted(spellings):
        at = text.find(spelling)
        while at >= 0:
            tries += 1
            if tries > _MOST_PLACES:
                yield at
                return
            if not start <= at < end:
                # The window never has all of the place itself.
                from_ = max(at - (own - start) - _SLACK, start + 1 if at >= end else 0)
                to = min(at + (end - own) + _SLACK, end - 1 if at < start else len(text))
                window = text[from_:to]
                if (another in window.lower() or not window.isascii()) and wanted in _key(window):
                    yield at
            at = text.find(spelling, at + 1)


def _key(words: str) -> str:
    """Return words as a browser compares them, at about the primary strength of collation."""
    folded = normalize("NFKD", fold(words).text.casefold())
    if folded.isascii():
        return folded
    return "".join(char for char in folded if char.isascii() or category(char)[0] != "M")


def _first(words: str, count: int) -> str:
    matches = list(_WORDS.finditer(words))
    return words[: matches[:count][-1].end()].strip()


def _last(words: str, count: int) -> str:
    matches = list(_WORDS.finditer(words))
    return words[matches[-count:][0].start() :].strip()


def _is_plain(words: str) -> bool:
    """Return whether words need no context if they are unique: enough of them, whose beginning and end are plain."""
    has_doubtful_edges = _BY_DICTIONARY.match(words[0]) or _BY_DICTIONARY.match(words[-1])
    return not has_doubtful_edges and len(_WORDS.findall(words)) > _FEW_WORDS


def _encode(words: str) -> str:
    # The hyphen is a separator in a directive, and `quote` leaves it as it is.
    return percent_encode(_WHITE_SPACE.sub(" ", words.strip()), safe="").replace("-", "%2D")
