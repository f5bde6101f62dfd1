"""The last core rule: collect references, addresses, ids and problems in the order in which readers see them."""

from collections.abc import Iterable, Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from briefgen.load.markdown_rules.addresses import Address, address
from briefgen.load.markdown_rules.html import placeholder
from briefgen.load.markdown_rules.places import Places
from briefgen.load.markdown_rules.rules import reference_id
from briefgen.load.markup import (
    FOREIGN,
    IMAGE,
    MOST,
    NOT_INLINE,
    NOTE,
    find_markup,
    first_line,
    markup_problem,
    may_be_foreign,
)
from briefgen.load.slugs import anchor
from briefgen.load.suggest import shorten
from briefgen.load.text import cover
from briefgen.model.problem import Place, Pointer, Problem, Severity
from briefgen.model.references import Keys
from briefgen.model.texts import OutsideLink, Reference

_FRONT_MATTER = "these keys stand below the front matter, so readers would see them"


class Job:
    """The results for one body of `file`, a path from the project's root; headings get none of the `reserved` ids."""

    def __init__(self, text: str, file: str, above: int, reserved: Iterable[str]) -> None:
        self.file = file
        self.inside = file.partition("/")[2]
        self.folder = self.inside.rpartition("/")[0]
        self.places = Places(text, above)
        self.references: list[Reference] = []
        self.problems: list[Problem] = []
        self.anchors: list[str] = []
        self.outside: list[OutsideLink] = []
        self.taken = dict.fromkeys(reserved, 1)
        self.tables = 0
        self.warnings = MOST if may_be_foreign(text) else 0  # how many are left to tell

    def inline(self, children: Sequence[Token]) -> None:
        links: list[bool] = []  # whether each open link is shown
        for token in children:
            kind = token.type
            if kind == "text":
                continue
            if kind == "link_open":
                # An autolink may stand in the text of a link, but HTML has no link inside a link.
                links.append(self.link(token) if not any(links) else False)
                token.hidden = not links[-1]
            elif kind == "link_close":
                token.hidden = not links.pop()
            elif kind == "image":
                self.image(token)
            elif kind == "entity":
                self.refer(token, Reference("entity", token.info, label=token.content or None))
            elif kind == "cite":
                self.refer(token, Reference("cite", token.info, quote=token.content or None))
            elif kind == "fault":
                meta = token.meta
                self.complain(token, meta["code"], meta["message"], meta["hint"])
            elif kind == "footnote_ref":
                self.anchors.append(reference_id(token))

    def link(self, token: Token) -> bool:
        """Return whether the address is valid; otherwise only the text of the link is shown."""
        found = address(str(token.attrs["href"]), self.folder, self.inside, image=False)
        if not self.leads(token, found):
            return False
        if found.href:
            if not found.href.lower().startswith("mailto:"):
                token.attrs["rel"] = "noopener"
                self.outside.append(OutsideLink(found.href, *self.places.place(token.meta["start"], token.meta["end"])))
        else:
            token.attrs["href"] = self.refer(token, Reference("link", found.target))
        return True

    def image(self, token: Token) -> None:
        found = address(str(token.attrs["src"]), self.folder, self.inside, image=True)
        if self.leads(token, found):
            token.children = _plain(token.children or ())
            token.attrs["src"] = self.refer(token, Reference("image", found.target))
        else:
            token.type, token.tag, token.content, token.children = "text", "", plain(token.children), None

    def leads(self, token: Token, found: Address) -> bool:
        if found.message:
            self.complain(token, "bad-url", found.message, found.hint)
        return not found.message

    def refer(self, token: Token, reference: Reference) -> str:
        line, column, length = self.places.place(token.meta["start"], token.meta["end"])
        number = len(self.references)
        token.meta["reference"] = number
        self.references.append(
            Reference(reference.kind, reference.target, reference.label, reference.quote, line, column, length)
        )
        return placeholder(number)

    def complain(self, token: Token, code: str, message: str, hint: str) -> None:
        place = Place(self.file, *self.places.place(token.meta["start"], token.meta["end"]))
        self.problems.append(Problem(code, message, place, hint))

    def warn(self, message: str, hint: str, *place: int) -> None:
        if self.warnings:
            self.warnings -= 1
            self.problems.append(Problem("foreign-markup", message, Place(self.file, *place), hint, Severity.WARNING))

    def look(self, inline: Token) -> None:
        """Warn of markup of other programs in an inline text, apart from code and the addresses of plain links."""
        for kind, start, end in find_markup(_without_code(inline)):
            words = inline.content[start:end].partition("\n")[0]
            message = f'"{shorten(words)}" is {kind.what}, and readers would see it as it is written'
            hint = f"{kind.instead}; if you mean it, put a backslash before it"
            self.warn(message, hint, *self.places.place(start, end))

    def look_at_block(self, tokens: Sequence[Token], index: int) -> None:
        """Warn of a block of other programs that begins at a token."""
        found = foreign_block(tokens, index)
        lines = tokens[index].map
        if found and lines:
            self.warn(*found, self.places.above + lines[0] + 1, 1, len(self.places.lines[lines[0]]))

    def block(self, token: Token) -> None:
        if token.type in ("th_open", "td_open"):
            if token.type == "th_open":
                token.attrs["scope"] = "col"
            if (style := token.attrs.pop("style", None)) is not None:
                # A class, because a site may forbid inline styles by its content security policy.
                token.attrs["class"] = str(style).replace("text-align:", "align-")
        elif token.type == "table_open":
            self.tables += 1
            token.meta["number"] = self.tables
        elif token.type == "footnote_open":
            self.anchors.append(f"fn_{token.meta['number']}")
        elif token.type == "blockquote_open":
            # It may be in another language than the text around it.
            token.attrs["dir"] = "auto"


class SentenceJob(Job):
    """The results for the sentence that is at `keys` in a file. It has no images, blocks and headings."""

    def __init__(self, text: str, file: str, keys: Keys) -> None:
        super().__init__(text, file, 0, ())
        self.text = text
        self.keys = keys
        self.places = _NoPlaces(text, 0)
        self.warnings = MOST

    def image(self, token: Token) -> None:
        words = self.text[token.meta["start"] : token.meta["end"]]
        self.problems.append(markup_problem(IMAGE, words, self.file, self.keys, "inline Markdown"))
        token.type, token.tag, token.content, token.children = "text", "", plain(token.children), None

    def complain(self, token: Token, code: str, message: str, hint: str) -> None:
        words = first_line(self.text[token.meta["start"] : token.meta["end"]])
        self.problems.append(Problem(code, message, Pointer(self.file, self.keys, words=words), hint))

    def look(self, inline: Token) -> None:
        for kind, start, end in find_markup(_without_code(inline), (*FOREIGN, *NOT_INLINE)):
            words = first_line(self.text[start:end])
            self.problems.append(markup_problem(kind, words, self.file, self.keys, "inline Markdown"))


class OffsetJob(SentenceJob):
    """The references of a sentence, each with its offset as its column."""

    def __init__(self, text: str, file: str) -> None:
        super().__init__(text, file, ())
        self.places = _Offsets(text, 0)
        self.warnings = 0


class _Offsets(Places):
    def place(self, start: int, end: int) -> tuple[int, int, int]:
        return 1, start, end - start


class _NoPlaces(Places):
    """Places in a sentence, which has none of its own."""

    def place(self, _start: int, _end: int) -> tuple[int, int, int]:
        return 0, 0, 1


def collect(state: StateCore) -> None:
    """Collect everything from the tokens of a body, as the last core rule."""
    job: Job = state.env["job"]
    titled = False
    before = state.tokens[0] if state.tokens else None
    for index, token in enumerate(state.tokens):
        if job.warnings:
            job.look_at_block(state.tokens, index)
        if token.type == "inline":
            cell = before is not None and before.type in ("th_open", "td_open")
            children = token.children or ()
            if cell or job.warnings or len(children) != 1 or children[0].type != "text":
                job.places.enter(token, cell=cell)
                job.inline(children)
                if job.warnings:
                    job.look(token)
            if before is not None and before.type == "heading_open":
                titled = titled or before.tag == "h1"
                before.attrs["id"] = heading_id(token, job.taken)
                job.anchors.append(str(before.attrs["id"]))
        else:
            job.block(token)
        before = token
    # The title of the page stays the only heading of level 1.
    for token in state.tokens if titled else ():
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"


def _plain(children: Iterable[Token]) -> list[Token]:
    """Return the tokens of an image's text, which becomes an attribute, with ours turned into texts."""
    kept = []
    for token in children:
        if token.type in ("entity", "cite", "fault"):
            token.content = token.content or token.info
            token.type = "text"
        if token.children:
            token.children = _plain(token.children)
        kept.append(token)
    return kept


def heading_id(inline: Token, taken: dict[str, int]) -> str:
    """Return an id made of the words of a heading, and add it to `taken`.

    `taken` has the last number used with each id, so that thousands of equal headings take little time.
    """
    base = anchor(plain(inline.children)) or "section"
    found, number = base, taken.get(base, 1)
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    taken[base] = number
    taken.setdefault(found, 1)
    return found


def plain(tokens: Sequence[Token] | None) -> str:
    """Return the words of an inline text, without marks and citations."""
    return "".join(_word(token) for token in tokens or ())


def _word(token: Token) -> str:
    if token.type == "entity":
        return token.content or token.info
    if token.type == "image":
        return plain(token.children)
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return "" if token.type == "cite" else token.content


def _without_code(inline: Token) -> str:
    """Return the text with backticks in place of all code, which keeps every offset."""
    code = [
        (token.meta["start"], token.meta["end"])
        for token in inline.children or ()
        if "start" in token.meta and (token.type == "code_inline" or token.markup == "autolink")
    ]
    return cover(inline.content, code, "`")


def foreign_block(tokens: Sequence[Token], index: int) -> tuple[str, str] | None:
    """Return message and hint where a block begins at a token that other programs read otherwise."""
    token = tokens[index]
    if token.type == "fence" and token.info.lstrip().startswith("{"):
        return (
            f'"{token.markup}{token.info.strip()}" is a directive of MyST or pandoc, which is shown as code here',
            f"{NOTE}, or name a language: {token.markup}python",
        )
    is_underlined = token.type == "heading_open" and token.markup == "-"
    if is_underlined and _are_keys(tokens[index + 1].content):
        return _FRONT_MATTER, "move them to the top of the file, between its two lines of three hyphens"
    return None


def _are_keys(text: str) -> bool:
    names = [line.partition(":") for line in text.split("\n") if line[:1] not in (" ", "-", "#")]
    return bool(names) and all(
        colon and name.replace("_", "a").isalnum() and name.islower() for name, colon, _ in names
    )
