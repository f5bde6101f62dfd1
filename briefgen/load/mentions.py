"""Find the mentions of known actors and themes to which a text has no link.

Words of others are left alone: quotations, block quotes and whatever a key takes as exact words; so are code, links,
citations, references and headings.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from markdown_it.token import Token
from msgspec import Struct

from briefgen.load.file_editor import FileEditor
from briefgen.load.known_names import KnownNames, Way
from briefgen.load.markdown import parse_body, parse_sentence
from briefgen.load.markdown_rules.collect import Job
from briefgen.load.quotation_marks import find_quotations
from briefgen.load.text import cover
from briefgen.model.references import Keys
from briefgen.model.texts import Reference

# Escapes, entities, footnotes, comments, and addresses in words.
_APART = re.compile(r"\\.|&#?\w+;|\[\^[^\s\]]{1,200}\]|<!--.{0,300}?-->|(?:[a-z]+://|www\.)\S+", re.DOTALL)
_COVER = "\ufffc"  # no letter, no space and no part of a name
_FILE = re.compile(r"/?(actors|themes)/([a-z0-9-]+)(?:\.md|/)?")


class Spot(Struct, frozen=True):
    """A mention: its offsets in the body or sentence, its words there, and its place in the file."""

    start: int
    end: int
    words: str
    line: int
    column: int
    is_in_table: bool = False


class Unlinked(Struct, frozen=True):
    """An actor or theme that a text mentions without a link to it, and all of the mentions.

    `keys` lead to the sentence; none mean the body. Where `way` is no name, the words may mean one of several targets.
    """

    targets: tuple[str, ...]
    way: Way
    file: str
    keys: Keys
    spots: tuple[Spot, ...]

    @property
    def id(self) -> str:
        """The id of the first target."""
        return self.targets[0].partition("/")[2]

    @property
    def link(self) -> str:
        """The first mention as a link, on one line."""
        return self.write(self.spots[0], " ".join(self.spots[0].words.split()))

    def write(self, spot: Spot, words: str) -> str:
        """Return the link for one of the mentions; in a cell of a table, a bar would end it."""
        bar = "\\|" if spot.is_in_table else "|"
        return f"[[{self.id}{bar}{words}]]"


def find_unlinked(
    file: str, data: bytes, sentences: Iterable[Keys], names: KnownNames, own: Callable[[Keys], Collection[str]]
) -> tuple[Unlinked, ...]:
    """Return the mentions without a link in these sentences of a file; without keys, in its body.

    `own` returns what is known to be meant beside a text, such as the actor of a claim: its mentions need no link.

    Raises:
        CannotEdit: the file cannot be read.
    """
    editor = FileEditor(file, data)
    found: list[Unlinked] = []
    for keys in sentences:
        if not keys:
            found += _in_body(editor, names, own(()))
        elif isinstance(text := editor.value(keys), str):
            found += _in_sentence(editor, keys, text, names, own(keys))
    return tuple(found)


def _in_sentence(
    editor: FileEditor, keys: Keys, text: str, names: KnownNames, own: Collection[str]
) -> Iterator[Unlinked]:
    job = _Job(text, editor.file, names)
    parse_sentence(text, job)
    spots = [
        (one, Spot(one.start, one.end, one.words, place.line, place.column))
        for one in job.found
        for place in (editor.place(keys, one.start, one.end),)
    ]
    return _by_target(spots, {*own, *job.linked()}, editor.file, keys)


def _in_body(editor: FileEditor, names: KnownNames, own: Collection[str]) -> Iterator[Unlinked]:
    job = _Job(editor.body, editor.file, names)
    parse_body(editor.body, job)
    starts = [0, *accumulate(len(line) + 1 for line in editor.body.split("\n"))]
    spots = [(one, spot) for one in job.found if (spot := _spot_in_body(editor, starts, one)) is not None]
    return _by_target(spots, {*own, *job.linked()}, editor.file, ())


class _Named(NamedTuple):
    """What an inline text names, with its offsets there, and in the lines of the body where it is one."""

    targets: tuple[str, ...]
    way: Way
    start: int
    end: int
    words: str
    first: tuple[int, int] = (0, 0)  # line, from 0, and column of the first character
    last: tuple[int, int] = (0, 0)  # the same of the last one
    is_in_table: bool = False


class _Job(Job):
    """Collects what the texts of a body or a sentence name, besides the references that there are."""

    def __init__(self, text: str, file: str, names: KnownNames) -> None:
        super().__init__(text, file, 0, ())
        self.warnings = 1  # so that the rule shows every inline text and every block
        self.found: list[_Named] = []
        self._names = names
        self._quotes = 0  # how many block quotes are open
        self._is_heading = False
        self._is_cell = False

    def linked(self) -> Iterator[str]:
        """Yield what the text has a link to."""
        for reference in self.references:
            if (target := _target(reference, self._names)) is not None:
                yield target

    def warn(self, message: str, hint: str, *place: int) -> None:
        """Leave out what other programs read: `check` reports it."""

    def complain(self, token: Token, code: str, message: str, hint: str) -> None:
        """Leave out problems: `check` reports them."""

    def look_at_block(self, tokens: Sequence[Token], index: int) -> None:
        """Remember what the next inline text is part of."""
        kind = tokens[index].type
        self._quotes += (kind == "blockquote_open") - (kind == "blockquote_close")
        if kind != "inline":
            self._is_heading = kind == "heading_open"
            self._is_cell = kind in ("th_open", "td_open")

    def look(self, inline: Token) -> None:
        """Find the names in an inline text."""
        if self._quotes or self._is_heading:
            return
        text = inline.content
        for found in self._names.find(_covered(inline)):
            first = self.places.place(found.start, found.end)
            last = self.places.place(found.end - 1, found.end)
            self.found.append(
                _Named(*found, text[found.start : found.end], _zero_based(first), _zero_based(last), self._is_cell)
            )


def _zero_based(place: tuple[int, int, int]) -> tuple[int, int]:
    return place[0] - 1, place[1] - 1


def _covered(inline: Token) -> str:
    """Return an inline text in which everything is covered that no link may be made of; offsets stay the same."""
    text = inline.content
    spans = [(token.meta["start"], token.meta["end"]) for token in inline.children or () if "start" in token.meta]
    text = cover(text, [*spans, *(match.span() for match in _APART.finditer(text))], _COVER)
    return cover(text, find_quotations(text), _COVER)


def _target(reference: Reference, names: KnownNames) -> str | None:
    if reference.kind == "entity":
        return names.resolve(reference.target)
    match = _FILE.fullmatch(reference.target.partition("#")[0]) if reference.kind == "link" else None
    return f"{match[1]}/{match[2]}" if match else None


def _spot_in_body(editor: FileEditor, starts: Sequence[int], one: _Named) -> Spot | None:
    """Return where a mention stands in a body; None if its words are not found there. `starts` are of lines."""
    (line, column), (last_line, last_column) = one.first, one.last
    start, end = starts[line] + column, starts[last_line] + last_column + 1
    words = editor.body[start:end]
    if words.split()[:1] != one.words.split()[:1] or words.split()[-1:] != one.words.split()[-1:]:
        return None
    return Spot(start, end, one.words, editor.lines_above + line + 1, column + 1, one.is_in_table)


def _by_target(
    spots: Iterable[tuple[_Named, Spot]], linked: Collection[str], file: str, keys: Keys
) -> Iterator[Unlinked]:
    """Yield the mentions of each target that is not linked; in another way than by name only if none is by name."""
    groups: dict[tuple[tuple[str, ...], Way], list[Spot]] = {}
    for one, spot in spots:
        if not set(one.targets) & set(linked):
            groups.setdefault((one.targets, one.way), []).append(spot)
    named = {target for targets, way in groups if way == "name" for target in targets}
    for (targets, way), found in groups.items():
        if way == "name" or not named & set(targets):
            yield Unlinked(targets, way, file, keys, tuple(found))
