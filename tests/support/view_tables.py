"""The generated part of docs/site-themes.md, from the sources of the views. As a program, it rewrites that part."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from support.example_views import TEMPLATES

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs/site-themes.md"
_FILES = ("parts.py", "sources.py", "claims.py", "positions.py", "cards.py", "timelines.py", "pages.py")
VIEWS = [ROOT / "briefgen/views" / name for name in _FILES]

_PART = re.compile(r"(<!-- generated: views -->\n).*?(<!-- end -->)", re.DOTALL)


def renewed(text: str) -> str:
    """Return `text` with the tables of the views as the code has them."""
    return _PART.sub(lambda match: f"{match[1]}{_tables()}{match[2]}", text)


def _tables() -> str:
    source = "\n".join(file.read_text(encoding="utf-8") for file in VIEWS)
    lines = source.split("\n")
    classes = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)}
    pages = [view.__name__ for view in TEMPLATES.values()]
    bases = {base.id for node in classes.values() for base in node.bases if isinstance(base, ast.Name)}
    parts = sorted(classes.keys() - set(pages) - bases)
    text = "### Pages\n\n"
    for template, view in TEMPLATES.items():
        text += _section(f"`{template}`: {view.__name__}", classes[view.__name__], classes, lines)
    text += "### What they are made of\n\n"
    for name in parts:
        text += _section(name, classes[name], classes, lines)
    return text


def _section(heading: str, node: ast.ClassDef, classes: dict[str, ast.ClassDef], lines: list[str]) -> str:
    meaning = ast.get_docstring(node) or ""
    rows = "".join(
        f"| `{field.target.id}` | `{ast.unparse(field.annotation)}` | {_comment(lines[field.lineno - 1])} |\n"
        for field in _fields(node, classes)
        if isinstance(field.target, ast.Name)
    ).replace(" | None`", r" \| None`")
    said = f"{' '.join(meaning.split())}\n\n" if meaning else ""
    return f"#### {heading}\n\n{said}| field | type | |\n| --- | --- | --- |\n{rows}\n"


def _fields(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> Iterator[ast.AnnAssign]:
    """Yield the fields of a struct, those that it inherits first."""
    for base in node.bases:
        if isinstance(base, ast.Name) and base.id in classes:
            yield from _fields(classes[base.id], classes)
    yield from (field for field in node.body if isinstance(field, ast.AnnAssign))


def _comment(line: str) -> str:
    _, mark, comment = line.partition("  # ")
    return comment.replace("|", r"\|") if mark else ""


if __name__ == "__main__":
    DOCUMENT.write_text(renewed(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
