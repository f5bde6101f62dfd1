"""English text → its sentences, as far as full stops can tell."""

import re
from collections.abc import Iterator

# An end of a sentence as it looks: its mark, closing quotes and brackets, space, and something that may begin another.
# What matches is taken whole, as a run of marks that ends no sentence would be tried again from each of them.
_END = re.compile(r"""(?<![.!?…])[.!?…]++['"”’»)\]]*+\s++(?=['"“‘«(\[]*[A-Z0-9À-ÞА-Я])|\n\s*\n""")
# Always followed by a name or a number, so never the end.
_TITLE = re.compile(
    r"(?:^|[\s(“‘\"'])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Amb|Hon|Rev|St|vs|cf|e\.g|i\.e|approx|ca)\.\s+$"
)
_NUMBERED = re.compile(
    r"(?:^|[\s(])(?:No|Nos|Art|Arts|p|pp|para|paras|Fig|Sec|Ch|Vol|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.\s+$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"(?:^|[\s(“‘\"'])(?:[A-Za-z]\.)+\s+$")  # J., U.S., a.m.
_OPENING = re.compile(
    r"['\"“‘«(\[]*+(?:We|Our|Us|I|It|Its|They|Their|The|This|These|That|Those|There|He|She|His|Her|If|In|On|At|As|But|And|Or|So|Yet"
    r"|With|Without|Both|Such|Some|Most|No|Not|What|Whether|However|Still|Confidence|Low|Moderate|High)\b"
)


_LONGEST = 40  # characters of a shortened word


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text in their order, each on one line."""
    start = 0
    for end in _END.finditer(text):
        if _goes_on(text[max(start, end.start() - _LONGEST) : end.end()], text, end.end()):
            continue
        yield " ".join(text[start : end.end()].split())
        start = end.end()
    rest = " ".join(text[start:].split())
    if rest:
        yield rest


def _goes_on(before: str, text: str, end: int) -> bool:
    """Return whether the full stop at the end of `before`, which ends at an offset of `text`, only shortens a word."""
    if _TITLE.search(before):
        return True
    if _NUMBERED.search(before):
        return text[end : end + 1].isdigit()
    # "the U.S. Congress" goes on, "in the U.S. We doubt it" does not.
    return bool(_LETTERS.search(before)) and not _OPENING.match(text, end)
