"""The sandbox that templates run in: they see `view` and nothing else, so their output is a function of it.

No globals, no clock, no chance, no names that are made up while rendering. Everything that the pattern of `closure`
could miss is refused before a template runs.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, MutableMapping
from difflib import get_close_matches
from types import CodeType
from typing import TYPE_CHECKING, Any, ClassVar, cast

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateSyntaxError, meta, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import TemplateNotFound
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import Struct

from briefgen.render.budget import MOST_DEPTH, STEPS_PER_CALL, Budget
from briefgen.render.bytecode import Bytecode
from briefgen.render.closure import references
from briefgen.render.guard import OPERATORS, Guard, insert_guards
from briefgen.render.site_theme import SiteTheme
from briefgen.views import MemoizedPart

if TYPE_CHECKING:
    from typing_extensions import override
else:

    def override(method: Any) -> Any:
        """What `typing.override` is from Python 3.12 on."""
        return method


NAMES = frozenset({"view"})

# Jinja2's own filters and tests that are pure and that a page may need. Not `safe`: only the view says what is markup.
FILTER_NAMES = (
    "batch", "count", "default", "escape", "first", "groupby", "int", "join", "last",
    "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse",
    "select", "selectattr", "slice", "sort", "string", "striptags", "sum", "tojson",
    "trim", "truncate", "unique", "upper", "urlencode", "wordcount",
)  # fmt: skip
TEST_NAMES = (
    "boolean", "defined", "divisibleby", "eq", "equalto", "even", "false", "ge", "greaterthan",
    "gt", "in", "integer", "le", "lessthan", "lt", "mapping", "ne", "none", "number", "odd",
    "sequence", "string", "true", "undefined", "==", "!=", "<", ">", "<=", ">=",
)  # fmt: skip

_PULLS_IN: tuple[type[nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport], ...] = (
    nodes.Extends,
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
)


_UNFIT = re.compile("[\0\ud800-\udfff]")
_SCALARS: frozenset[type] = frozenset((str, int, bool, type(None)))
_VARIANTS = 16
"""So many different other arguments of a macro are kept apart: a page's own title or number is another on each page."""


class TemplateRefusedError(TemplateSyntaxError):
    """A template that jinja2 could read has a problem of a code of its own."""

    code: ClassVar[str]
    hint: ClassVar[str]


class DynamicIncludeError(TemplateRefusedError):
    """A template pulls in another whose name is not written out."""

    code = "dynamic-include"
    hint = 'write it in quotes, as in {% include "parts/claim.html" %}'


class CircularTemplatesError(TemplateRefusedError):
    """Templates pull each other in, in a circle."""

    code = "circular-templates"
    hint = "take out one of these tags; a macro may call itself instead"


COMPILER = "shown, fields, guarded"
"""Names what `_Compiler` makes of templates: compiled ones that are kept are of no use to another."""


class _Compiler(CodeGenerator):
    """Compiles each `{{ … }}` to one call of `shown`, where jinja2 makes three and an object: pages have dozens.

    Each `.name` becomes a call of what `Sandbox.field` gives for the name: pages have a hundred.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fields: dict[str, str] = {}

    @override
    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 (jinja2's name)
        super().visit_Template(node, frame)
        for attribute, function in self._fields.items():
            self.writeline(f"{function} = environment.field({attribute!r})")

    @override
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 (jinja2's name)
        # Numbered, as Python takes some names for one that are two.
        self.write(self._fields.setdefault(node.attr, f"field_{len(self._fields)}") + "(")
        self.visit(node.node, frame)
        self.write(")")

    @override
    def _output_child_pre(self, *_: Any) -> None:
        self.write("environment.shown(")

    @override
    def _output_child_post(self, *_: Any) -> None:
        self.write(")")


class _Template(Template):
    """A template that says which macros others import from it: their pages share these, and they see no page's view."""

    @override
    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        if self._module is not None and (ctx is None or not ctx.globals_keys):
            return self._module
        known = self._module
        environment = cast("Sandbox", self.environment)
        before = environment.budget.pause()
        try:
            module = super()._get_default_module(ctx)
        finally:
            environment.budget.resume(before)
        if module is not known and module is self._module:
            environment.pure.update(value for value in vars(module).values() if type(value) is Macro)
        return module


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2 as site themes get it. Lists cannot be changed: pages share those of a module that they import."""

    code_generator_class: type[CodeGenerator] = _Compiler
    template_class: type[Template] = _Template
    intercepted_binops = OPERATORS

    def __init__(
        self, site_theme: SiteTheme, own_filters: dict[str, Callable[..., Any]], bytecode: Bytecode, budget: Budget
    ) -> None:
        self.budget = budget
        self.guard = Guard(budget)
        self.shown = self.guard.show
        super().__init__(
            loader=_Loader(site_theme, bytecode),
            undefined=StrictUndefined,
            autoescape=True,
            auto_reload=False,
            cache_size=-1,
            finalize=self.shown,
        )
        vars(self)["concat"] = self.guard.concat  # as `NativeEnvironment` of jinja2 does
        self.pure: set[Macro] = set()
        self._plain: set[type] = {LoopContext}
        self._templates = site_theme.templates
        self._kept: dict[tuple[Macro, int, str], tuple[MemoizedPart, str]] = {}
        self._variants: defaultdict[Macro, set[str]] = defaultdict(set)
        self.globals.clear()
        self.filters = self.guard.filters(FILTER_NAMES, own_filters)
        self.tests = self.guard.tests(TEST_NAMES)

    @override
    def getattr(self, obj: Any, attribute: str) -> Any:
        # A view has no attributes but fields and names that begin with "_".
        if isinstance(obj, Struct) and attribute[:1] != "_":
            self._plain.add(type(obj))
            try:
                return getattr(obj, attribute)
            except AttributeError:
                return self.undefined(hint=_no_field(obj, attribute))
        return super().getattr(obj, attribute)

    def references(self, name: str) -> dict[str, int]:
        """Return the names of the templates that a template pulls in, and in which line; none if it cannot be read."""
        template = self._templates.get(name)
        try:
            tree = self.parse(template.text, name, template.file) if template else nodes.Template([])
        except (TemplateSyntaxError, RecursionError):
            return {}
        found: dict[str, int] = {}
        for node in tree.find_all(_PULLS_IN):
            for target in _targets(node.template):
                if isinstance(target, nodes.Const):
                    found.setdefault(target.value, node.lineno)
        return found

    def field(self, attribute: str) -> Callable[[Any], Any]:
        """A function that does what `getattr` does for this attribute, at a third of the cost for most things.

        Those are of types of which all attributes may be seen that do not begin with "_": views, as they are met.
        """
        if attribute.startswith("_"):
            return lambda thing: self.getattr(thing, attribute)
        plain = self._plain

        def field(thing: Any) -> Any:
            if type(thing) in plain:
                try:
                    return getattr(thing, attribute)
                except AttributeError:
                    pass  # `getattr` knows what to say
            return self.getattr(thing, attribute)

        return field

    @override
    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        del context
        return self.guard.operate(operator, left, right, self.binop_table[operator])

    @override
    def call(self, context: Context, obj: Any, *args: Any, **kwargs: Any) -> Any:
        if type(obj) is not Macro:
            call = super().call
            return self.guard.call(obj, args, kwargs, lambda args: call(context, obj, *args, **kwargs))
        # What jinja2 hands to functions that ask for their context; macros do not.
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        budget = self.budget
        if args and isinstance(args[0], MemoizedPart) and obj in self.pure:
            key = self._key(obj, args, kwargs)
            if key is not None:
                kept = self._kept.get(key)
                if kept is None:
                    # The part is kept as well, so that no other gets its number.
                    kept = self._kept[key] = args[0], self._make_shared(obj, args, kwargs)
                return kept[1]
        budget.depth += 1
        budget.steps += STEPS_PER_CALL
        if budget.steps > budget.next_look or budget.depth > MOST_DEPTH:
            budget.look()
        try:
            return obj(*args, **kwargs)
        finally:
            budget.depth -= 1

    def _make_shared(self, macro: Macro, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        before = self.budget.pause()
        try:
            return macro(*args, **kwargs)
        finally:
            self.budget.resume(before)

    def _key(self, macro: Macro, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Macro, int, str] | None:
        """Return under what to keep the result of an imported macro; None where it is not to be kept."""
        more = ""
        if kwargs or len(args) > 1:
            if not _SCALARS.issuperset(map(type, (*args[1:], *kwargs.values()))):
                return None
            more = repr((args[1:], kwargs))
            variants = self._variants[macro]
            if more not in variants:
                if len(variants) >= _VARIANTS:
                    return None
                variants.add(more)
        return macro, id(args[0]), more


class _Loader(BaseLoader):
    """Templates from a site theme, looked through before they are compiled."""

    def __init__(self, site_theme: SiteTheme, bytecode: Bytecode) -> None:
        self.templates = site_theme.templates
        self.bytecode = bytecode

    @override
    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        template = self.templates.get(name)
        if template is None:
            raise TemplateNotFound(name)
        code = self.bytecode.get(name, template.file, template.text)
        if code is None:
            code = self._compile(environment, name, template.file, template.text)
            self.bytecode.keep(name, template.file, template.text, code)
        return environment.template_class.from_code(environment, code, {} if globals is None else globals)

    def _compile(self, environment: Environment, name: str, file: str, text: str) -> CodeType:
        budget = cast("Sandbox", environment).budget
        before = budget.pause()  # as jinja2 computes some values when it compiles
        try:
            tree = environment.parse(text, name, file)
            for check in CHECKS:
                check(environment, tree, text)
            return environment.compile(insert_guards(tree), name, file)
        except TemplateSyntaxError as error:
            # Parts of jinja2 name no file, or one that is none.
            error.name, error.filename = name, file
            raise
        except (RecursionError, MemoryError) as error:
            raise TemplateSyntaxError("the template is nested too deeply", 0, name, file) from error
        except SyntaxError as error:
            # Python's own limits, such as that of twenty loops inside each other.
            raise TemplateSyntaxError(f"the template cannot be compiled: {error.msg}", 0, name, file) from error
        finally:
            budget.resume(before)


def _no_field(view: Struct, attribute: str) -> str:
    close = get_close_matches(attribute, view.__struct_fields__, n=1)
    hint = f'; did you mean "{close[0]}"?' if close else ""
    return f'{type(view).__name__} has no field "{attribute}"{hint}'


def _check_text(environment: Environment, tree: nodes.Template, text: str) -> None:
    r"""Refuse escapes of characters that no page can hold, such as `\ud800`."""
    del environment, text
    for node in tree.find_all(nodes.Const):
        if isinstance(node.value, str) and (found := _UNFIT.search(node.value)):
            raise TemplateSyntaxError(f'no page can hold the character "\\u{ord(found[0]):04x}"', node.lineno)


def _check_callables(environment: Environment, tree: nodes.Template, text: str) -> None:
    """Refuse filters and tests that there are not, which jinja2 notices in some places only while rendering."""
    del text
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        kind, known = ("filter", environment.filters) if isinstance(node, nodes.Filter) else ("test", environment.tests)
        if node.name not in known:
            close = get_close_matches(node.name, known, n=1, cutoff=0.75)
            hint = f'; did you mean "{close[0]}"?' if close else "; docs/site-themes.md lists those that there are"
            raise TemplateSyntaxError(f'no {kind} "{node.name}"{hint}', node.lineno)


def _check_names(environment: Environment, tree: nodes.Template, text: str) -> None:
    """Refuse names that nothing defines, which jinja2 itself would notice only while rendering."""
    del environment, text
    for reference in tree.find_all(nodes.NSRef):
        changed = f"{reference.name}.{reference.attr}"
        raise TemplateSyntaxError(
            f'a template cannot change "{changed}"; it can give a name of its own a value', reference.lineno
        )
    unknown = meta.find_undeclared_variables(tree) - NAMES - set(_defined(tree))
    for node in tree.find_all(nodes.Name):
        if node.name in unknown:
            raise TemplateSyntaxError(
                f'nothing here is called "{node.name}"; a template sees "view" alone', node.lineno
            )


def _defined(tree: nodes.Template) -> Iterator[str]:
    """Names that a template gives a meaning somewhere: jinja2 calls those unknown that only one branch sets."""
    for name in tree.find_all(nodes.Name):
        if name.ctx != "load":
            yield name.name
    for macro in tree.find_all(nodes.Macro):
        yield macro.name
    for module in tree.find_all(nodes.Import):
        yield module.target
    for imported in tree.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in imported.names)


def _check_references(environment: Environment, tree: nodes.Template, text: str) -> None:
    """Refuse what would make `closure` lie: names of templates that are not written out in full."""
    del environment
    written = references(text)
    for node in tree.find_all(_PULLS_IN):
        for target in _targets(node.template):
            if not isinstance(target, nodes.Const) or target.value not in written:
                raise DynamicIncludeError(
                    "the name of a template that is included, imported or extended must be written out", node.lineno
                )


def _targets(node: nodes.Expr) -> list[nodes.Expr]:
    return node.items if isinstance(node, nodes.List | nodes.Tuple) else [node]


CHECKS = (_check_text, _check_callables, _check_names, _check_references)
"""What a template must hold to be compiled; the first that it does not raises `TemplateSyntaxError`."""
