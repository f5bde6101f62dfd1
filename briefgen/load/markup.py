"""Markup that readers would see as it is written: Markdown in plain text, and what only other programs read."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from briefgen.load.shapes import Shape, keys, shape
from briefgen.load.suggest import shorten
from briefgen.load.yaml import Value
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.references import Keys

MOST = 20  # of each file


class Markup(NamedTuple):
    """A kind of markup: what it is, what to write instead, and its pattern, which takes linear time."""

    what: str
    instead: str
    pattern: str


NOTE = "write a quotation: > **Note:** …"
_WORDS = "write what it would show, in Markdown"
_UNSEEN = "remove it: readers would see it"
_TAGS = (
    "a|abbr|b|big|blockquote|body|br|center|cite|code|dd|del|details|div|dl|dt|em|embed|figcaption|figure|font|form|"
    "h[1-6]|head|hr|html|i|iframe|img|input|ins|kbd|li|link|mark|meta|object|ol|p|pre|q|s|script|section|small|span|"
    "strike|strong|style|sub|summary|sup|svg|table|tbody|td|th|thead|tr|tt|u|ul|video"
)
_ATTRIBUTE = r"[\w-]+=(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=]+)"

FOREIGN = (
    Markup("an embed of Obsidian", "write ![what it shows](../static/map.png)", r"!\[\[[^\[\]\n]+\]\]"),
    Markup("a callout of Obsidian", NOTE, r"\A\[!\w[\w-]*(?:\|[^\[\]\n]*)?\][+-]?"),
    Markup("a highlight of Obsidian", "write **words**", r"(?<![\w=])==[^\s=](?:[^=\n]*[^\s=])?==(?![\w=])"),
    Markup("a comment of Obsidian", _UNSEEN, r"(?<![\w%])%%(?:[^%\n]+%%|$(?:\n[^%]*%%)?)"),
    Markup(
        "a block id of Obsidian",
        "remove it: headings and claims have ids to link to",
        r"(?:(?<=\s)|^)\^(?:[A-Za-z][A-Za-z0-9-]+|[0-9a-f]{6})\s*\Z",
    ),
    Markup("a shortcode of Hugo", _WORDS, r"\{\{[<%][^\n]{0,300}?[>%]\}\}"),
    Markup("a tag of a template", _WORDS, r"\{%[^\n]{0,300}?%\}"),
    Markup("a variable of a template", _WORDS, r"\{\{[^{}\n]{1,300}\}\}"),
    Markup(
        "an admonition of MkDocs",
        NOTE,
        r'^(?:!!!|\?\?\?\+?)[ \t]+[a-z][\w-]*(?:[ \t]+[\w-]+)*(?:[ \t]+"[^"\n]*")?[ \t]*$',
    ),
    Markup("a block of pandoc or MyST", NOTE, r"^:{3,}[ \t]*[\w{][^\n]*$"),
    Markup("a role of MyST", "write the words without it", r"\{[a-z][a-z0-9:_-]{0,100}\}(?=`)"),
    Markup("an attribute of pandoc or kramdown", "remove it", r"\{[:#.][\w \t#.:=\"'-]{0,200}\}"),
    Markup("a citation of pandoc", "write [@source-id]", r"\[-@\w[^\[\]\n]*\]"),
    Markup("a table of contents", "remove it", r"^\[(?:TOC|toc)\][ \t]*$"),
    Markup("an HTML comment", _UNSEEN, r"<!--(?:[^\n]{0,300}?-->)?"),
)
_REFERENCES = (
    Markup("a reference", "write the name as readers should see it", r"\[\[[^\[\]\n]+\]\]"),
    Markup("a citation", "leave it out", r"\[@\w[^\[\]\n]*\]"),
)
_MARKDOWN = (
    Markup("an HTML tag", "leave it out", rf"(?i:<(?:{_TAGS})(?:\s+{_ATTRIBUTE})*\s*/?>)"),
    Markup("a footnote", "write here what it says", r"\[\^[^\s\[\]]{1,200}\]"),
    Markup("an image", "leave it out", r"!\[[^\[\]\n]*\]\([^()\n]*\)"),
    Markup("a link", "write its words alone", r"\[[^\[\]\n]+\]\([^()\s]*[/.#:][^()\n]*\)"),
    Markup("a link", "write the address alone", r"<(?:https?|mailto):[^\s<>]+>"),
    Markup("code", "write it without backticks", r"(?<![\w`])`[^`\n]+`(?![\w`])"),
    Markup(
        "emphasis",
        "write the words alone",
        # Marks that can be read in one way only: a word begins after the first and ends before the second.
        r"(?<![^\s(\[\"'“„«])(?P<mark>\*{1,3}|__?|~~)(?=[^\W_])[^*_~\n]*(?<=[^\W_]|[.!?…)”\"])(?P=mark)(?![\w*_~])",
    ),
    Markup("a heading", "write its words alone", r"^#{1,6}[ \t]+\S[^\n]*"),
    Markup("a list", "write sentences", r"^[-*+] [^\n]+\n(?=[-*+] )"),
    Markup("an escape", "write the character alone", r"\\[*_`\[\]#]"),
    Markup(
        "an HTML entity",
        "write the character itself",
        r"&(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos|nbsp|shy|[mn]dash|hellip|[lr][sd]quo|[lr]aquo|euro);",
    ),
)
_START = re.compile(r"[!#%&*+:<=?\[\\^_`{~-]")  # of all patterns
_PLAIN = (*FOREIGN, *_REFERENCES, *_MARKDOWN)
IMAGE = next(kind for kind in _MARKDOWN if kind.what == "an image")
NOT_INLINE = tuple(kind for kind in _MARKDOWN if kind.what in ("an HTML tag", "a footnote", "a heading", "a list"))
_NOT_IN = {"plain text": _PLAIN, "exact words": _REFERENCES}

# A text in which these find nothing holds no markup. Every part begins with a character, so that the search is fast.
_FOREIGN_SIGN = r"==|%%|\{[{%:#.]|\}`|\[!|!\[\[|!!!|\?\?\?|\^(?<!\[\^)|\[-@|\[TOC|\[toc|<!--"
_SIGN_IN_BODY = re.compile(rf"{_FOREIGN_SIGN}|:::|```[ \t]*\{{|~~~[ \t]*\{{|---\n")
_SIGN_IN_VALUES = re.compile(
    rf"{_FOREIGN_SIGN}|\[[\[@^]|\]\(|\*\S|_(?<!\w_)\S|`|~~|\\|&[#a-zA-Z]|<[a-zA-Z]|\|[-+0-9]*\n"
    r"|#(?<=[\"']#)|#(?=#{0,5}[ \t])"
)


def may_be_foreign(text: str) -> bool:
    """Return whether a Markdown text may hold markup that only other programs read."""
    return _SIGN_IN_BODY.search(text) is not None


def find_markup(text: str, kinds: tuple[Markup, ...] = FOREIGN) -> Iterator[tuple[Markup, int, int]]:
    """Yield the markup of these kinds in a text, first to last, with its offsets."""
    pattern, place = _pattern(kinds), 0
    while start := _START.search(text, place):
        match = pattern.match(text, start.start())
        if match:
            yield kinds[int((match.lastgroup or "")[1:])], *match.span()
        place = match.end() if match else start.end()


@cache
def _pattern(kinds: tuple[Markup, ...]) -> re.Pattern[str]:
    # Text after a backslash is shown as it is.
    named = (rf"(?P<k{number}>{kind.pattern})" for number, kind in enumerate(kinds))
    return re.compile(rf"(?<!\\)(?:{'|'.join(named)})", re.MULTILINE)


def may_have_markup(source: str) -> bool:
    """Return whether any value of a YAML text may hold markup."""
    return _SIGN_IN_VALUES.search(source) is not None


def markup_in_values(raw: Value, struct: type[Struct], file: str) -> Iterator[Problem]:
    """Yield `markup-in-text` for the values that take none; sentences, which take some, have rules of their own.

    Only references are looked for in texts that are taken word for word, such as quotes.
    """
    count = 0
    for at, text, takes in _texts(raw, Shape("mapping", struct=struct), ()):
        for kind, start, end in find_markup(text, _NOT_IN[takes]) if takes in _NOT_IN else ():
            if count == MOST:
                return
            count += 1
            yield markup_problem(kind, first_line(text[start:end]), file, at, takes)


def first_line(text: str) -> str:
    """Return the first line of a text."""
    return text.partition("\n")[0]


def _texts(raw: Value, wanted: Shape, at: Keys) -> Iterator[tuple[Keys, str, str]]:
    """Yield the values that readers see, each with its keys, and what it takes."""
    if isinstance(raw, str):
        extra = wanted.meta.extra
        if extra:
            yield at, raw, extra["takes"]
    elif isinstance(raw, list):
        for index, item in enumerate(raw) if wanted.item is not None else ():
            yield from _texts(item, shape(wanted.item), (*at, index))
    elif wanted.struct is not None:
        known = keys(wanted.struct)
        for name, value in raw.items():
            if name in known:
                yield from _texts(value, known[name].shape, (*at, name))


def markup_problem(kind: Markup, words: str, file: str, at: Keys, takes: str) -> Problem:
    """Return `markup-in-text` for these words of a value that takes something else."""
    label = f'"{at[-1]}"' if isinstance(at[-1], str) else f'an entry of "{at[-2]}"'
    shown = shorten(words)
    message = f'"{shown}" is {kind.what}, but {label} takes {takes}'
    if takes == "exact words":
        hint = "write what the source prints"
    else:
        hint = "write its words alone" if kind in FOREIGN else kind.instead
    is_error = kind in _REFERENCES and takes == "plain text"
    pointer = Pointer(file, at, words=words)
    return Problem("markup-in-text", message, pointer, hint, Severity.ERROR if is_error else Severity.WARNING)
