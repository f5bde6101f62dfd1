"""Find the words between quotation marks in a text of the desk: words of others, in which nothing is changed."""

import re
from collections.abc import Iterator

_OPEN = re.compile("[\"“”„«»‹›‘‚'「『《]")
CLOSING_MARKS = {  # by the mark that opens
    '"': '"',
    "“": "”",
    "”": "”",  # as in Swedish
    "„": "“”",
    "«": "»",
    "»": "«",  # as in German
    "‹": "›",
    "›": "‹",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    "《": "》",
}
# Before the last letter of a Hebrew word it makes an acronym of it.
_ACRONYM = re.compile('(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea](?![\u05d0-\u05ea]))')
_CLOSING = "”»›"  # where nothing was opened, the quotation began in an earlier paragraph
# An apostrophe is a mark only where no word goes on; the last one before another quotation begins closes it.
_SINGLE = {
    mark: (re.compile(rf"(?<!\w){mark}(?=\w)"), re.compile(rf"(?<=\S){close}(?!\w)"))
    for mark, close in (("'", "'"), ("‘", "’"))
}


def find_quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the quotations of a paragraph begin and end; one that is not closed goes on to the end."""
    text = _ACRONYM.sub("״", text)
    place = 0
    while match := _OPEN.search(text, place):
        start, mark = match.start(), match[0]
        if mark in _SINGLE:
            found = _find_single(text, start, mark)
            end = found or start + 1
            if found:
                yield start, end
        else:
            ends = [at + 1 for one in CLOSING_MARKS[mark] if (at := text.find(one, start + 1)) >= 0]
            end = min(ends, default=len(text))
            yield (start if ends or mark not in _CLOSING else 0), end
        place = end


def _find_single(text: str, start: int, mark: str) -> int | None:
    """Return the end of a quotation in single marks; None if the mark at `start` is an apostrophe."""
    opening, closing = _SINGLE[mark]
    if not opening.match(text, start):
        return None
    following = opening.search(text, start + 1)
    stop = following.start() if following else len(text)
    ends = [match.end() for match in closing.finditer(text, start + 1, stop)]
    return max(ends, default=len(text) if mark == "‘" else None)
