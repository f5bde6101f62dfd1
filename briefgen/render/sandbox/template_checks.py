"""What templates must hold to be compiled: everything that `template_dependencies` could miss is refused."""

import re
from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from briefgen.model.names import did_you_mean
from briefgen.render.template_dependencies import find_references

NAMES = frozenset({"view"})

_REFERENCES: tuple[type[nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport], ...] = (
    nodes.Extends,
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
)
_UNENCODABLE = re.compile("[\0\ud800-\udfff]")


class TemplateRefusedError(TemplateSyntaxError):
    """A template that jinja2 could read has a problem with a code of its own."""

    def __init__(self, code: str, message: str, line: int, hint: str) -> None:
        super().__init__(message, line)
        self.code = code
        self.hint = hint


def check_template(environment: Environment, tree: nodes.Template, text: str) -> None:
    """Check the syntax tree of a template and its source.

    Raises:
        TemplateSyntaxError: the first check that fails.
    """
    found = list(tree.find_all(nodes.Node))  # once, as walking the tree takes long
    for node in found:
        if isinstance(node, nodes.Const):
            _check_text(node)
        elif isinstance(node, nodes.Filter | nodes.Test):
            _check_callable(environment, node)
        elif isinstance(node, nodes.EvalContextModifier):
            message = "a template cannot turn escaping on or off; all texts are escaped"
            raise TemplateSyntaxError(message, node.lineno)
        elif isinstance(node, nodes.NSRef):
            message = f'a template cannot change "{node.name}.{node.attr}"; it can give a name of its own a value'
            raise TemplateSyntaxError(message, node.lineno)
    _check_names(tree, found)
    _check_references(tree, text)


def reference_lines(tree: nodes.Template) -> dict[str, int]:
    """Return the names of the templates that a template includes, imports or extends, each with its first line."""
    found: dict[str, int] = {}
    for node, target in _targets(tree):
        if isinstance(target, nodes.Const):
            found.setdefault(target.value, node.lineno)
    return found


def _targets(tree: nodes.Template) -> Iterator[tuple[nodes.Node, nodes.Expr]]:
    for node in tree.find_all(_REFERENCES):
        names = node.template
        for target in names.items if isinstance(names, nodes.List | nodes.Tuple) else [names]:
            yield node, target


def _check_text(node: nodes.Const) -> None:
    r"""Refuse escapes of characters that no page can hold, such as `\ud800`."""
    if isinstance(node.value, str) and (found := _UNENCODABLE.search(node.value)):
        raise TemplateSyntaxError(f'no page can hold the character "\\u{ord(found[0]):04x}"', node.lineno)


def _check_callable(environment: Environment, node: nodes.Filter | nodes.Test) -> None:
    """Refuse unknown filters and tests, which jinja2 notices in some places only while rendering."""
    kind, known = ("filter", environment.filters) if isinstance(node, nodes.Filter) else ("test", environment.tests)
    if node.name not in known:
        hint = did_you_mean(node.name, known, cutoff=0.75) or "docs/site-themes.md lists those that there are"
        raise TemplateSyntaxError(f'no {kind} "{node.name}"; {hint}', node.lineno)


def _check_names(tree: nodes.Template, found: list[nodes.Node]) -> None:
    """Refuse undefined names, which jinja2 itself would notice only while rendering."""
    names = [node for node in found if isinstance(node, nodes.Name)]
    unknown = {node.name for node in names} - NAMES - set(_defined(found))
    if unknown:  # or names that jinja2 defines, such as `loop`
        unknown &= meta.find_undeclared_variables(tree)
    for node in names:
        if node.name in unknown:
            message = f'nothing here is called "{node.name}"; a template sees "view" alone'
            raise TemplateSyntaxError(message, node.lineno)


def _defined(found: list[nodes.Node]) -> Iterator[str]:
    """Yield the names that a template defines anywhere: to jinja2, those that only one branch sets are undeclared."""
    for node in found:
        if isinstance(node, nodes.Macro) or (isinstance(node, nodes.Name) and node.ctx != "load"):
            yield node.name
        elif isinstance(node, nodes.Import):
            yield node.target
        elif isinstance(node, nodes.FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in node.names)


def _check_references(tree: nodes.Template, text: str) -> None:
    """Refuse names of templates that are not written out, which `find_references` would not find."""
    written = find_references(text)
    for node, target in _targets(tree):
        if not isinstance(target, nodes.Const) or target.value not in written:
            raise TemplateRefusedError(
                "dynamic-include",
                "the name of a template that is included, imported or extended must be written out",
                node.lineno,
                hint='write it in quotes, as in {% include "parts/claim.html" %}',
            )
