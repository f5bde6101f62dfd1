"""The passage of a text that comes nearest to a quote that it does not have, and how they differ."""

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from briefgen.quotes.folding import fold

_WORDS = re.compile(r"\S+")


class Change(Struct, frozen=True):
    """Words that quote and passage share, or that only one of them has."""

    kind: Literal["same", "only_quote", "only_source"]
    words: str


class Nearest(Struct, frozen=True):
    """The nearest passage, as it is in the text, and the difference word by word; both empty if nothing is near."""

    passage: str = ""
    changes: tuple[Change, ...] = ()


def nearest_passage(quote: str, text: str) -> Nearest:
    """Find the passage that shares most words with a quote."""
    folded = fold(text)
    wanted = fold(quote).text.split()
    words = list(_WORDS.finditer(folded.text))
    keys = [match.group().casefold() for match in words]
    places: dict[str, list[int]] = {}
    for at, word in enumerate(wanted):
        places.setdefault(word.casefold(), []).append(at)
    frequency = Counter(keys)
    votes: Counter[int] = Counter()
    for at, key in enumerate(keys):
        for place in places.get(key, ()):
            votes[at - place] += 1000 // frequency[key] + 1
    if not votes:
        return Nearest()
    start = max(0, max(votes, key=lambda place: (votes[place] + votes[place + 1] + votes[place - 1], -place)))
    end = min(len(words), start + len(wanted))
    passage = folded.span(words[start].start(), words[end - 1].end())
    return Nearest(text[slice(*passage)], _changes(wanted, [word.group() for word in words[start:end]]))


def _changes(quote: list[str], source: list[str]) -> tuple[Change, ...]:
    changes: list[Change] = []
    for kind, start, end, from_, to in SequenceMatcher(None, quote, source, autojunk=False).get_opcodes():
        if kind == "equal":
            changes.append(Change("same", " ".join(quote[start:end])))
            continue
        if end > start:
            changes.append(Change("only_quote", " ".join(quote[start:end])))
        if to > from_:
            changes.append(Change("only_source", " ".join(source[from_:to])))
    return tuple(changes)
