"""A site whose own texts are in other letters, with a catalogue that puts a mark around each text of the interface.

What is left in Latin letters outside of these marks is a word of the interface that no catalogue can translate.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from lxml import etree, html
from msgspec import Struct

from briefgen.kernel.disk import Disk
from briefgen.load.project import load_content
from briefgen.model.page import Page
from briefgen.model.texts import MarkedText
from briefgen.pipeline import Options
from briefgen.pipeline.stages import OutputRenderer, plan_site
from briefgen.plan import SiteContext, make_digest
from briefgen.render.digest import render_markdown, render_text
from support import messages

# Fields of content that hold words, and neither ids nor words of closed lists.
_FIELDS = """
    title name description publisher says lede key_points note basis was now why for_ where result label question
    settled_by reason reliability_reason interest summary dating titling author credit in_text aliases metonyms role
    owner country editor translation title_translation quote unit alt sentence
"""
_WORDS = frozenset(_FIELDS.split())
_IDS = {
    "Claim": ("for_", "publisher"),
    "Source": ("publisher",),
    "SourceFile": ("publisher",),
    "SourceRecord": ("publisher", "credit"),
}
_LATIN = (*range(ord("A"), ord("Z") + 1), *range(ord("a"), ord("z") + 1))
_OTHER_LETTERS = {code: 0x430 + code % 32 for code in _LATIN}
_OUTSIDE_OF_TAGS = re.compile(r"(<[^>]*>|&\w+;|\0\d+\0)")
_MARKS = re.compile(r"[⟦⟧]")
_WORD = re.compile(r"[A-Za-z]{2,}")


def catalogue() -> bytes:
    """Return a catalogue that has each text between two marks."""
    template = messages.make_template(messages.extract_all())
    for message in template:
        if message.id:
            texts = message.id if isinstance(message.id, tuple) else (message.id,)
            marked = tuple(f"⟦{text}⟧" for text in texts)
            message.string = marked if len(marked) > 1 else marked[0]
    return messages.to_bytes(template)


def in_other_letters(value: Any, *, is_text: bool = False) -> Any:
    """Return content with its words in Cyrillic letters."""
    if isinstance(value, MarkedText):
        return msgspec.structs.replace(
            value, html=_markup(value.html), references=in_other_letters(value.references, is_text=False)
        )
    if isinstance(value, Struct):
        fields = {
            name: in_other_letters(getattr(value, name), is_text=_is_text(type(value).__name__, name))
            for name in value.__struct_fields__
        }
        return msgspec.structs.replace(value, **fields)
    if isinstance(value, tuple):
        return tuple(in_other_letters(one, is_text=is_text) for one in value)
    if isinstance(value, dict):
        return {key: in_other_letters(one) for key, one in value.items()}
    return value.translate(_OTHER_LETTERS) if is_text and isinstance(value, str) and value != "unknown" else value


def _is_text(struct: str, field: str) -> bool:
    return (field in _WORDS and field not in _IDS.get(struct, ())) or (struct, field) == ("Publisher", "kind")


def _markup(text: str) -> str:
    parts = _OUTSIDE_OF_TAGS.split(text)
    parts[::2] = [part.translate(_OTHER_LETTERS) for part in parts[::2]]
    return "".join(parts)


def render(root: Path, **options: Any) -> dict[str, bytes]:
    """Return the pages, feeds and digests of a project with its words in other letters; nothing is written."""
    disk, settings = Disk(), Options(root=root, **options)
    content = load_content(root, disk)
    assert content.site is not None
    plan = plan_site(msgspec.structs.replace(content, site=in_other_letters(content.site)), settings).plan
    assert plan is not None
    renderer = OutputRenderer(root, plan.theme, lambda body: _markup(content.html(body)), disk)
    context = SiteContext(plan.site, messages=plan.theme.messages)
    digest = make_digest(context, date(2000, 1, 1))
    page = Page(path="digest.html", kind="digest", template="digest.html", view=lambda: digest)
    shown = (output for output in plan.outputs if isinstance(output, Page) and output.format in ("html", "atom"))
    made = {each.path: renderer.render(each) for each in (*shown, page)}
    texts = {"digest.txt": render_text(digest), "digest.md": render_markdown(digest)}
    return made | {path: text.encode() for path, text in texts.items()}


def find_unmarked(path: str, content: bytes) -> list[str]:
    """Return the words of a page or feed that no mark is around, each with what is beside it."""
    if path.endswith(".html"):
        return [*_unmarked(" ".join(_texts(html.fromstring(content))))]
    if not path.endswith(".xml"):
        return [*_unmarked(content.decode())]
    shown = (element.text or "" for element in etree.fromstring(content).iter(*_OF_FEEDS))
    return [*_unmarked("\n".join(shown))]


_OF_FEEDS = tuple(f"{{http://www.w3.org/2005/Atom}}{name}" for name in ("title", "subtitle", "summary", "name"))
_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder", "label")
_DATA = re.compile(r"data-(?:some|none|error|n\d+|brief|dispute|theme|actor|source|publisher|page)")
_SILENT = ("script", "style", "code")
# Names of formats and files, addresses, and months, which come from CLDR.
_NO_WORDS = re.compile(
    r"U\+[0-9A-F]+|https?://\S+|\S+\.(?:csv|json|bib|ris|opml|xml)\b|\b(?:BibTeX|RIS|CSL-JSON|JSON|CSV|OPML|XML)\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


def _texts(element: Any) -> Iterator[str]:
    """Yield the texts of an element and of its attributes, in order."""
    if not isinstance(element.tag, str):
        return
    shown = [element.get(name) for name in _ATTRIBUTES]
    if not element.get("data-root"):
        shown += [value for name, value in element.items() if _DATA.fullmatch(name)]
    if element.tag == "meta" and element.get("name") == "description":
        shown.append(element.get("content"))
    for text in filter(None, shown):
        yield f" {text} "
    if element.tag not in _SILENT:
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def _unmarked(text: str) -> Iterator[str]:
    depth, last = 0, 0
    outside: list[str] = []
    for mark in _MARKS.finditer(text):
        if depth == 0:
            outside.append(text[last : mark.start()])
        depth += 1 if mark[0] == "⟦" else -1
        last = mark.end()
    for part in (*outside, text[last:]):
        words = _NO_WORDS.sub(" ", part)
        for word in _WORD.finditer(words):
            yield f"{word[0]}: {' '.join(words[max(0, word.start() - 40) : word.end() + 40].split())}"
