"""HTML → blocks of Markdown."""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from html import unescape

from briefgen.render.markdown import inline
from briefgen.render.markdown.blocks import Blocks

_TOKENS = re.compile(r"""(<!--.*?-->|</?[a-zA-Z][^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>)""", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
_HIDDEN = re.compile(r"""\s(?:hidden(?=[\s>=])|aria-hidden=["']?true|role=["']?doc-backlink)""")

# Elements whose content is drawn, filled in, or no text.
_LEFT_OUT = frozenset(
    (
        *("audio", "button", "canvas", "datalist", "dialog", "form", "head", "iframe", "math", "noscript", "object"),
        *("script", "search", "select", "style", "svg", "template", "textarea", "video"),
    )
)
_BLOCKS = (
    *("address", "article", "aside", "details", "div", "fieldset", "figcaption", "figure", "footer", "header"),
    *("hgroup", "legend", "main", "nav", "p", "section", "summary"),
)
_VOID = frozenset(("br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))


def read(html: str, resolve: Callable[[str], str]) -> Blocks:
    """Return the blocks of some HTML without control characters. `resolve` is applied to addresses."""
    reader = _Reader(resolve)
    skipped, depth = "", 0
    is_tag = True
    for token in _TOKENS.split(html):
        is_tag = not is_tag
        if not is_tag:
            if token and not skipped:
                reader.read_text(token)
            continue
        name, is_end, may_hide = _parse(token)
        if skipped:
            if name == skipped:
                depth += -1 if is_end else not token.endswith("/>")
                skipped = skipped if depth else ""
        elif not is_end and (name in _LEFT_OUT or (may_hide and _HIDDEN.search(token))):
            if name not in _VOID:
                skipped, depth = name, 1
            if name == "svg" or 'role="img"' in token:
                reader.describe(token)
        elif name in _HANDLERS and (not reader.is_in_code or name in _IN_CODE):
            _HANDLERS[name][is_end](reader, token)
    reader.end_block()
    return reader.blocks


@lru_cache(4096)
def _parse(token: str) -> tuple[str, bool, bool]:
    """Return the name of a tag, whether it is an end tag, and whether it may hide an element."""
    name = _NAME.match(token)
    return (name[1].lower() if name else "", token[1] == "/", "hidden" in token or "doc-backlink" in token)


def _attribute(token: str, name: str) -> str | None:
    found = re.search(rf"""\s{name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", token)
    return unescape(found[1] or found[2] or found[3] or "") if found else None


class _Reader:
    """What is open at one place of a page. The handlers of tags get the tag."""

    def __init__(self, resolve: Callable[[str], str]) -> None:
        self.blocks = Blocks()
        self._resolve = resolve
        self._inline = self.blocks.inline
        self._depth = 0  # of emphasis; only the outermost is marked
        self._link: str | None = None  # the address of the link that is open
        self._link_start = 0  # where its text begins
        self._abbreviated = ""  # what the abbreviation that is open means
        self._code: list[str] = []
        self.is_in_code = self._is_preformatted = False
        self._columns: list[str] = []  # the headings of a table
        self._column = 0  # the number of the next cell of a row
        self._is_in_head = False  # of a table

    def read_text(self, text: str) -> None:
        if "&" in text:
            text = unescape(text)
        if self.is_in_code:
            self._code.append(text)
            return
        pieces = self._inline
        if pieces or not text.isspace():
            pieces.append(inline.escape(text))

    def end_block(self, _tag: str = "", level: int = 0) -> None:
        """End a block, and with it a link, which goes on in the next one."""
        address = self._link
        if address is None:
            self.blocks.flush(level)
        elif inline.plain(self._inline[self._link_start :]):
            self.close_link()
            self.blocks.flush(level)
            self._open_link(address)

    def open_emphasis(self, _tag: str, mark: str = inline.EMPHASIS) -> None:
        self._depth += 1
        if self._depth == 1:
            self._inline.append(mark)

    def close_emphasis(self, _tag: str) -> None:
        self._depth = max(0, self._depth - 1)
        if not self._depth and self._inline:
            self._inline.append(inline.CLOSE)

    def open_strong_block(self, tag: str) -> None:
        self.end_block()
        self.open_emphasis(tag, inline.STRONG)

    def close_strong_block(self, tag: str) -> None:
        self.close_emphasis(tag)
        self.end_block()

    def open_link(self, tag: str) -> None:
        address = _attribute(tag, "href")
        if address is not None:
            self.close_link()
            self._open_link(address)

    def _open_link(self, address: str) -> None:
        self._link, self._link_start = address, len(self._inline)
        self._inline.append(inline.LINK)

    def close_link(self, _tag: str = "") -> None:
        if self._link is not None:
            target = inline.address(self._resolve(self._link))
            self._inline.append(f"{inline.TARGET}{target}{inline.END}")
            self._link = None

    def add_image(self, tag: str) -> None:
        target = inline.address(self._resolve(_attribute(tag, "src") or ""))
        self._inline.append(f"![{inline.escape(_attribute(tag, 'alt') or '')}]({target})")

    def add_break(self, _tag: str) -> None:
        if self.is_in_code:
            self._code.append("\n")
        elif self._inline:
            self._inline.append(inline.BREAK)

    def add_rule(self, _tag: str) -> None:
        self.end_block()
        self.blocks.add_rule()

    def add_text(self, _tag: str, text: str) -> None:
        self._inline.append(text)

    def open_abbreviation(self, tag: str) -> None:
        self._abbreviated = _attribute(tag, "title") or ""

    def close_abbreviation(self, _tag: str) -> None:
        if self._abbreviated:
            self._inline.append(f" ({inline.escape(self._abbreviated)})")

    def open_code(self, tag: str) -> None:
        if not self.is_in_code:
            self.is_in_code, self._is_preformatted = True, tag[1:4].lower() == "pre"

    def close_code(self, tag: str) -> None:
        if not self.is_in_code or self._is_preformatted != (tag[2:5].lower() == "pre"):
            return
        text = "".join(self._code)
        self._code.clear()
        self.is_in_code = False
        if self._is_preformatted:
            self.end_block()
            self.blocks.add_code(text)
        elif text.strip():
            self._inline.append(inline.code(" ".join(text.split())))

    def open_list(self, tag: str, name: str) -> None:
        self.end_block()
        start = _attribute(tag, "start") or "1"
        self.blocks.open_list(name, (int(start) if start.isdecimal() else 1) if name == "ol" else None)

    def open_item(self, _tag: str, name: str = "li") -> None:
        self.end_block()
        self.blocks.open_item(name)

    def open_quotation(self, _tag: str) -> None:
        self.end_block()
        self.blocks.open_quotation()

    def close(self, _tag: str, name: str) -> None:
        self.end_block()
        self.blocks.close(name)

    def open_term(self, tag: str) -> None:
        self.open_item(tag, "dt")
        self.open_emphasis(tag, inline.STRONG)

    def open_definition(self, _tag: str) -> None:
        """Go on in the line of the term, if it has just ended."""
        while self._inline and self._inline[-1].isspace():
            self._inline.pop()
        term = inline.plain(self._inline)
        if term:
            self._inline.append(" " if term.endswith(":") else ": ")
        else:
            self.end_block()

    def open_table(self, tag: str) -> None:
        self.open_list(tag, "table")
        self._columns.clear()

    def describe(self, tag: str) -> None:
        """Add what a picture that is left out shows, in words."""
        if words := _attribute(tag, "aria-label"):
            self._inline.append(inline.escape(f"({words})"))

    def set_head(self, _tag: str, *, is_in_head: bool) -> None:
        self.end_block()
        self._is_in_head = is_in_head

    def open_row(self, tag: str) -> None:
        if not self._is_in_head:
            self.open_item(tag, "tr")
            self._column = 0

    def open_cell(self, tag: str) -> None:
        """Begin a cell. The first of a row begins an entry of the list, and each further one an entry below that."""
        self.end_block()
        if self._is_in_head:
            return
        if self._column:
            if not self.blocks.is_in("cells"):
                self.blocks.open_list("cells")
            self.blocks.open_item("td")
        is_heading = tag[1:3].lower() == "th"
        if self._column < len(self._columns) and not (is_heading and not self._column):
            self.blocks.label = self._columns[self._column]
        self._column += 1

    def close_cell(self, tag: str) -> None:
        if self._is_in_head:
            self._columns.append(inline.plain(self._inline))
            self._inline.clear()
        else:
            self.close(tag, "td")


Handler = Callable[[_Reader, str], None]


def _ignore(_reader: _Reader, _tag: str) -> None:
    """Do nothing at a tag."""


def _make_handlers() -> dict[str, tuple[Handler, Handler]]:
    """Return by element what is done at its start tag and at its end tag. At all others nothing is done."""
    block = _Reader.end_block
    found: dict[str, tuple[Handler, Handler]] = {
        "a": (_Reader.open_link, _Reader.close_link),
        "abbr": (_Reader.open_abbreviation, _Reader.close_abbreviation),
        "blockquote": (_Reader.open_quotation, partial(_Reader.close, name="blockquote")),
        "br": (_Reader.add_break, _ignore),
        "caption": (_Reader.open_strong_block, _Reader.close_strong_block),
        "code": (_Reader.open_code, _Reader.close_code),
        "dd": (_Reader.open_definition, block),
        "dt": (_Reader.open_term, _Reader.close_emphasis),
        "hr": (_Reader.add_rule, _ignore),
        "img": (_Reader.add_image, _ignore),
        "li": (_Reader.open_item, partial(_Reader.close, name="li")),
        "pre": (_Reader.open_code, _Reader.close_code),
        "q": (partial(_Reader.add_text, text="“"), partial(_Reader.add_text, text="”")),
        "table": (_Reader.open_table, partial(_Reader.close, name="table")),
        "thead": (partial(_Reader.set_head, is_in_head=True), partial(_Reader.set_head, is_in_head=False)),
        "tr": (_Reader.open_row, partial(_Reader.close, name="tr")),
    }
    found |= {f"h{level}": (block, partial(block, level=level)) for level in range(1, 7)}
    found |= dict.fromkeys(_BLOCKS, (block, block))
    found |= dict.fromkeys(("small", "span"), (partial(_Reader.add_text, text=inline.APART), _ignore))
    found |= dict.fromkeys(("cite", "dfn", "em", "i"), (_Reader.open_emphasis, _Reader.close_emphasis))
    strong = partial(_Reader.open_emphasis, mark=inline.STRONG)
    found |= dict.fromkeys(("b", "strong"), (strong, _Reader.close_emphasis))
    found |= dict.fromkeys(("td", "th"), (_Reader.open_cell, _Reader.close_cell))
    strike = partial(_Reader.add_text, text="~~")
    found |= dict.fromkeys(("s", "del"), (strike, strike))
    for name in ("dl", "menu", "ol", "ul"):
        found[name] = (partial(_Reader.open_list, name=name), partial(_Reader.close, name=name))
    return found


_HANDLERS = _make_handlers()
_IN_CODE = frozenset(("br", "code", "pre"))
