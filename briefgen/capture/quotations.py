"""Direct quotations in a text, each with the known actor who probably speaks."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from briefgen.capture.attribution import is_attributed, is_reference, leave_out_links
from briefgen.kernel.mentions import Mention
from briefgen.load.quotation_marks import CLOSING_MARKS

# Titles of books, and straight single marks, are no direct speech.
_PAIRS = {mark: closing for mark, closing in CLOSING_MARKS.items() if mark != "《"} | {"‘": "’"}
_MARKS = re.compile(f"[{''.join(_PAIRS)}]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।](?=[\s\"”»“」』)]|$)")
_LETTER_BESIDE = re.compile(r"\w")
_LEAST_WORDS = 4
_JUST_BEFORE = 30  # characters, as in “Ada Miller told a full hall: …”
_MOST_LETTERS = 2_000  # a mark that closes nothing nearer is no quotation mark
_LEAST_LETTERS = 8  # in scripts without spaces
_SPACE = " \u00a0\u202f\u2009"


_People = Container[str]
_Span = tuple[int, int]  # begin and end of a quotation with its marks


class Quotation(NamedTuple):
    """Words between quotation marks; `reason` says where the speaker is named, both empty if no speaker is named.

    `is_attributed` says whether the sentence joins name and words by a verb such as "said", or by a colon.
    """

    words: str
    speaker: str = ""
    reason: str = ""
    is_attributed: bool = False


def find_quotations(
    text: str, find_actors: Callable[[str], Iterable[Mention]], people: _People = frozenset()
) -> Iterator[Quotation]:
    """Yield the direct quotations of a text of one paragraph a line, in its order, each once.

    `people` are the ids of those actors who are persons.
    A quotation ends in the paragraph in which it begins. What has fewer than four words is no statement, and neither
    are the titles in references and in boxes that lead to other articles.
    """
    seen: set[str] = set()
    for paragraph in leave_out_links(text.split("\n")):
        spans = list(_spans(paragraph))
        if not spans:
            continue
        mentions = [one for one in find_actors(paragraph) if not any(start <= one.start < end for start, end in spans)]
        for start, end in spans:
            words = paragraph[start + 1 : end - 1].strip(_SPACE).rstrip(",，、")
            if _is_statement(words) and words not in seen and not is_reference(paragraph, (start, end)):
                seen.add(words)
                yield Quotation(words, *_speaker(paragraph, (start, end), spans, mentions, people))


def _spans(paragraph: str) -> Iterator[_Span]:
    """Yield begin and end of each quotation with its marks; one inside another is part of it."""
    at = 0
    while opening := _MARKS.search(paragraph, at):
        start = opening.start()
        end = _closing(paragraph, start) if _may_open(paragraph, start) else None
        if end is None:
            at = start + 1
        else:
            yield start, end
            at = end


def _may_open(paragraph: str, start: int) -> bool:
    """Return whether a mark may open a quotation: no letter stands before it, nor a space after it, but in French."""
    mark, before, after = paragraph[start], paragraph[start - 1 : start], paragraph[start + 1 : start + 2]
    if _UNSPACED.match(before or after):
        return True
    is_apart = after.isspace() and mark not in "«»„"
    return not (_LETTER_BESIDE.match(before) or is_apart or (mark in "»”›" and before and not before.isspace()))


def _closing(paragraph: str, start: int) -> int | None:
    """Return the end of the quotation that a mark opens."""
    opening = paragraph[start]
    closers = _PAIRS[opening]
    depth = 0
    for at in range(start + 1, min(len(paragraph), start + _MOST_LETTERS)):
        letter = paragraph[at]
        if letter in closers:
            # An apostrophe, an acronym of Hebrew, or the opening mark of another quotation.
            if letter in '’‘”"' and _LETTER_BESIDE.match(paragraph[at + 1 : at + 2]) and letter in ("’‘" + opening):
                continue
            if depth == 0:
                return at + 1
            depth -= 1
        elif letter == opening and letter not in closers:
            depth += 1
    return None


def _is_statement(words: str) -> bool:
    if _UNSPACED.search(words):
        return len(words) >= _LEAST_LETTERS
    return sum(any(map(str.isalnum, word)) for word in words.split()) >= _LEAST_WORDS


def _speaker(
    paragraph: str, span: _Span, spans: Sequence[_Span], mentions: Sequence[Mention], people: _People
) -> tuple[str, str, bool]:
    """Return the likely speaker, why, and whether the sentence says so.

    That is who is named in the same sentence, else before it in the paragraph.
    Rather a person than a state, and rather the subject of the sentence, unless a name stands just before the words.
    """
    start, end = span
    before = [one for one in mentions if one.end <= start]
    same = [one for one in before if not _SENTENCE_END.search(paragraph, one.end, start)]
    if same:
        found = same[-1] if start - same[-1].end <= _JUST_BEFORE else _first(same, people)
        return found.id, "named before the words", is_attributed(paragraph, span, found, start)
    after = _sentence_end(paragraph, end, spans) if _goes_on(paragraph, end) else end
    if following := [one for one in mentions if end <= one.start < after]:
        found = _first(following, people)
        return found.id, "named after the words", is_attributed(paragraph, span, found, after)
    earlier = "named earlier in the paragraph"
    return (_first(before[::-1], people).id, earlier, False) if before else ("", "", False)


def _first(mentions: Sequence[Mention], people: _People) -> Mention:
    """Return the first person, else the first of all."""
    return next((one for one in mentions if one.id in people), mentions[0])


def _goes_on(paragraph: str, end: int) -> bool:
    """Return whether the sentence goes on after a quotation, as in “…,” said Ada Miller."""
    inside, rest = paragraph[end - 2 : end - 1], paragraph[end:].lstrip()
    if inside not in ".。" or not rest:
        return bool(rest)
    return rest[0] in ",،，—–-" or rest[0].islower() or bool(_UNSPACED.match(rest))


def _sentence_end(paragraph: str, at: int, spans: Sequence[_Span]) -> int:
    """Return where the sentence ends that goes on at `at`; at the latest where another quotation begins."""
    found = _SENTENCE_END.search(paragraph, at)
    following = min((start for start, _ in spans if start >= at), default=len(paragraph))
    return min(found.start() if found else len(paragraph), following)
