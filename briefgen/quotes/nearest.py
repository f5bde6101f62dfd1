"""The passage of a text that comes nearest to a quote that it does not have, and how they differ."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import Literal

from msgspec import Struct

from briefgen.quotes.folding import BROKEN, JOINT, fold
from briefgen.quotes.words import WITHOUT_SPACES, WORD

_IN_WORD = rf"[^\W{WITHOUT_SPACES}\u0300-\u036f]|[\u0300-\u036f{JOINT}{BROKEN}]"
# A mark beside a word is a word of its own, so that only what differs is shown.
_WORDS = re.compile(rf"[{WITHOUT_SPACES}]|(?:{_IN_WORD})+(?:['.,:-](?:{_IN_WORD})+)*|[^\s]")
_Opcode = tuple[str, int, int, int, int]
_BESIDE = 5  # words on either side of a passage, which it may be longer by
_MOST_WORDS = 200  # of a quote: the time to compare passages of one repeated word grows with the cube of their length
_MOST_PAIRS = 20_000  # A word that is so often in both says nothing about the place.


class Change(Struct, frozen=True):
    """Words that quote and passage share, or that only one of them has."""

    kind: Literal["same", "only_quote", "only_source"]
    words: str


class Nearest(Struct, frozen=True):
    """The nearest passage, as it is in the text, and the difference word by word; both empty if nothing is near."""

    passage: str = ""
    changes: tuple[Change, ...] = ()


def nearest_passage(quote: str, text: str) -> Nearest:
    """Find the passage that shares most words with a quote, of which rare ones count more.

    Of a very long quote only the first words are compared.
    """
    folded, folded_quote = fold(text), fold(quote).text
    words, wanted = list(_WORDS.finditer(folded.text)), list(islice(_WORDS.finditer(folded_quote), _MOST_WORDS))
    quoted = [match.group() for match in wanted]
    source = _join_broken_words([match.group() for match in words], {*quoted})
    start = _best_start([*map(str.casefold, quoted)], [*map(str.casefold, source)])
    if start is None:
        return Nearest()
    window = slice(max(0, start - _BESIDE), start + len(wanted) + len(wanted) // 4 + _BESIDE)
    words = words[window]
    opcodes = SequenceMatcher(None, quoted, source[window], autojunk=False).get_opcodes()
    # What the passage has before the first shared word and behind the last one is beside it, unless the quote has
    # other words there.
    first, last = _passage(opcodes, len(wanted), len(words))
    changes: list[Change] = []
    for kind, from_, to, source_from, source_to in opcodes:
        if kind == "equal":
            changes.append(Change("same", _slice(folded_quote, wanted[from_:to])))
            continue
        changes += [Change("only_quote", _slice(folded_quote, wanted[from_:to]))] if to > from_ else []
        only_source = words[max(source_from, first) : min(source_to, last)]
        changes += [Change("only_source", _slice(folded.text, only_source))] if only_source else []
    if last <= first:
        return Nearest()
    passage = text[slice(*folded.span(words[first].start(), words[last - 1].end()))]
    return Nearest(passage, tuple(changes))


def _join_broken_words(words: list[str], wanted: set[str]) -> list[str]:
    """Return words without what a line end has become in them, with its hyphen if the quote has that."""
    return [
        word
        if JOINT not in word and BROKEN not in word
        else next(filter(wanted.__contains__, _spell(word)), _show(word))
        for word in words
    ]


def _spell(word: str) -> tuple[str, str]:
    return word.replace(JOINT, "").replace(BROKEN, "-"), word.replace(JOINT, "-").replace(BROKEN, "-")


def _show(text: str) -> str:
    return _spell(text)[0]


def _best_start(wanted: list[str], words: list[str]) -> int | None:
    """Return where a passage of as many words as the quote shares most of them."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(wanted):
        places.setdefault(word, []).append(at)
    frequency = Counter(word for word in words if word in places and WORD.search(word))
    votes: Counter[int] = Counter()
    for at, word in enumerate(words):
        if word in frequency and len(places[word]) * frequency[word] <= _MOST_PAIRS:
            for place in places[word]:
                votes[at - place] += 1000 // frequency[word] + 1
    if not votes:
        return words.index(min(frequency, key=lambda word: frequency[word])) if frequency else None
    return max(0, max(votes, key=lambda place: (votes[place] + votes[place + 1] + votes[place - 1], -place)))


def _passage(opcodes: Sequence[_Opcode], length: int, most: int) -> tuple[int, int]:
    """Return where the passage begins and ends among the words of the source."""
    equal = [code for code in opcodes if code[0] == "equal"]
    if not equal:
        return 0, 0
    first, last = equal[0], equal[-1]
    return max(0, first[3] - first[1]), min(most, last[4] + length - last[2])


def _slice(text: str, words: list[re.Match[str]]) -> str:
    return _show(text[words[0].start() : words[-1].end()]) if words else ""
