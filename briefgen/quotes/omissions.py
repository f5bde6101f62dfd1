"""What the marks of a curator may take the place of in a text, by its sentences and negations."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from briefgen.quotes.folding import LINE_BREAKS, fold
from briefgen.quotes.word_classes import find_negations, is_abbreviation, is_pronoun
from briefgen.quotes.words import WITHOUT_SPACES, WORD

_MOST_WORDS = 3  # behind a quote, in which a negation may not be hidden
_TOKENS = re.compile(rf"[{WITHOUT_SPACES}]{{1,2}}|[^\s{WITHOUT_SPACES}]*[^\W_{WITHOUT_SPACES}][^\s{WITHOUT_SPACES}]*")
_END = re.compile(rf"[.!?;…؟؛۔।]['\"\u2019\u201d»)\]]*(?=\s|\Z)|[。！？；]|[{LINE_BREAKS}]")
_LAST_WORD = re.compile(r"(?<![^\W_])[^\W_]+(?:\.[^\W_]+)*\Z")
_LONGEST_ABBREVIATION = 12  # characters
_BEGINS_SMALL = re.compile(r"[\s'\"‘“„«(\[]*(?P<letter>\w)").match
# A line that is as long as others, without a full stop, goes on in the next one: the text was broken at a width.
_SHORTEST_LINE, _LONGEST_LINE, _SHARE_OF_LONGEST = 40, 200, 0.7
_ROOM = 60  # characters, for a word beside a quote
_OPENED = re.compile(r"(?:(?:\A|[^\w])[\"“”„‚‘'「『»›«‹]|(?:\A|\s)[«‹]\s)\Z")
_CLOSED = re.compile(r"[.,;:!?…]*(?:[\"“”’‘'」』«‹]|\s?[»›])(?!\w)")
_WORD_BEFORE = re.compile(rf"(?:\A|[\s\"“„«‘(])(?P<word>[^\W\d_{WITHOUT_SPACES}]+)\s+\Z")
_WORD_AFTER = re.compile(rf"\s+(?P<word>[^\W\d_{WITHOUT_SPACES}]+)(?=[\s.,;:!?…\"”»)]|\Z)")
_LETTERS_BEFORE = re.compile(rf"[{WITHOUT_SPACES}]{{1,5}}\Z")
_LETTERS_AFTER = re.compile(rf"[{WITHOUT_SPACES}]{{1,5}}")

_BEFORE_THAT, _LONGEST_THAT = 150, 20  # characters
_THAT_WORDS = ("that", "dass", "que", "che", "dat", "że", "что", "що", "att")
_TO_SAY = tuple(f"to {verb}" for verb in ("say", "claim", "think", "believe", "suggest"))
_LAST_WORDS = (*_THAT_WORDS, *_TO_SAY, "qu")
_THAT = re.compile(rf"(?:{'|'.join((*_THAT_WORDS, *_TO_SAY))})\b\s*")
_BESIDE_THAT = " \u00a0\n\u2028,:\"“„«‘'’("
_ENDS_WITH_THAT = re.compile(rf"(?<!\w)(?:{_THAT.pattern}|qu['’])[{_BESIDE_THAT}]*\Z")
# "It was not over, and that …" goes on with another statement.
_AND = re.compile(r"(?<!\w)(?:and|but|or|und|aber|et|mais|y|pero|e|ma|i|ale|и|но|та|але|och|en|maar),?\s*\Z")


class Omissions:
    """The negations of a text and the ends of its sentences. Offsets are those of the original text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def between(self, end: int, start: int) -> str:
        """Return the first negation that an ellipsis hides between parts that end and start there, or nothing.

        Whole sentences may be left out with their negations, but not the rest of the sentence in which the left part
        ends, nor the beginning of that in which the right part starts.
        """
        head_end = min(start, self._sentence_end(end))
        return self._negation(end, head_end) or self._negation(max(end, self._sentence_start(start)), start)

    def before(self, at: int) -> str:
        """Return the first negation in front of a place in its sentence, or nothing."""
        return self._negation(self._sentence_start(at), at)

    def replaced_before(self, at: int) -> str:
        """Return the words that a bracket in front of a place may not take the place of, or nothing.

        It may be at the beginning of a sentence, or of words in quotation marks, or in place of a personal pronoun.
        """
        start = self._sentence_start(at)
        before = self.text[max(start, at - _ROOM) : at]
        if not WORD.search(before) and len(before) < _ROOM:
            return ""
        if negation := self.before(at):
            return negation
        word = _WORD_BEFORE.search(before) or _LETTERS_BEFORE.search(before)
        if _OPENED.search(before) or (word and _has_pronoun(word, is_last=True)):
            return ""
        return (before.split() or [before])[-1]

    def replaced_after(self, at: int) -> str:
        """Return the same for a bracket behind a place, which hides no negation in the next three words either."""
        end = self._sentence_end(at)
        after = self.text[at : min(end, at + _ROOM)]
        if not WORD.search(after) and len(after) < _ROOM:
            return ""
        if negation := self._negation(at, self._next_words_end(at, end)):
            return negation
        word = _WORD_AFTER.match(after) or _LETTERS_AFTER.match(after)
        if _CLOSED.match(after) or (word and _has_pronoun(word, is_last=False)):
            return ""
        return (after.split() or [after])[0]

    @cached_property
    def _negations(self) -> tuple[list[int], list[int]]:
        folded = fold(self.text)
        spans = [folded.span(*span) for span in find_negations(folded.text)]
        return [start for start, _ in spans], [end for _, end in spans]

    @cached_property
    def _ends(self) -> list[int]:
        return list(_find_sentence_ends(self.text))

    def _next_words_end(self, at: int, end: int) -> int:
        for count, word in enumerate(_TOKENS.finditer(self.text, at, end), 1):
            if count == _MOST_WORDS:
                return word.end()
        return end

    def _negation(self, start: int, end: int) -> str:
        starts, ends = self._negations
        at = bisect_left(starts, start)
        return self.text[starts[at] : ends[at]] if at < len(starts) and starts[at] < end else ""

    def _sentence_end(self, at: int) -> int:
        index = bisect_left(self._ends, at)
        return self._ends[index] if index < len(self._ends) else len(self.text)

    def _sentence_start(self, at: int) -> int:
        index = bisect_right(self._ends, at)
        return self._ends[index - 1] if index else 0


def find_denial(text: str, at: int) -> str:
    """Return the negation in a sentence whose "that" is in front of a place: what follows is denied; else nothing.

    Only the text just before the place is read, so that it can be done for each quote.
    """
    if first := _THAT.match(text, at):
        at = first.end()
    before = text[max(0, at - _LONGEST_THAT) : at]
    # Almost always false, and much faster than the pattern.
    is_near = before.rstrip(_BESIDE_THAT).endswith(_LAST_WORDS)
    found = _ENDS_WITH_THAT.search(before) if is_near else None
    if found is None:
        return ""
    window = text[max(0, at - _BEFORE_THAT) : at]
    that = len(window) - len(found.group())
    if _AND.search(window[max(0, that - _LONGEST_THAT) : that]):
        return ""
    start = max((end for end in _find_sentence_ends(window) if end <= that), default=0)
    sentence = fold(window[start:]).text
    return next((sentence[begin:end] for begin, end in find_negations(sentence)), "")


def is_replaceable(words: str) -> bool:
    """Return whether a bracket may take the place of these words of a source: of none, or of one personal pronoun."""
    words = words.strip()
    return not words or is_pronoun(words)


def _has_pronoun(match: re.Match[str], *, is_last: bool) -> bool:
    if "word" in match.re.groupindex:
        return is_pronoun(match["word"])
    letters = match.group()
    sizes = range(1, len(letters) + 1)
    return any(is_pronoun(letters[-size:] if is_last else letters[:size]) for size in sizes)


def _find_sentence_ends(text: str) -> Iterator[int]:
    longest = max(map(len, text.split("\n")))
    is_broken = longest <= _LONGEST_LINE
    line = 0
    for match in _END.finditer(text):
        mark, end = match.group()[0], match.end()
        if mark in LINE_BREAKS:
            length, line = match.start() - line, end
            is_filled = is_broken and length >= max(_SHORTEST_LINE, _SHARE_OF_LONGEST * longest)
            if is_filled and text[end : end + 1].strip():
                continue
        if mark in ".!?…" or mark in LINE_BREAKS:
            following = _BEGINS_SMALL(text, end, end + _ROOM)
            if following and following["letter"].islower():
                continue
        if mark == ".":
            word = _LAST_WORD.search(text, max(0, match.start() - _LONGEST_ABBREVIATION), match.start())
            if word and is_abbreviation(word.group()):
                continue
        yield end
