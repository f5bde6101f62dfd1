"""Find known names in a text: whole words, the longest name first, in time that grows with the text alone."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from briefgen.model.names import normal_form

# Scripts without spaces between words: each letter is a token, and a name may begin and end anywhere.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_APOSTROPHES = "'’ʼ‘"
# Between two words without a space these make one word, an address or a file name of them.
_JOINERS = "-\u2010\u2011_./\\@&+"
_FOLDED = str.maketrans({**dict.fromkeys(_APOSTROPHES + "׳", "'"), "״": '"', "\u2010": "-", "\u2011": "-"})
_FAR = 40  # characters around a name that may belong to the same word


class Mention(NamedTuple):
    """A name in a text, from `start` to `end` as it is written there, and what has that name."""

    id: str
    start: int
    end: int


class _Node:
    """The names that go on with the same tokens; `ids` are those of the name which ends here."""

    __slots__ = ("following", "ids")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.ids: set[str] = set()


class NameIndex:
    """Names with their ids, to be found in many texts.

    Case counts, so that "US" is not found in "us"; only a name that begins with a small letter is also found with a
    capital, as at the beginning of a sentence. Apart from that, spellings are equal as `model.names` says. A name of
    one letter is never found. Neither is one that two ids have, but nothing shorter is found in its place.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._root = _Node()
        for name, id in names.items():
            keys = [key for key, _ in _tokens(_pattern(name), name.strip())]
            if len("".join(keys)) > 1:
                for first in {keys[0], keys[0][:1].upper() + keys[0][1:]}:
                    self._add([first, *keys[1:]], id)

    def _add(self, keys: list[str], id: str) -> None:
        node = self._root
        for key in keys:
            node = node.following.setdefault(key, _Node())
        node.ids.add(id)

    def find(self, text: str) -> Iterator[Mention]:
        """Yield the names in a text from first to last, none inside another."""
        names, pattern, end = self._root.following, _pattern(text), 0
        for match in pattern.finditer(text):
            if _key(match[0]) not in names or (start := match.start()) < end:
                continue
            node, last = self._longest(pattern, text, start)
            if node is not None:
                end = last
                if len(node.ids) == 1:
                    yield Mention(min(node.ids), start, end)

    def _longest(self, pattern: re.Pattern[str], text: str, start: int) -> tuple[_Node | None, int]:
        """Return the node and the end of the longest name that begins at `start` and is no part of a word."""
        found: tuple[_Node | None, int] = None, start
        node: _Node | None = self._root
        if _may_begin(text, start):
            for key, end in _tokens(pattern, text, start):
                node = node.following.get(key) if node else None
                if node is None:
                    break
                if node.ids and _may_end(text, end):
                    found = node, end
        return found


def _tokens(pattern: re.Pattern[str], text: str, start: int = 0) -> Iterator[tuple[str, int]]:
    """Yield the keys of words, spaces and other characters from `start` on, each with its end; no paragraph's end."""
    end = start
    for match in pattern.finditer(text, start):
        between = text[end : match.start()]
        if between.count("\n") > 1:
            return
        if between and (between == " " or any(map(str.isspace, between))):
            yield " ", match.start()
        end = match.end()
        yield _key(match[0]), end


@lru_cache(maxsize=50_000)
def _key(written: str) -> str:
    """Return what all spellings of one word have in common."""
    return written.translate(_FOLDED) if written.isascii() else normal_form(written).translate(_FOLDED)


def _pattern(text: str) -> re.Pattern[str]:
    """Return the pattern of what a text consists of: words, letters of unspaced scripts, and other characters."""
    if text.isascii():
        return _pattern_with("", "")
    special = sorted(character for character in set(text) if not (character.isascii() or character.isalnum()))
    kinds = [(character, unicodedata.category(character)) for character in special]
    marks = "".join(character for character, kind in kinds if kind.startswith("M"))
    return _pattern_with(marks, "".join(character for character, kind in kinds if kind == "Cf"))


@lru_cache(maxsize=100)
def _pattern_with(marks: str, hidden: str) -> re.Pattern[str]:
    """Return the pattern for texts with these combining marks and these invisible characters."""
    letter = rf"(?:[^\W_ʼ{_UNSPACED}]{f'|[{marks}]' if marks else ''})"
    inside = rf"(?:[{hidden}]+{letter}+)*" if hidden else ""
    return re.compile(
        rf"[^\W_ʼ{_UNSPACED}]{letter}*{inside}|[{_UNSPACED}]{f'[{marks}]*' if marks else ''}|[^\w\s{hidden}]|[_ʼ]"
    )


def _may_begin(text: str, start: int) -> bool:
    """Return whether a name may begin at `start`: no word goes on there, apart from elided ones as in "d’Ukraine"."""
    if _IS_UNSPACED.match(text, start):
        return True
    before = _visible(text[max(0, start - _FAR) : start])
    if not before or before[-1] not in _APOSTROPHES:
        return not before or not (_is_spaced_letter(before[-1]) or _is_joined(before[-1:], before[-2:-1]))
    words = re.findall(r"\w+", before[:-1])
    return not before[-2:-1].isalnum() or words[-1].islower() or words[-1] == "L"


def _may_end(text: str, end: int) -> bool:
    """Return whether a name may end at `end`: no word goes on there, apart from endings as in "Ada’s", "Ankara’da"."""
    if _IS_UNSPACED.match(text, end - 1):
        return True
    after = _visible(text[end : end + _FAR])
    if not after or after[0] not in _APOSTROPHES:
        return not after or not (_is_spaced_letter(after[0]) or _is_joined(after[:1], after[1:2]))
    words = re.findall(r"\w+", after[1:])
    return not after[1:2].isalnum() or words[0] in ("s", "S") or (words[0].islower() and _is_latin(words[0]))


def _visible(text: str) -> str:
    if text.isascii():
        return text
    return "".join(character for character in text if unicodedata.category(character) != "Cf")


def _is_spaced_letter(character: str) -> bool:
    if character.isalnum():
        return not _IS_UNSPACED.match(character)
    return unicodedata.category(character).startswith("M")


def _is_joined(joiner: str, beyond: str) -> bool:
    """Return whether a character beside a name joins it to the next one; `@` and `#` begin names of another kind."""
    return joiner in "@#" or (joiner in _JOINERS and beyond.isalnum())


def _is_latin(word: str) -> bool:
    return word.isascii() or "LATIN" in unicodedata.name(word[0], "")
