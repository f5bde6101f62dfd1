"""Pages say no more than was done: "verified", "true" and "fact" are no words of templates or plans."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.model import vocabulary

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "themes").rglob("*.html"))
MODULES = sorted((ROOT / "briefgen/plan").glob("*.py"))
TOO_MUCH = re.compile(r"\b(?:un|not )?(?:verified|verifies|verification|true|fact)\b", re.IGNORECASE)


def shown_in(template: str) -> Iterator[str]:
    """Yield the words of a template: those between its tags, and the texts within them."""
    # What stands there is a value of an attribute, aria-current.
    template = re.sub(r"\{% block here .*?endblock %\}", "", template, flags=re.DOTALL)
    yield re.sub(r"<[^>]*>", " ", re.sub(r"\{([{%#]).*?[}%#]\}", " ", template, flags=re.DOTALL))
    for tag in re.findall(r"\{[{%](.*?)[}%]\}", template, flags=re.DOTALL):
        yield from re.findall(r'"([^"]*)"', tag)


def texts_in(module: str) -> Iterator[str]:
    """Yield the texts of a module, but for docstrings and for what values are compared with."""
    tree = ast.parse(module)
    left_out = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield node.value


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_template_has_a_status_word_that_says_too_much(path: Path) -> None:
    assert [text for text in shown_in(path.read_text(encoding="utf-8")) if TOO_MUCH.search(text)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_plan_has_a_status_word_that_says_too_much(path: Path) -> None:
    assert [text for text in texts_in(path.read_text(encoding="utf-8")) if TOO_MUCH.search(text)] == []


def test_no_verdict_and_no_status_of_the_vocabulary_says_too_much() -> None:
    words = [*vocabulary.STATUSES.values(), *vocabulary.VERDICT_LABELS.values(), *vocabulary.FINDING_LABELS.values()]

    assert [text for text in words if TOO_MUCH.search(text)] == []


def test_a_status_word_that_says_too_much_is_noticed() -> None:
    template = '{# true #}<p class="true">{% if x == true %}{{ "verified" if x }}{% endif %} a <b>Fact</b></p>'
    module = '"""True."""\nif x == "fact":\n    y = {"found": "not verified"}\n'

    assert [text.strip() for text in shown_in(template) if TOO_MUCH.search(text)] == ["a  Fact", "verified"]
    assert [text for text in texts_in(module) if TOO_MUCH.search(text)] == ["not verified"]
