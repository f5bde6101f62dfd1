"""Texts with Markdown: the references in them, and the words alone."""

import re
from html import unescape
from typing import Literal

from msgspec import Struct


class Reference(Struct, frozen=True, omit_defaults=True, gc=False):
    """Something in a text that points elsewhere, in order of appearance.

    `entity`: `[[target|label]]`, an actor or theme; `cite`: `[@target, "quote"]`, a source; `link` and `image`: an
    address inside the project. As written, `target` is a name or id; once resolved it is `actors/putin`, `themes/x`
    or `sources/x`. For links and images it is an address from the site's root where it begins with `/`
    (`/about/#x`), else a file below `content/` (`actors/putin.md#x`, `static/map.png`), whatever folder it was
    written in. `line` and `column` are 1-based places in the file.
    """

    kind: Literal["entity", "cite", "link", "image"]
    target: str
    label: str | None = None
    quote: str | None = None
    line: int = 0
    column: int = 0
    length: int = 1
    sentence: str = ""  # of a body, around it, as plain text with `\0N\0` for references: see `load.mentioning`


class OutsideLink(Struct, frozen=True, array_like=True, gc=False):
    """A link in a body to an http address, as readers follow it; 1-based place in the file."""

    address: str
    line: int
    column: int
    length: int


class MarkedText(Struct, frozen=True, array_like=True):
    r"""A sentence of the desk with inline Markdown in it; a sentence without any is a `str`.

    `html` holds `\x00N\x00` where reference N stands, as the HTML of a body does. The references have no places, so
    that a line above changes nothing: `written` returns what to look for.
    """

    html: str
    references: tuple[Reference, ...] = ()
    outside: tuple[str, ...] = ()  # http addresses that it links to


def written(reference: Reference) -> str:
    """Return the beginning of a reference as a sentence most likely writes it."""
    target = reference.target
    return {"entity": f"[[{target}", "cite": f"@{target.removeprefix('sources/')}"}.get(reference.kind, target)


def named_page(target: str) -> str:
    """Return the source or brief that a reference of a body names, as `sources/x`; empty where it names none."""
    folder, _, name = target.lstrip("/").partition("#")[0].partition("/")
    return f"{folder}/{name.rstrip('/').removesuffix('.md')}" if folder in ("briefs", "sources") else ""


AnyText = str | MarkedText

_MARK = re.compile(r"<(br)?[^>]*>|(\s*)\x00(\d+)\x00")


def plain(text: AnyText) -> str:
    """Return a sentence without marks: the words of links and references, and citations only with a quotation."""
    if isinstance(text, str):
        return text

    def words(match: re.Match[str]) -> str:
        if match[3] is None:
            return " " if match[1] else ""
        reference = text.references[int(match[3])]
        if reference.kind == "cite":
            return f"{match[2]}“{reference.quote}”" if reference.quote else ""
        return match[2] + (reference.label or reference.target)

    return unescape(_MARK.sub(words, text.html)).strip()
