"""The generated part of docs/site-themes.md, from the sources of the views. As a program, it writes it anew."""

import ast
import re
from pathlib import Path

from support.example_views import TEMPLATES

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs/site-themes.md"
VIEWS = ROOT / "briefgen/views/pages.py"

_PART = re.compile(r"(<!-- generated: views -->\n).*?(<!-- end -->)", re.DOTALL)


def renewed(text: str) -> str:
    """`text` with the tables of the views as the code has them."""
    return _PART.sub(lambda match: f"{match[1]}{_tables()}{match[2]}", text)


def _tables() -> str:
    source = VIEWS.read_text(encoding="utf-8")
    lines = source.split("\n")
    classes = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)}
    pages = [view.__name__ for view in TEMPLATES.values()]
    parts = sorted(classes.keys() - set(pages))
    text = "### Pages\n\n"
    for template, view in TEMPLATES.items():
        text += _section(f"`{template}`: {view.__name__}", classes[view.__name__], lines)
    text += "### What they are made of\n\n"
    for name in parts:
        text += _section(name, classes[name], lines)
    return text


def _section(heading: str, node: ast.ClassDef, lines: list[str]) -> str:
    meaning = ast.get_docstring(node) or ""
    rows = "".join(
        f"| `{field.target.id}` | `{ast.unparse(field.annotation)}` | {_comment(lines[field.lineno - 1])} |\n"
        for field in node.body
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
    ).replace(" | None`", r" \| None`")
    said = f"{' '.join(meaning.split())}\n\n" if meaning else ""
    return f"#### {heading}\n\n{said}| field | type | |\n| --- | --- | --- |\n{rows}\n"


def _comment(line: str) -> str:
    _, mark, comment = line.partition("  # ")
    return comment.replace("|", r"\|") if mark else ""


if __name__ == "__main__":
    DOCUMENT.write_text(renewed(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
