"""Translate the texts of a template when it is compiled, so that rendering needs no catalogue.

Templates use the syntax of jinja2's extension `i18n`: `{% trans %}`, `{% pluralize %}`, and `_("…")` in expressions.
The extension makes calls of gettext of these; here each call becomes the text itself, with the values in it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.visitor import NodeTransformer

from briefgen.kernel.messages import Messages

EXTENSION = "jinja2.ext.i18n"
PLURAL_FORM = "plural_form"
"""The filter that returns which plural form a number takes."""
NUMBER = "number"
"""The filter that returns a whole number as the language writes it; it is applied to all values in texts."""

# The name of each function with whether it has a context and whether it has a number.
_FUNCTIONS = {
    "_": (False, False),
    "gettext": (False, False),
    "ngettext": (False, True),
    "pgettext": (True, False),
    "npgettext": (True, True),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")


def translate_template(tree: nodes.Template, messages: Messages) -> nodes.Template:
    """Replace all texts to be translated in the tree of a template, and return it.

    Raises:
        TemplateSyntaxError: a text is not written out, or a translation has a placeholder that nothing fills.
    """
    _Translator(messages).visit(tree)
    tree.set_environment(tree.environment)  # type: ignore[arg-type]
    return tree


class _Translator(NodeTransformer):
    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    def visit_Output(self, node: nodes.Output) -> Any:  # noqa: N802 - jinja2 names the methods after its nodes
        """Replace the node that the extension made of a tag; its text is markup."""
        made = node.nodes[0] if len(node.nodes) == 1 else None
        values: dict[str, nodes.Expr] | None = None
        if isinstance(made, nodes.Mod) and isinstance(made.right, nodes.Dict):
            values = {str(pair.key.as_const()): pair.value for pair in made.right.items}
            made = made.left
        if not (isinstance(made, nodes.MarkSafeIfAutoescape) and isinstance(made.expr, nodes.Call)):
            return self.generic_visit(node)
        values = {name: self.visit(value) for name, value in (values or {}).items()}

        def output(text: str) -> nodes.Output:
            return nodes.Output(list(_fill(text, values, nodes.TemplateData, node.lineno)), lineno=node.lineno)

        return self._choose(made.expr, output, _make_if)

    def visit_Call(self, node: nodes.Call) -> Any:  # noqa: N802
        """Replace a call in an expression; its text is no markup, and its named arguments are the values in it."""
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.node.name not in _FUNCTIONS:
            return node
        values = {argument.key: argument.value for argument in node.kwargs}

        def expression(text: str) -> nodes.Expr:
            parts = list(_fill(text, values, nodes.Const, node.lineno))
            if all(isinstance(part, nodes.Const) for part in parts):
                return nodes.Const("".join(part.value for part in parts), lineno=node.lineno)  # type: ignore[attr-defined]
            return nodes.Concat(parts, lineno=node.lineno)

        return self._choose(node, expression, _make_conditional)

    def _choose(
        self,
        call: nodes.Call,
        make: Callable[[str], Any],
        choose: Callable[[nodes.Expr, Any, Any, int], Any],
    ) -> Any:
        """Return what `make` makes of the translated text, or for a number a choice among its plural forms."""
        has_context, has_number = _FUNCTIONS[call.node.name]  # type: ignore[attr-defined]
        number = self.visit(call.args[-1]) if has_number and call.args else None
        written = call.args[:-1] if has_number else call.args
        texts = [one.value for one in written if isinstance(one, nodes.Const) and isinstance(one.value, str)]
        if len(texts) != len(written) or len(texts) != 1 + has_context + has_number:
            raise TemplateSyntaxError("a text to be translated must be written out, in quotes", call.lineno)
        context = texts.pop(0) if has_context else ""
        forms = self._messages.forms(texts[0], context)
        if number is None:
            return make((forms or texts)[0])
        line = call.lineno
        if not forms:
            is_one = nodes.Compare(number, [nodes.Operand("eq", nodes.Const(1))], lineno=line)
            return choose(is_one, make(texts[0]), make(texts[1]), line)
        chosen = make(forms[-1])
        for form in reversed(range(len(forms) - 1)):
            which = nodes.Filter(number, PLURAL_FORM, [], [], None, None, lineno=line)
            test = nodes.Compare(which, [nodes.Operand("eq", nodes.Const(form))], lineno=line)
            chosen = choose(test, make(forms[form]), chosen, line)
        return chosen


def _make_if(test: nodes.Expr, one: nodes.Node, other: nodes.Node, line: int) -> nodes.If:
    return nodes.If(test, [one], [], [other], lineno=line)


def _make_conditional(test: nodes.Expr, one: nodes.Expr, other: nodes.Expr, line: int) -> nodes.CondExpr:
    return nodes.CondExpr(test, one, other, lineno=line)


def _fill(text: str, values: Mapping[str, nodes.Expr], literal: Any, line: int) -> Iterator[nodes.Expr]:
    """Yield the parts of a text: what is literal, and the values in it."""
    if not values:
        yield literal(text, lineno=line)
        return
    end = 0
    for found in _PLACEHOLDER.finditer(text):
        before = text[end : found.start()] + ("" if found[1] else "%")
        if before:
            yield literal(before, lineno=line)
        end = found.end()
        if found[1]:
            if found[1] not in values:
                raise TemplateSyntaxError(f'a translation has "%({found[1]})s", which the template does not fill', line)
            value = values[found[1]]
            # What a macro returns is markup.
            is_markup = isinstance(value, nodes.Call)
            yield value if is_markup else nodes.Filter(value, NUMBER, [], [], None, None, lineno=line)
    if text[end:]:
        yield literal(text[end:], lineno=line)
