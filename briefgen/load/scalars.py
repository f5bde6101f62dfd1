"""Change words in a scalar as YAML writes it: its style, line breaks and escapes stay where they are."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from yaml import YAMLError
from yaml.scanner import Scanner

from briefgen.load.yaml import load
from briefgen.load.yaml_syntax import Malformed

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")
_HEADER = re.compile(r"[|>][^\n]*(?:\n|\Z)")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(\n)[ \t]*|(.))", re.DOTALL)
_SPACE = " \t\n"
_STYLES = ("'", '"', "|", ">")


class CannotEdit(Exception):
    """Raised where a file or a value has a form in which nothing can be changed safely."""


class Replacement(NamedTuple):
    """New words for the characters from `start` to `end` of a text."""

    start: int
    end: int
    new: str


class _Unit(NamedTuple):
    """A character of a value, and where it is written."""

    character: str
    start: int
    end: int


def replace_all(text: str, replacements: Sequence[Replacement]) -> str:
    """Return a text with replacements, none of which may overlap another."""
    pieces: list[str] = []
    done = 0
    for start, end, new in sorted(replacements):
        if start < done:
            raise CannotEdit("two changes overlap")
        pieces += text[done:start], new
        done = end
    return "".join((*pieces, text[done:]))


def rewrite(raw: str, value: str, replacements: Sequence[Replacement], *, is_in_flow: bool) -> str:
    """Return the source of a scalar after replacements in its value; a plain one is quoted where it must be.

    Raises:
        CannotEdit: the places of the replaced characters cannot be found in the source.
    """
    expected = replace_all(value, replacements)
    if raw.startswith("*"):
        return quoted(expected, is_in_flow=is_in_flow)
    found = _PROPERTIES.match(raw)
    properties, raw = (raw[: found.end()], raw[found.end() :]) if found else ("", raw)
    style = raw[:1] if raw[:1] in _STYLES else ""
    units = _align(raw, value, style)
    in_source = [Replacement(*_span(units, one), _escape(one.new, style)) for one in replacements]
    new = replace_all(raw, in_source)
    if not style and not _reads_as(new, expected, is_in_flow=is_in_flow):
        new = _quote(new)
    return properties + new


def find_written(raw: str, value: str, offset: int) -> int:
    """Return where a character of a value is in its source; the beginning if it cannot be found."""
    found = _PROPERTIES.match(raw)
    start = found.end() if found else 0
    style = raw[start : start + 1]
    try:
        units = _align(raw[start:], value, style if style in _STYLES else "")
    except CannotEdit:
        return start
    return start + units[offset].start if offset < len(units) else start


def quoted(text: str, *, is_in_flow: bool) -> str:
    """Return the source of a text of one line, in quotes only where it must be."""
    return text if _reads_as(text, text, is_in_flow=is_in_flow) else _quote(text)


def _quote(raw: str) -> str:
    # The lines of a plain scalar are folded like those of a quoted one.
    if "'" in raw and '"' not in raw and "\\" not in raw:
        return f'"{raw}"'
    return "'" + raw.replace("'", "''") + "'"


def _reads_as(raw: str, value: str, *, is_in_flow: bool) -> bool:
    try:
        return load(f"[{raw}]" if is_in_flow else f"k: {raw}") == ([value] if is_in_flow else {"k": value})
    except (Malformed, YAMLError):
        return False


def _escape(new: str, style: str) -> str:
    if style == "'":
        return new.replace("'", "''")
    return new.replace("\\", "\\\\").replace('"', '\\"') if style == '"' else new


def _span(units: Sequence[_Unit], one: Replacement) -> tuple[int, int]:
    if not units or not 0 <= one.start <= one.end <= len(units):
        raise CannotEdit("the words to change are not there")
    start = units[one.start].start if one.start < len(units) else units[-1].end
    return start, max(start, units[one.end - 1].end) if one.end > one.start else start


def _align(raw: str, value: str, style: str) -> list[_Unit]:
    """Return where each character of a value is written; a run of white space stands for another one."""
    written = list(_read_units(raw, style))
    units: list[_Unit] = []
    index = _skip_space(written, 0)
    while len(units) < len(value):
        place = len(units)
        if value[place] in _SPACE:
            stop = next((at for at in range(place, len(value)) if value[at] not in _SPACE), len(value))
            after = _skip_space(written, index)
            run = written[index:after]
            if not run:
                raise CannotEdit("the place of a space cannot be found")
            if len(run) == stop - place:
                units += run
            else:
                # All but the first of the run get the place at its end.
                units += [_Unit(value[at], run[-1].end, run[-1].end) for at in range(place, stop)]
                units[place] = _Unit(value[place], run[0].start, run[-1].end)
            index = after
        elif index < len(written) and written[index].character == value[place]:
            units.append(written[index])
            index += 1
        else:
            raise CannotEdit("the place of a word cannot be found")
    return units


def _skip_space(units: Sequence[_Unit], index: int) -> int:
    while index < len(units) and units[index].character in _SPACE:
        index += 1
    return index


def _read_units(raw: str, style: str) -> Iterator[_Unit]:
    """Yield the characters of a scalar's source with the escapes of its style read, lines not yet folded."""
    header = _HEADER.match(raw) if style in ("|", ">") and style else None
    index = header.end() if header else len(style)
    end = len(raw) - 1 if style in ("'", '"') and style else len(raw)
    while index < end:
        if style == "'" and raw.startswith("''", index):
            yield _Unit("'", index, index + 2)
            index += 2
        elif style == '"' and raw[index] == "\\" and (match := _ESCAPE.match(raw, index)):
            code = match[1] or match[2] or match[3]
            if code:
                yield _Unit(chr(int(code, 16)), index, match.end())
            elif match[5]:
                yield _Unit(Scanner.ESCAPE_REPLACEMENTS.get(match[5], match[5]), index, match.end())
            index = match.end()
        else:
            yield _Unit(raw[index], index, index + 1)
            index += 1
