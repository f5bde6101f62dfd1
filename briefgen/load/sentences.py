"""The desk's sentences: inline Markdown in values of YAML. Most have none, and cost one search."""

import re
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from briefgen.model.problem import Problem
from briefgen.model.references import SENTENCES, Keys
from briefgen.model.texts import AnyText, MarkedText

T = TypeVar("T", bound=Struct)

# What Markdown inside a line begins with, and markup that has no place there.
_MARK = re.compile(r"[*_`~<&!\\\[{^]|==|%%|:::|\?\?\?|^[#+-]")


def mark_sentences(content: T, file: str) -> tuple[T, tuple[Problem, ...]]:
    """Return the content of a file with its sentences as Markdown, and the problems with them."""
    marker = _Marker(file)
    return marker.entry(content, ()), tuple(marker.problems)


class _Marker:
    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def entry(self, entry: T, keys: Keys) -> T:
        changed: dict[str, Any] = {}
        for name, kind in SENTENCES[type(entry)]:
            value = getattr(entry, name)
            change = self.sentence if kind is MarkedText else self.entry
            new = value
            if isinstance(value, tuple):
                new = tuple([change(one, (*keys, name, index)) for index, one in enumerate(value)])
            elif value is not None:
                new = change(value, (*keys, name))
            if new != value:
                changed[name] = new
        return replace(entry, **changed) if changed else entry

    def sentence(self, text: str, keys: Keys) -> AnyText:
        if not _MARK.search(text):
            return text
        from briefgen.load.markdown import render_sentence

        found, problems = render_sentence(text, self.file, keys)
        self.problems += problems
        return found
