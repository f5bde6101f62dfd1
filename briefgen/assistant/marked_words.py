"""Words between quotation marks in the texts of a draft: they must be in a copy as well, though no key holds them."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefgen.load.content import Parsed
from briefgen.load.quotation_marks import find_quotations
from briefgen.load.shapes import keys
from briefgen.model.content import Brief
from briefgen.model.references import Keys
from briefgen.model.texts import MarkedText, Reference, plain

_TITLE = ("source", "title")  # words of others, which nothing else looks up
_TRANSLATIONS = ("translation", "title_translation")
# What Unicode and keyboards have beside the marks that `load.quotation_marks` reads, by what each is read as.
_READ_AS = {
    "“": "‟〝❝🙶",
    "”": "〞〟❞🙷",
    '"': "＂״″ʺˮ‶",
    "„": "⹂🙸❠",
    "‘": "‛❛`",
    "’": "❜´",
    "'": "＇′",
    "‚": "❟",
    "‹": "❮",
    "›": "❯",
    "「": "﹁｢",
    "」": "﹂｣",
    "『": "﹃",
    "』": "﹄",
}
_OTHER_MARKS = str.maketrans({mark: one for one, marks in _READ_AS.items() for mark in marks})
_ACRONYM = re.compile("(?<=[\u05d0-\u05ea])״(?=[\u05d0-\u05ea])")
_AS_ONE = {"``": "“", "''": "”", "´´": "”", ",,": "„", "<<": "«", ">>": "»"}
_REPEATED = re.compile("|".join(_AS_ONE))
# A single mark with a space, a bracket or another mark beside it is a quotation mark as well.
_OPENING = re.compile(r"(?<!\w)(['‘])[^\w'‘’]+(?=\w)")
_CLOSING = re.compile(r"(?<=\w)\s+(['’])(?!\w)")
_DASH = re.compile(r"\s*[—–―]\s")  # begins direct speech in many languages
_GAP = re.compile("\0(\\d+)\0")
_AROUND = re.compile(r"^[\s…—–―]+|[\s.,;:،。、…]+$")
_MARKS = "\"“”„«»‹›‘’‚'「」『』《》"
_ATTRIBUTES = ("alt", "title", "aria-label")
_INLINE = re.compile("a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u")


def find_marked_words(parsed: Parsed[Any], within: Keys = ()) -> Iterator[tuple[str, str]]:
    """Yield the words between quotation marks and in block quotes of a brief, each with the key that has them.

    What a citation quotes is left out, as it is looked up like the quote of a claim. With `within`, only values below
    these keys count.
    """
    if parsed.document is None:
        return
    for at, text in _texts(parsed.document.data, ()):
        if at[: len(within)] == within:
            for words in _find_in(text):
                yield _format(at), words
    if within:
        return
    for text, is_quoted in read_paragraphs(parsed.html, parsed.document.body.references):
        for words in [text] if is_quoted else _find_in(text):
            if words := _trim(words):
                yield "text", words


def named_sources(brief: Brief, references: tuple[Reference, ...]) -> dict[str, None]:
    """Return the ids of the sources that a brief names: words in quotation marks may be from any of them."""
    cited = [one for _, text in _marked(brief, ()) for one in text.references]
    found = [one.target for one in (*cited, *references) if one.kind == "cite"]
    for claim in brief.claims:
        found += [*filter(None, (claim.via,)), *claim.confirmed_by]
    return dict.fromkeys(each.removeprefix("sources/") for each in found)


def read_paragraphs(html: str, references: tuple[Reference, ...]) -> list[tuple[str, bool]]:
    """Return the texts of a body, block by block, each with whether it is in a block quote."""

    def fill(match: re.Match[str]) -> str:
        one = references[int(match[1])]
        return "" if one.kind != "entity" else one.label or one.target

    reader = _Paragraphs()
    reader.feed(_GAP.sub(fill, html))
    reader.close()
    reader.end_block()
    return reader.blocks


def _find_in(text: str) -> Iterator[str]:
    text = _REPEATED.sub(lambda match: _AS_ONE[match[0]], _ACRONYM.sub("", text)).translate(_OTHER_MARKS)
    text = _CLOSING.sub(r"\1", _OPENING.sub(r"\1", text))
    for line in text.split("\n"):
        spans = [(0, len(line))] if _DASH.match(line) else find_quotations(line)
        for start, end in spans:
            if words := _trim(line[start:end]):
                yield words


def _trim(words: str) -> str:
    words = _AROUND.sub("", words)
    words = words.removeprefix(words[0]) if words[:1] and words[0] in _MARKS else words
    words = words.removesuffix(words[-1]) if words[-1:] and words[-1] in _MARKS else words
    words = _AROUND.sub("", words)
    return words if any(map(str.isalnum, words)) else ""


def _texts(value: Struct, above: Keys) -> Iterator[tuple[Keys, str]]:
    """Yield the texts of the desk in an entry, but for translations; words of others are looked up elsewhere."""
    for name, key in keys(type(value)).items():
        found = getattr(value, key.attribute)
        takes = (key.shape.meta.extra or {}).get("takes")
        for at, one in _each(found, (*above, name)):
            item = keys(type(one)) if isinstance(one, Struct) and not isinstance(one, MarkedText) else None
            if item is not None:
                yield from _texts(one, at)
            elif isinstance(one, MarkedText):
                quoteless = tuple([replace(each, quote=None) for each in one.references])
                yield at, plain(replace(one, references=quoteless))
            elif isinstance(one, str) and (at == _TITLE or (name not in _TRANSLATIONS and takes != "exact words")):
                yield at, one


def _marked(value: Struct, above: Keys) -> Iterator[tuple[Keys, MarkedText]]:
    for name, key in keys(type(value)).items():
        for at, one in _each(getattr(value, key.attribute), (*above, name)):
            if isinstance(one, MarkedText):
                yield at, one
            elif isinstance(one, Struct):
                yield from _marked(one, at)


def _each(value: Any, at: Keys) -> Iterator[tuple[Keys, Any]]:
    if isinstance(value, tuple):
        for index, one in enumerate(value):
            yield (*at, index), one
    elif value is not None:
        yield at, value


def _format(at: Keys) -> str:
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in at).removeprefix(".")


class _Paragraphs(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, bool]] = []
        self._text: list[str] = []
        self._depth = 0  # of block quotes

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.blocks += [(value, False) for name, value in attrs if name in _ATTRIBUTES and value]
        if tag == "q":
            self._text.append("“")
        if not _INLINE.fullmatch(tag):
            self.end_block()
            self._depth += tag == "blockquote"

    def handle_endtag(self, tag: str) -> None:
        if tag == "q":
            self._text.append("”")
        if not _INLINE.fullmatch(tag):
            self.end_block()
            self._depth -= tag == "blockquote"

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def end_block(self) -> None:
        """Keep the text since the last block as one of its own."""
        text = " ".join("".join(self._text).split())
        self._text.clear()
        if text:
            self.blocks.append((text, self._depth > 0))
