"""The edition in PDF, set by typst from the template `edition.typ`, in fonts that typst brings along.

PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) as far as typst keeps to them. The same view gives the same bytes, as
long as typst is the same. All texts come in as data, so nothing in them is markup.
"""

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from html.parser import HTMLParser
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from msgspec import Struct
from typing_extensions import override

from briefgen.kernel.languages import isolate
from briefgen.kernel.messages import N_, Messages
from briefgen.model.failure import Failure
from briefgen.views.edition import Edition
from briefgen.views.parts import Html, Prose

ROOT = "site:/"
"""What addresses of pages begin with in the view."""
_STANDARDS: list[Any] = ["a-2a", "ua-1"]
_UNKNOWN_DAY = "1970-01-01"  # PDF/A needs a day, which is not that of the run, so that equal content gives equal bytes
_NEXT_STEP = "If letters are missing, name a folder of fonts that have them with --font-path."
_VOID = frozenset(("br", "hr", "img", "wbr"))
_INLINE = frozenset(("p", "a", "em", "strong", "li", "dd", "dt", "td", "th", "q", "cite", "bdi", "span"))
_TEXTS = {
    "an_opinion": N_("An opinion."),
    "archived": N_("Archived: {address}"),
    "as_of": N_("State of knowledge: {date}"),
    "assessment": N_("Our assessment"),
    "briefs": N_("Briefs"),
    "by_use": N_("{facts} for facts, {opinion} for its opinion"),
    "claims": N_("Claims"),
    "confidence": N_("Confidence: {confidence}."),
    "corrected": N_("“{was}” is now “{now}”."),
    "corrections": N_("Corrections"),
    "credibility_scale": N_("How far we trust that something was said, as reported:"),
    "demand": N_("A demand."),
    "disputes": N_("Disputes"),
    "for_actor": N_("for {actor}"),
    "grades": N_("How to read the grades"),
    "interest": N_("with an interest in the matter"),
    "key_points": N_("What matters"),
    "likelihood": N_("Likelihood: {likelihood}."),
    "no_answer": N_("No clear answer"),
    "not_graded": N_("not graded"),
    "opinion": N_("opinion"),
    "quotation": N_("Quotation: {result}."),
    "reading": N_("Our reading, {date}."),
    "reliability_scale": N_("How far we trust a source, by its record:"),
    "settled_by": N_("What would settle it:"),
    "several_answers": N_("Several answers"),
    "source": N_("Source: {source}."),
    "sources": N_("Sources"),
    "themes": N_("Themes"),
    "voices": N_("In the voice of a text"),
}
"""What the template says itself, by the key that it has there."""
# Texts that stand beside others in a line, of whatever direction.
_BESIDE_OTHERS = frozenset(
    ("author", "label", "note", "question", "quote", "role", "says", "text", "title", "translation", "words")
)
_SPACES = re.compile(r"[ \t\n\r]+")


def can_render() -> bool:
    """Return whether what makes editions is installed."""
    return find_spec("typst") is not None


def render_edition(
    view: Edition, stored: Callable[[str], str], messages: Messages, fonts: Sequence[Path] = ()
) -> bytes:
    """Return the edition in PDF.

    Args:
        view: What is in it, with addresses that begin with `ROOT`.
        stored: Returns the HTML of a body by its digest.
        messages: The texts of the interface in the language of the site.
        fonts: Folders with more fonts, for letters that those of typst do not have.

    Raises:
        Failure: no font has some of the letters.
    """
    from typst import Compiler, Fonts, TypstError

    template = files("briefgen.render").joinpath("edition.typ").read_bytes()
    texts = {key: messages.gettext(text) for key, text in _TEXTS.items()}
    folders: Any = list(fonts)
    more = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders).families()
    # A fixed-width font would be used for running text only if no other has the letter.
    families = sorted(more, key=lambda family: ("Mono" in family, family))
    data = {**_to_data(view, stored, view.language), "texts": texts, "families": families}
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    day = view.as_of.iso if view.as_of and len(view.as_of.iso) == len("2025-12-03") else _UNKNOWN_DAY
    try:
        compiler = Compiler(template, font_paths=folders, ignore_system_fonts=True, sys_inputs=inputs)
        timestamp = datetime.fromisoformat(day).replace(tzinfo=UTC)
        made = compiler.compile(format="pdf", pdf_standards=_STANDARDS, timestamp=timestamp)
    except TypstError as error:
        raise Failure(f"the edition cannot be set: {error.message}", _NEXT_STEP) from error
    if not isinstance(made, bytes):
        raise TypeError("an edition is one file")
    return made


def _to_data(value: Any, stored: Callable[[str], str], language: str) -> Any:
    """Return a view as JSON values: structs as objects, markup as lists of texts and of elements.

    A text that is read in another direction than the language is isolated from what is beside it.
    """
    if isinstance(value, Prose):
        parts = stored(value.digest).split("\0")
        parts[1::2] = [value.fills[int(number)] for number in parts[1::2]]
        return _parse("".join(parts))
    if isinstance(value, Html):
        return _parse(value.markup)
    if isinstance(value, Struct):
        shown = {name: getattr(value, name) for name in value.__struct_fields__ if name != "frame"}
        if hasattr(value, "frame"):
            shown["title"] = value.frame.title
        return {
            name: isolate(each, language)
            if name in _BESIDE_OTHERS and type(each) is str
            else _to_data(each, stored, language)
            for name, each in shown.items()
        }
    if isinstance(value, tuple):
        return [_to_data(each, stored, language) for each in value]
    return value


def _parse(markup: str) -> list[Any]:
    parser = _Parser()
    parser.feed(markup)
    parser.close()
    return parser.root


class _Parser(HTMLParser):
    """Markup of our own Markdown as a tree, in `root`: an element has `tag`, `href`, `id` and `body`."""

    def __init__(self) -> None:
        super().__init__()
        self.root: list[Any] = []
        self._open: list[tuple[str, list[Any]]] = [("", self.root)]

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        body: list[Any] = []
        element = {name: given[name] for name in ("href", "id", "lang", "alt", "start") if given.get(name)}
        self._open[-1][1].append({"tag": tag, **element, "body": body})
        if tag not in _VOID:
            self._open.append((tag, body))

    @override
    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    @override
    def handle_data(self, data: str) -> None:
        tag, body = self._open[-1]
        if not any(name == "pre" for name, _ in self._open):
            if not data.strip() and "\n" in data and tag not in _INLINE:
                return  # between blocks
            data = _SPACES.sub(" ", data)
        body.append(data)
