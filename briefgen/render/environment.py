"""The sandbox that templates run in: they see `view` and nothing else, so their output is a function of it.

No globals, no clock, no chance, no names that are made up while rendering. Everything that the pattern of `closure`
could miss is refused before a template runs.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, MutableMapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, cast

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateSyntaxError, Undefined, meta, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import TemplateNotFound, TemplateRuntimeError
from jinja2.filters import FILTERS
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS
from markupsafe import Markup, escape
from msgspec import Struct

from briefgen.model.page import Shared
from briefgen.render.bytecode import Bytecode
from briefgen.render.closure import references
from briefgen.render.site_theme import SiteTheme

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


_SCALARS: frozenset[type] = frozenset((str, int, bool, type(None)))
_VARIANTS = 16
"""So many different other arguments of a macro are kept apart: a page's own title or number is another on each page."""


class DynamicIncludeError(TemplateSyntaxError):
    """A template pulls in another whose name is not written out."""


COMPILER = "shown, fields"
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
        known = self._module
        module = super()._get_default_module(ctx)
        if module is not known and module is self._module:
            macros = (value for value in vars(module).values() if type(value) is Macro)
            cast("Sandbox", self.environment).pure.update(macros)
        return module


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2 as site themes get it. Lists cannot be changed: pages share those of a module that they import."""

    code_generator_class: type[CodeGenerator] = _Compiler
    template_class: type[Template] = _Template

    def __init__(self, site_theme: SiteTheme, own_filters: dict[str, Callable[..., Any]], bytecode: Bytecode) -> None:
        super().__init__(
            loader=_Loader(site_theme, bytecode),
            undefined=StrictUndefined,
            autoescape=True,
            auto_reload=False,
            cache_size=-1,
            finalize=shown,
        )
        self.shown = shown
        self.pure: set[Macro] = set()
        self._plain: set[type] = {LoopContext}
        self._kept: dict[tuple[Macro, int, str], tuple[Shared, Any]] = {}
        self._variants: defaultdict[Macro, set[str]] = defaultdict(set)
        self.globals.clear()
        self.filters = {name: FILTERS[name] for name in FILTER_NAMES} | own_filters
        self.tests = {name: TESTS[name] for name in TEST_NAMES}

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
    def call(self, context: Context, obj: Any, *args: Any, **kwargs: Any) -> Any:
        if type(obj) is not Macro:
            return super().call(context, obj, *args, **kwargs)
        # What jinja2 hands to functions that ask for their context; macros do not.
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        if not args or not isinstance(part := args[0], Shared) or obj not in self.pure:
            return obj(*args, **kwargs)
        more = ""
        if kwargs or len(args) > 1:
            if not _SCALARS.issuperset(map(type, (*args[1:], *kwargs.values()))):
                return obj(*args, **kwargs)
            more = repr((args[1:], kwargs))
            variants = self._variants[obj]
            if more not in variants:
                if len(variants) >= _VARIANTS:
                    return obj(*args, **kwargs)
                variants.add(more)
        # The part is kept as well, so that no other gets its number.
        key = (obj, id(part), more)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = (part, obj(*args, **kwargs))
        return kept[1]


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
            tree = environment.parse(template.text, name, template.file)
            for check in (_check_names, _check_references):
                check(tree, name, template.file, template.text)
            code = environment.compile(tree, name, template.file)
            self.bytecode.keep(name, template.file, template.text, code)
        return environment.template_class.from_code(environment, code, {} if globals is None else globals)


def shown(value: Any) -> str:
    """A text, number or piece of markup as it stands in a page; anything else there is a slip of the template."""
    kind = type(value)
    if kind is str or kind is Markup:
        text: str = value
        # Most texts have nothing to escape, and to find that out takes a fifth of the time; a pattern takes longer.
        if kind is str and ("&" in text or "<" in text or ">" in text or "'" in text or '"' in text):
            return escape(text)
        return text
    if kind is int or isinstance(value, Undefined):
        return str(value)
    if hasattr(value, "__html__"):
        return str(value.__html__())
    what = "nothing (none)" if value is None else f"a value of type {kind.__name__}"
    raise TemplateRuntimeError(f"only text and numbers can be shown, and this is {what}")


def _no_field(view: Struct, attribute: str) -> str:
    close = get_close_matches(attribute, view.__struct_fields__, n=1)
    hint = f'; did you mean "{close[0]}"?' if close else ""
    return f'{type(view).__name__} has no field "{attribute}"{hint}'


def _check_names(tree: nodes.Template, name: str, file: str, text: str) -> None:
    """Refuse names that nothing defines, which jinja2 itself would notice only while rendering."""
    del text
    unknown = meta.find_undeclared_variables(tree) - NAMES - set(_defined(tree))
    for node in tree.find_all(nodes.Name):
        if node.name in unknown:
            raise TemplateSyntaxError(
                f'nothing here is called "{node.name}"; a template sees "view" alone', node.lineno, name, file
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


def _check_references(tree: nodes.Template, name: str, file: str, text: str) -> None:
    """Refuse what would make `closure` lie: names of templates that are not written out in full."""
    written = references(text)
    for node in tree.find_all(_PULLS_IN):
        for target in _targets(node.template):
            if not isinstance(target, nodes.Const) or target.value not in written:
                raise DynamicIncludeError(
                    "the name of a template that is included, imported or extended must be written out",
                    node.lineno,
                    name,
                    file,
                )


def _targets(node: nodes.Expr) -> list[nodes.Expr]:
    return node.items if isinstance(node, nodes.List | nodes.Tuple) else [node]
