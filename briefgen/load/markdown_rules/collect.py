"""The last look at a body's tokens: references, addresses, ids and problems, in the order in which they are shown."""

from collections.abc import Iterable, Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from briefgen.load.markdown_rules.addresses import Address, address
from briefgen.load.markdown_rules.footnotes import reference_id
from briefgen.load.markdown_rules.foreign import foreign_block, foreign_inline
from briefgen.load.markdown_rules.headings import heading_id, lower, plain
from briefgen.load.markdown_rules.html import placeholder
from briefgen.load.markdown_rules.places import Places
from briefgen.load.markup import MOST, may_be_foreign
from briefgen.model.problem import Place, Problem, Severity
from briefgen.model.site import OutsideLink, Reference


class Job:
    """One body on its way; `file` is its path from the project's root, headings take none of the ids in `reserved`."""

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
        """Whether the link leads somewhere; else it is shown as its text."""
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
        """Warn of markup of other programs in an inline text."""
        for message, hint, start, end in foreign_inline(inline):
            self.warn(message, hint, *self.places.place(start, end))

    def look_at_block(self, tokens: Sequence[Token], index: int) -> None:
        """Warn of a block of other programs that begins at a token."""
        found = foreign_block(tokens, index)
        lines = tokens[index].map
        if found and lines:
            self.warn(*found, self.places.above + lines[0] + 1, 1, len(self.places.lines[lines[0]]))

    def cell(self, token: Token) -> None:
        if token.type == "th_open":
            token.attrs["scope"] = "col"
        style = token.attrs.pop("style", None)
        if style is not None:
            # A class, because a site may forbid inline styles by its content security policy.
            token.attrs["class"] = str(style).replace("text-align:", "align-")

    def quotation(self, token: Token) -> None:
        # It may be in another language than the text around it.
        token.attrs["dir"] = "auto"

    def table(self, token: Token) -> None:
        self.tables += 1
        token.meta["number"] = self.tables

    def note(self, token: Token) -> None:
        self.anchors.append(f"fn_{token.meta['number']}")


_BLOCKS = {
    "th_open": Job.cell,
    "td_open": Job.cell,
    "table_open": Job.table,
    "footnote_open": Job.note,
    "blockquote_open": Job.quotation,
}


def collect(state: StateCore) -> None:
    """A core rule, the last one."""
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
        elif token.type in _BLOCKS:
            _BLOCKS[token.type](job, token)
        before = token
    if titled:
        lower(state.tokens)


def _plain(children: Iterable[Token]) -> list[Token]:
    """The tokens of an image's text with our own made plain: it becomes an attribute."""
    kept = []
    for token in children:
        if token.type in ("entity", "cite", "fault"):
            token.content = token.content or token.info
            token.type = "text"
        if token.children:
            token.children = _plain(token.children)
        kept.append(token)
    return kept
