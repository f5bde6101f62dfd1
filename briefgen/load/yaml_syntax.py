"""The parser of YAML, and its errors in words for readers who do not know YAML."""

from functools import cache, cached_property
from typing import Any

from briefgen.load.text import LineIndex
from briefgen.model.problem import Place, Problem

MAX_DEPTH = 50  # of mappings and lists inside each other; content needs five

_QUOTE = "put the text in quotes"

# A part of the parser's message → message and hint, at the beginning of the context or of the problem.
_IN_CONTEXT = {
    "found unexpected end of stream": ("this quote is never closed", "close it with the same quote"),
    "found unexpected document indicator": ("this quote is never closed", "close it with the same quote"),
    "could not find expected ':'": ("a key without a colon", "write `key: value`; indent a text that goes on"),
    "',' or ']'": ("a list in brackets is not closed", "write commas between the items and ] at the end"),
    "',' or '}'": ("a mapping in braces is not closed", "write commas between the keys and } at the end"),
    "alphabetic or numeric character": ("a text cannot begin with * or &", _QUOTE),
}
_IN_PLACE = {
    "unknown escape character": ("no such escape in double quotes", "write \\\\ for a backslash, or use single quotes"),
    "block sequence entries are not allowed": ("a list cannot begin here", "put each `- item` on a line of its own"),
    "undefined tag handle": ("a text cannot begin with !", _QUOTE),
    "find expected '-' indicator": ("this line is no item of the list above", "align the hyphens, or indent the line"),
    "did not find expected key": ("this line does not fit the lines above", ""),
    "expected <block end>": ("this line does not fit the lines above", ""),
    "did not find expected node content": ("a value is missing here", "write a value, or remove what waits for one"),
    "mapping keys are not allowed": ("a text cannot begin with ? here", _QUOTE),
    "did not find expected <document start>": ("nothing can follow here", "align the line with the keys above"),
    "a tab character": ("a tab cannot indent", "indent with spaces"),
}


@cache
def parser() -> Any:
    """Return the parser class, for `parser()(text).get_event()`; PyYAML's own without libyaml."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        from yaml import BaseLoader

        return BaseLoader
    return CParser


class Malformed(Exception):
    """The problems of a text that cannot be read."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


class Text:
    """A text whose offsets are turned into lines and columns of a file where it has `above` lines above it."""

    def __init__(self, text: str, file: str, above: int) -> None:
        self.text = text
        self.file = file
        self.above = above

    @cached_property
    def _lines(self) -> LineIndex:
        return LineIndex(self.text)

    def spot(self, start: int, end: int) -> Place:
        """Return the place of a piece; its length stays on the line."""
        start = min(start, len(self.text))
        number, line_start, line_end = self._lines.find(start)
        stop = min(end, line_end)
        # Character by character, as the value may be very long and be looked up often.
        while stop > start and self.text[stop - 1].isspace():
            stop -= 1
        return Place(self.file, self.above + number + 1, start - line_start + 1, max(1, stop - start))

    def problem(self, message: str, start: int, end: int, hint: str = "", code: str = "yaml-syntax") -> Problem:
        return Problem(code, message, self.spot(start, end), hint)


def explain(error: Exception, text: Text) -> Problem:
    """Return the fault behind an exception of the parser."""
    problem = str(getattr(error, "problem", None) or "")
    mark: Any = getattr(error, "problem_mark", None)
    context: Any = getattr(error, "context_mark", None)
    if mark is None:
        return _unreadable(error, text)
    index: int = mark.index
    if "mapping values are not allowed" in problem:
        return _colon(text, index)
    if "cannot start any token" in problem:
        return _bad_start(text, index)
    if "did not find expected node content" in problem and not text.text[index:].strip():
        opening = max(text.text.rfind("["), text.text.rfind("{"))
        if opening >= 0:
            unclosed = _IN_CONTEXT["',' or ']'" if text.text[opening] == "[" else "',' or '}'"]
            return text.problem(unclosed[0], opening, opening + 1, unclosed[1])
    for piece, (message, hint) in (_IN_CONTEXT | _IN_PLACE).items():
        if piece in problem:
            start: int = context.index if piece in _IN_CONTEXT and context is not None else index
            return text.problem(message, start, start + 1, hint) if hint else _misfit(text, start, message)
    return text.problem(f"the YAML cannot be read: {problem}", index, index + 1)


def _line(text: Text, index: int) -> tuple[str, int]:
    """Return the line of an offset, and the column."""
    start = text.text.rfind("\n", 0, index) + 1
    end = text.text.find("\n", index)
    return text.text[start : end if end >= 0 else None], index - start


def _colon(text: Text, index: int) -> Problem:
    line, at = _line(text, index)
    key, colon, _ = line[:at].partition(": ")
    if colon:
        value = line[len(key) + 2 :].strip()
        quoted = f"'{value}'" if '"' in value and "'" not in value else '"' + value.replace('"', '\\"') + '"'
        message, hint = "a colon inside a text without quotes", f"{_QUOTE}: {key.strip()}: {quoted}"
        return text.problem(message, index, index + 1, hint)
    key = line[:at].lstrip()
    if len(key) == at and index > at:
        start = text.text.rfind("\n", 0, index - at - 1) + 1
        return text.problem("this line is no key with a value", start, index - at, "write `key: value`")
    hint = "align it with the keys above; a key that holds further keys has no text of its own"
    return text.problem("this key is indented more than its neighbours", index - len(key), index, hint)


def _bad_start(text: Text, index: int) -> Problem:
    character = text.text[index : index + 1]
    if character == "\t":
        return text.problem("a tab cannot indent", index, index + 1, "indent with spaces")
    return text.problem(f"a text cannot begin with {character}", index, index + 1, _QUOTE)


def _misfit(text: Text, index: int, message: str) -> Problem:
    """Most often a quote ended early on the line before, or the indentation is off."""
    line, at = _line(text, index)
    if line.count("'") > 2:
        hint = "inside single quotes write '' for an apostrophe, or use double quotes"
    elif line.count('"') > 2:
        hint = 'inside double quotes write \\" for a quote, or use single quotes'
    elif line[:at].rstrip().endswith(("'", '"')):
        message, hint = "a text goes on after its closing quote", "put the whole text in quotes of the other kind"
    else:
        hint = "align it with the keys above"
    return text.problem(message, index, index + 1, hint)


def _unreadable(error: Exception, text: Text) -> Problem:
    """Return the fault of a character. The position in the error is one of bytes or, without libyaml, of characters."""
    from yaml.reader import Reader

    bad = Reader.NON_PRINTABLE.search(text.text)
    if bad is None:
        return text.problem(f"the YAML cannot be read: {error}", 0, 1)
    message = f"the control character U+{ord(bad[0]):04X} cannot stand in YAML"
    return text.problem(message, bad.start(), bad.end(), "delete it")
