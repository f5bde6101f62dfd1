"""The sentence in each new file that its curator is to replace, and the problem of a file that still has it."""

import re

from briefgen.model.content import ContentKind
from briefgen.model.problem import Place, Problem, Severity

PLACEHOLDERS: dict[str, str] = {
    "brief": "Write here, in your own words, what the article reports and what you make of it.",
    "actor": "Write a paragraph on who this is.",
    "theme": "Write a paragraph on what this theme is about.",
    "publisher": "Write what readers should know of this publisher.",
    "source": "Write what this source says, in your own words.",
    "page": "Write the text of this page.",
}


def placeholder_in(text: str, kind: ContentKind, file: str) -> tuple[Problem, ...]:
    """Return `placeholder` where a whole file still has the sentence of its kind, as its text or as a value."""
    sentence = PLACEHOLDERS.get(kind)
    if sentence is None or sentence not in text:
        return ()
    found = re.search(rf"^(?:[a-z]+: )?({re.escape(sentence)})", text, re.MULTILINE)
    if found is None:
        return ()
    line = text.count("\n", 0, found.start()) + 1
    at = Place(file, line, found.start(1) - found.start() + 1, len(sentence))
    message = "this sentence of `briefgen new` would be published"
    return (Problem("placeholder", message, at, "write your own text in its place", Severity.WARNING),)
