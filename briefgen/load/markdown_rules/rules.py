"""The rules of actors, themes, sources and footnotes, and tokens that remember where they were written.

Footnotes are numbered in the order in which readers meet them, and gathered at the end. The plugin's own gathering
numbers by the order of parsing, and writes back links to references that are not shown.
"""

import re
from collections.abc import Callable, Iterable

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token

Rule = Callable[[StateInline, bool], bool]

_ENTITY = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]]*))?\]\]")
_CITATION = re.compile(
    r"""\s*@(?P<id>[^\s\[\],;"“”„«»]+)
    (?:\s*,\s*(?P<words>"(?P<straight>(?:[^"\\]|\\.){0,2000})"|“(?P<curly>[^”]{0,2000})”
        |„(?P<low>[^“”]{0,2000})[“”]|«(?P<angular>[^»]{0,2000})»))?
    \s*(?P<end>[;\]])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r'\\(["\\])')
_MALFORMED = re.compile(r"\[@\w[^\[\]\n]*\]?")
# The limit keeps many opening brackets from taking time with the square of their number.
_FOOTNOTE = re.compile(r"\[\^([^\s\]]{1,200})\]")
_WORD = re.compile(r"[^\W_]")
_NO_WORDS = "write the exact words of the source, or leave the marks and the comma out: [@source-id]"
_HINT = 'write [@source-id] or [@source-id, "exact words"]; \\[@ shows it as it is'


def mark(token: Token, start: int, end: int) -> None:
    """Remember the offsets of a token's source."""
    token.meta = {"start": start, "end": end}


def marked(rule: Rule) -> Rule:
    """Return a rule of markdown-it whose links, images and code remember where they were written."""

    def run(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the signature of an inline rule)
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[count : count + 2]:
                if token.type in ("link_open", "image", "code_inline"):
                    mark(token, start, state.pos)
                    break
        return True

    return run


def fault(state: StateInline, start: int, end: int, *, code: str, message: str, hint: str) -> None:
    """Show a piece of text as it is, with a problem to report."""
    token = state.push("fault", "", 0)
    token.content = state.src[start:end]
    mark(token, start, end)
    token.meta |= {"code": code, "message": message, "hint": hint}


def entity(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the signature of an inline rule)
    """Push a token `entity` for `[[target|label]]`, with the target in `info` and the label in `content`."""
    start = state.pos
    match = _ENTITY.match(state.src, start, state.posMax)
    # `[[1]](https://…)` is a link whose text is "[1]".
    if match is None or not match[1].strip() or _is_link_text(state, match.end()):
        return False
    if not silent:
        target, label = match.groups()
        token = state.push("entity", "", 0)
        token.info = " ".join(target.split())
        token.content = " ".join((label or "").split())
        mark(token, start, match.end())
    state.pos = match.end()
    return True


def _is_link_text(state: StateInline, end: int) -> bool:
    """Return whether the brackets from the present position to `end` are the text of a link."""
    start = state.pos
    is_link = state.src.startswith("(", end) and link(state, True)
    state.pos = start
    return is_link


def cite(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Push a token `cite` for each source of `[@one; @two, "words"]`, the id in `info` and the words in `content`."""
    start = state.pos
    if not state.src.startswith("[@", start):
        return False
    items: list[re.Match[str]] = []
    end = start + 1
    while (match := _CITATION.match(state.src, end, state.posMax)) is not None:
        items.append(match)
        end = match.end()
        if match["end"] == "]":
            break
    is_valid = bool(items) and items[-1]["end"] == "]"
    if not is_valid:
        if (malformed := _MALFORMED.match(state.src, start, state.posMax)) is None:
            return False
        end = malformed.end()
    if _is_link_text(state, end):
        return False
    if not silent and is_valid:
        _push_citations(state, items, start)
    elif not silent:
        fault(state, start, end, code="wrong-type", message="this citation cannot be read", hint=_HINT)
    state.pos = end
    return True


def _push_citations(state: StateInline, items: list[re.Match[str]], start: int) -> None:
    for index, match in enumerate(items):
        if index:
            state.push("text", "", 0).content = " "
        quote = match["straight"]
        words = _ESCAPED.sub(r"\1", quote) if quote else match["curly"] or match["low"] or match["angular"] or ""
        # Of several, each after the first begins at its own @.
        first = start if index == 0 else match.start("id") - 1
        end = match.end() if len(items) == 1 else match.start("end")
        if match["words"] and not _WORD.search(words):
            message = "this citation has no words between its quotation marks"
            fault(state, first, end, code="wrong-type", message=message, hint=_NO_WORDS)
            continue
        token = state.push("cite", "", 0)
        token.info = match["id"]
        token.content = " ".join(words.split())
        mark(token, first, end)


def short(rule: Rule) -> Rule:
    """Limit the length of labels that the plugin's rule for references looks for."""

    def run(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the signature of an inline rule)
        return _FOOTNOTE.match(state.src, state.pos, state.posMax) is not None and rule(state, silent)

    return run


def missing(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the signature of an inline rule)
    """Report a reference to a missing footnote, as an inline rule after those of footnotes and links."""
    match = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        message = f'no footnote "{match[1]}"'
        hint = f"write [^{match[1]}]: and its text on a line of its own; \\[^ shows it as it is"
        fault(state, state.pos, match.end(), code="broken-link", message=message, hint=hint)
    state.pos = match.end()
    return True


def gather(state: StateCore) -> None:
    """Move the footnotes with references to the end, each with links back, as a core rule."""
    if "footnotes" not in state.env:
        return
    body, notes = _apart(state.tokens)
    order: list[str] = []
    numbers: dict[str, int] = {}
    uses: dict[str, int] = {}

    def count(tokens: Iterable[Token]) -> None:
        for token in (child for block in tokens for child in block.children or () if child.type == "footnote_ref"):
            label = token.meta["label"]
            if label not in numbers:
                order.append(label)
                numbers[label] = len(order)
            uses[label] = uses.get(label, 0) + 1
            token.meta |= {"number": numbers[label], "use": uses[label]}

    count(body)
    # Notes may refer to notes, so the list grows while it is read.
    for label in order:
        count(notes[label])
    state.tokens = body
    if not order:
        return
    state.tokens.append(Token("footnote_block_open", "section", 1, block=True))
    for number, label in enumerate(order, 1):
        state.tokens.append(Token("footnote_open", "li", 1, block=True, meta={"number": number}))
        tokens = notes[label]
        last = tokens.pop() if tokens and tokens[-1].type == "paragraph_close" else None
        state.tokens.extend(tokens)
        for use in range(1, uses[label] + 1):
            state.tokens.append(Token("footnote_anchor", "", 0, meta={"number": number, "use": use}))
        if last:
            state.tokens.append(last)
        state.tokens.append(Token("footnote_close", "li", -1, block=True))
    state.tokens.append(Token("footnote_block_close", "section", -1, block=True))


def _apart(tokens: Iterable[Token]) -> tuple[list[Token], dict[str, list[Token]]]:
    """Return the body, and the tokens of each note by its label; a note inside a note becomes one beside it."""
    body: list[Token] = []
    notes: dict[str, list[Token]] = {}
    inside: list[list[Token]] = [body]
    for token in tokens:
        if token.type == "footnote_reference_open":
            inside.append(notes.setdefault(token.meta["label"], []))
        elif token.type == "footnote_reference_close":
            inside.pop()
        else:
            inside[-1].append(token)
    return body, notes


def reference_id(token: Token) -> str:
    """Return the id of a reference to a note."""
    number, use = token.meta["number"], token.meta["use"]
    return f"fnref_{number}" if use == 1 else f"fnref_{number}_{use}"
