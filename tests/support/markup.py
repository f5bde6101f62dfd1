"""What is wrong with a page's HTML, without a browser: what every page of every site theme must keep to."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from typing_extensions import override

from briefgen.render.html import csp_hash


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOID = _words("area base br col embed hr img input link meta source track wbr")
_HEADINGS = _words("h1 h2 h3 h4 h5 h6")
# Start tags before which a parser closes an open <p>: inside a paragraph they are a mistake.
_BLOCKS = _words(
    "address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav"
    " ol p pre section table ul"
)
# Elements that mean nothing when there is nothing in them.
_NOT_EMPTY = _HEADINGS | _words("a b cite dd dt li p q strong summary th title ul")


class Markup(HTMLParser):
    """A page, read: `faults` is empty if nothing is wrong. An e-mail may have styles in its elements."""

    def __init__(self, page: str, *, is_email: bool = False) -> None:
        super().__init__()
        self.is_email = is_email
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self._open: list[tuple[str, list[str]]] = []
        self._policy = ""
        self.feed(page)
        self.close()
        self._finish(page)

    @override
    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html" or self.getpos() != (1, 0):
            self.faults.append(f"the page begins with <!{decl}>")

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS and any(name == "p" for name, _ in self._open):
            self._fault(f"<{tag}> inside <p>")
        if tag == "a" and any(name == "a" for name, _ in self._open):
            self._fault("<a> inside <a>")
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self._fault(f"<{tag}> has an attribute twice")
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"] or "")
        if tag == "a":
            self.links.append(given.get("href") or "")
        if given.get("http-equiv") == "Content-Security-Policy":
            self._policy = given.get("content") or ""
        script = tag == "script" and not self._may_run(given)
        if any(name.startswith("on") or (name == "style" and not self.is_email) for name in names) or script:
            self._fault(f"<{tag}> holds script or style")
        if tag == "th" and not self._in_prose() and given.get("scope") not in ("col", "row"):
            self._fault("<th> without scope")
        for name in ("href", "src", "lang", "datetime", "id", "class"):
            if given.get(name) == "" and not (tag == "body" and name == "class"):
                self._fault(f"<{tag}> has an empty {name}")
        if tag not in _VOID:
            self._open.append((tag, []))

    def _may_run(self, given: Mapping[str, str | None]) -> bool:
        """Return whether a script is data, which never runs, a file of the site, or written as the policy has it."""
        own = given.keys() <= {"src", "defer", "data-permanent"} and "://" not in (given.get("src") or "")
        return given == {"type": "application/ld+json"} or (own and "script-src" in self._policy)

    @override
    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            self._fault(f"</{tag}> closes <{self._open[-1][0] if self._open else 'nothing'}>")
            return
        _, texts = self._open.pop()
        written = "".join(texts)
        if tag == "script" and written and not written.startswith("{") and csp_hash(written) not in self._policy:
            self._fault("<script> that the policy does not allow")
        text = " ".join(written.split())
        if tag in _NOT_EMPTY and not text:
            self._fault(f"empty <{tag}>")
        if tag in _HEADINGS:
            self.headings.append((int(tag[1]), text))

    @override
    def handle_data(self, data: str) -> None:
        for _, texts in self._open:
            texts.append(data)

    def _in_prose(self) -> bool:
        # Tables of Markdown have no scope; in them a <th> stands in <thead> alone, which says the same.
        return any(name == "thead" for name, _ in self._open)

    def _fault(self, what: str) -> None:
        line, _ = self.getpos()
        self.faults.append(f"line {line}: {what}")

    def _finish(self, page: str) -> None:
        if self._open:
            self.faults.append(f"never closed: {', '.join(name for name, _ in self._open)}")
        if len([level for level, _ in self.headings if level == 1]) != 1:
            self.faults.append("not exactly one <h1>")
        before = 0
        for level, text in self.headings:
            if level > before + 1:
                self.faults.append(f'heading "{text}" skips a level')
            before = level
        twice = sorted({each for each in self.ids if self.ids.count(each) > 1})
        if twice:
            self.faults.append(f"ids stand twice: {', '.join(twice)}")
        lost = [link for link in self.links if link.startswith("#") and link[1:] not in self.ids]
        if lost:
            self.faults.append(f"links lead to no element: {', '.join(lost)}")
        if re.search(r"\n[ \t]|[ \t]\n|\n\n", re.sub(r"(?s)<pre.*?</pre>", "<pre>", page)) or not page.endswith(
            "</html>\n"
        ):
            self.faults.append("lines are blank or begin or end with spaces")
