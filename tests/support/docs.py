"""The generated parts of the documents. `python tests/support/docs.py` writes them anew.

A part stands between `<!-- generated: NAME -->` and `<!-- end -->`; all else is written by hand. docs/command-line.md
has a program of its own, `tests/support/command_line.py`.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec

from briefgen.assistant.tools import TOOLS
from briefgen.load.content import NEEDS_TEXT, STRUCTS
from briefgen.load.discover import FOLDERS
from briefgen.load.schema_text import KEYS
from briefgen.load.shapes import keys
from briefgen.model import checks, content, vocabulary
from briefgen.model.codes import CODES
from briefgen.model.content import Entry
from briefgen.model.texts import MarkedText

ROOT = Path(__file__).parents[2]
DOCUMENTS = tuple(
    ROOT / name
    for name in (
        "CONTRIBUTING.md",
        "docs/content.md",
        "docs/map.md",
        "docs/mcp.md",
        "docs/problems.md",
        "docs/quotes.md",
    )
)

_ENTRIES = vars(content) | vars(checks)
_PART = re.compile(r"(<!-- generated: (\w+)(?: ([\w-]+))? -->\n).*?(<!-- end -->)", re.DOTALL)

# Headings of docs/content.md that a type leads to, where they are not the type's own name.
_HEADINGS = {"FreePage": "free-page", "Config": "site", "SourceKind": "source-kind", "FlagKind": "flag-kind"} | {
    "DisputeKind": "dispute-kind",
    "KnownLink": "known-link",
    "CardImage": "card-image",
    "KeyPoint": "key-point",
    "SourceFile": "source-file",
    "UseGrades": "reliability-by-use",
    "SourceCheck": "source-check",
    "PublishedBrief": "published-brief",
    "PublishedClaim": "published-claim",
    "QuoteCheck": "quote-check",
    "PlaceCheck": "place-check",
    "SourceDefaults": "source-defaults",
}
_SIMPLE: tuple[tuple[Any, str, str], ...] = (
    (content.Id, "id", "ids"),
    (content.Text, "plain text", "plain texts"),
    (content.Line, "line of plain text", "lines of plain text"),
    (content.MaybeUnknown, "line of plain text, or `unknown`", "lines of plain text"),
    (content.Verbatim, "exact words", "exact words"),
    (content.AsPrinted, "line as printed, or `unknown`", "lines as printed"),
    (content.Path, "path", "paths"),
    (content.Url, "address", "addresses"),
    (content.MaybeUrl, "address or `unknown`", "addresses"),
    (content.Day, "day", "days"),
    (content.Date, "date", "dates"),
    (content.Name, "name", "names"),
    (content.ClaimRef, "claim", "claims"),
    (bool, "`true` or `false`", "words"),
    (int, "whole number", "whole numbers"),
)
# Lists of words that have a table of their own: type → words with their meaning, and what the meaning is called.
_WORDS: dict[str, tuple[Any, dict[Any, str], str]] = {
    "Reliability": (vocabulary.Reliability, dict(vocabulary.RELIABILITY), "the source is"),
    "Credibility": (vocabulary.Credibility, dict(vocabulary.CREDIBILITY), "that it was said is"),
    "SourceKind": (vocabulary.SourceKind, dict(vocabulary.SOURCE_KINDS), "readers see"),
    "FlagKind": (vocabulary.FlagKind, dict(vocabulary.FLAG_KINDS), "readers see"),
    "DisputeKind": (vocabulary.DisputeKind, dict(vocabulary.DISPUTE_KINDS), "readers see"),
    "Likelihood": (vocabulary.Likelihood, dict(vocabulary.LIKELIHOODS), "stands for"),
}
_DATES = (
    ("2025", "a year"),
    ("2025-12", "a month"),
    ("2025-12-03", "a day"),
    ("2025-12-03?", "uncertain: the source or you may be wrong"),
    ("2025-12~", "approximate: about then"),
    ("2025%", "uncertain and approximate"),
    ("unknown", "not known"),
)


def renewed(text: str) -> str:
    """`text` with every generated part as the code has it."""
    return _PART.sub(lambda match: f"{match[1]}{_MAKERS[match[2]](match[3] or '')}\n{match[4]}", text)


def without_parts(text: str) -> str:
    """`text` as it was written by hand."""
    return _PART.sub("", text)


def parts(text: str) -> list[tuple[str, str]]:
    """Name and argument of each generated part."""
    return [(match[2], match[3] or "") for match in _PART.finditer(text)]


def entries() -> list[type[Entry]]:
    """Every struct of content, in the order of its definition."""
    found = (value for value in _ENTRIES.values() if isinstance(value, type))
    return [value for value in found if issubclass(value, Entry) and value is not Entry]


def modules() -> dict[str, str]:
    """Every module of the package by its path in the repository, with the first line of its docstring."""
    found = {}
    for path in sorted((ROOT / "briefgen").rglob("*.py")):
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        found[path.relative_to(ROOT).as_posix()] = docstring.partition("\n")[0]
    return found


def layers() -> list[str]:
    """The modules directly below `briefgen`, as import-linter's layers list them, the highest first."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    listed = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [name.strip(" ()") for layer in listed for name in re.split(r"[|:]", layer)]


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def _keys(name: str) -> str:
    struct = _ENTRIES[name]
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    base = struct.__base__
    above = keys(base) if base is not Entry else {}
    rows = (
        (f"`{key}`", _form(fields[key].type), _default(fields[key]), KEYS[name].get(key, ""))
        for key in keys(struct)
        if key not in above
    )
    return _table(("key", "value", "default", "meaning"), (*rows, *_text_row(struct)))


def _text_row(struct: type[Entry]) -> Iterator[tuple[str, str, str, str]]:
    """The row of the text below the front matter, for what is written in Markdown files."""
    kind = next((kind for kind, known in STRUCTS.items() if known is struct), None)
    if (kind, ".md") in FOLDERS.values():
        default = "**required**" if kind in NEEDS_TEXT else "–"
        yield "the text below", "[Markdown](#markdown)", default, "What readers see on its page."


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "**required**"
    if isinstance(field.default, bool):
        return f"`{str(field.default).lower()}`"
    return "–" if field.default in (None, (), msgspec.NODEFAULT) else f"`{field.default}`"


def _form(annotation: Any, *, many: bool = False) -> str:
    """The form of a value in words, as the table of keys shows it."""
    for simple, one, several in _SIMPLE:
        if annotation == simple:
            return several if many else one
    origin, arguments = get_origin(annotation), get_args(annotation)
    if MarkedText in arguments:
        return "sentences in [inline Markdown](#markdown)" if many else "[inline Markdown](#markdown)"
    if origin is tuple:
        return f"list of {_form(arguments[0], many=True)}"
    if origin is Annotated:
        description = arguments[1].description
        return description or _form(arguments[0], many=many)
    if origin is Literal:
        return _choice(annotation)
    if arguments:
        return ", or ".join(_form(one, many=many) for one in arguments if one not in (type(None), MarkedText))
    name = annotation.__name__
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
    return f"[{words}{'s' if many else ''}](#{_HEADINGS.get(name, name.lower())})"


def _choice(annotation: Any) -> str:
    for name, (known, _, _) in _WORDS.items():
        if annotation == known:
            words = re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
            return f"[{words}](#{_HEADINGS.get(name, name.lower())})"
    *first, last = (f"`{word}`" for word in get_args(annotation))
    return f"{', '.join(first)} or {last}"


def _words(name: str) -> str:
    known, meanings, head = _WORDS[name]
    return _table(("word", head), ((f"`{word}`", meanings[word]) for word in get_args(known)))


def _dates(_: str) -> str:
    from briefgen.kernel.messages import messages_of
    from briefgen.plan.formatting import format_date

    rows = ((f"`{text}`", meaning, format_date(text, messages_of("en")).words) for text, meaning in _DATES)
    return _table(("you write", "meaning", "readers see"), rows)


def _problems(_: str) -> str:
    """The codes under the headings that `codes.py` has for them as comments: a table, then a section for each."""
    from support import problem_examples

    source = (ROOT / "briefgen/model/codes.py").read_text(encoding="utf-8")
    sections: dict[str, list[str]] = {}
    for comment, code in re.findall(r'^    (?:# (.+)|"([a-z0-9-]+)":)', source, re.MULTILINE):
        if comment:
            sections[comment] = []
        else:
            sections[next(reversed(sections))].append(code)
    return "\n\n".join(
        f"## {title[0].upper()}{title[1:]}\n\n"
        + _table(
            ("code", "weight", "meaning"),
            ((f"[`{code}`](#{code})", ", ".join(problem_examples.weights(code)), CODES[code]) for code in codes),
        )
        + "".join(f"\n\n{problem_examples.section(code)}" for code in codes)
        for title, codes in sections.items()
    )


def _said(code: str) -> str:
    """One problem of a bad project, as briefgen tells it."""
    from support import problem_examples

    return f"```text\n{problem_examples.said(code)[0].text}\n```"


def _folds(_: str) -> str:
    """The table of differences that do not count."""
    from briefgen.kernel.messages import messages_of
    from briefgen.plan.quotations import fold_rows

    rows = ((row.says, f"`{row.characters}`" if row.characters else "–") for row in fold_rows(messages_of("en")))
    return _table(("what counts as the same", "characters"), rows)


def _modules(_: str) -> str:
    """A table for each package and each module beside them, in the order of the layers."""
    found = modules()
    tables = []
    for layer in layers():
        package = f"briefgen/{layer}/"
        if f"{package}__init__.py" in found:
            rows = [(path, line) for path, line in found.items() if path.startswith(package)]
            rows.sort(key=lambda row: (row[0] != f"{package}__init__.py", row[0].count("/"), row[0]))
            tables.append(f"### {layer}\n\n{rows[0][1]}\n\n" + _table(("module", ""), _linked(rows[1:], package)))
        elif f"briefgen/{layer}.py" in found:
            path = f"briefgen/{layer}.py"
            tables.append(f"### {layer}\n\n[`{path}`](../{path}): {found[path]}")
    return "\n\n".join(tables)


def _verbs(_: str) -> str:
    verbs = re.findall(r"^([a-z]+):.*?## (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    return _table(("verb", ""), ((f"`make {verb}`", meaning) for verb, meaning in verbs))


def _linked(rows: Iterable[tuple[str, str]], package: str) -> Iterator[tuple[str, str]]:
    for path, line in rows:
        name = path.removeprefix(package)
        yield f"[`{name.replace('__init__.py', '')}`](../{path})", line


def _tools(_: str) -> str:
    """The tools of an assistant, with their arguments."""
    rows = []
    for tool in TOOLS:
        schema = tool.schema()
        required = schema.get("required", ())
        names = (f"**`{name}`**" if name in required else f"`{name}`" for name in schema["properties"])
        rows.append((f"`{tool.name}`", ", ".join(names), tool.description))
    return _table(("tool", "takes", "what it does"), rows)


_MAKERS: dict[str, Callable[[str], str]] = {
    "dates": _dates,
    "folds": _folds,
    "keys": _keys,
    "modules": _modules,
    "problems": _problems,
    "said": _said,
    "tools": _tools,
    "verbs": _verbs,
    "words": _words,
}


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))  # pytest has this folder there, too
    for document in DOCUMENTS:
        document.write_text(renewed(document.read_text(encoding="utf-8")), encoding="utf-8")
