"""The environment that templates run in: they see `view` and nothing else, so their output is a function of it.

There are no globals, no clock, no randomness, and no names of templates that are computed while rendering.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateSyntaxError
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import Struct

from briefgen.kernel.reference_mode import is_reference_mode
from briefgen.model.names import did_you_mean
from briefgen.render.sandbox.budget import Budget
from briefgen.render.sandbox.compiled_templates import CompiledTemplates
from briefgen.render.sandbox.fast_code import FastCodeGenerator
from briefgen.render.sandbox.guard import OPERATORS, Guard, insert_guards
from briefgen.render.sandbox.memoized_parts import MemoizedParts, MemoizingTemplate
from briefgen.render.sandbox.template_checks import check_template, reference_lines
from briefgen.render.sandbox.translation import EXTENSION, NUMBER, PLURAL_FORM, translate_template
from briefgen.render.site_theme import SiteTheme
from briefgen.views import MemoizedPart

# Jinja2's own filters and tests that are pure and that a page may need. Not `safe`: only the view marks markup.
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


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2 as site themes get it. Lists cannot be changed: pages share those of a module that they import.

    `compiled` is a private folder for compiled templates; without one, none are cached.
    """

    template_class = MemoizingTemplate
    intercepted_binops = OPERATORS

    def __init__(
        self, site_theme: SiteTheme, own_filters: dict[str, Callable[..., Any]], compiled: Path | None
    ) -> None:
        self.budget = Budget()
        self.guard = Guard(self.budget)
        self.memoized_parts = MemoizedParts(self.budget)
        self._templates = site_theme.templates
        self._messages = site_theme.messages
        if not is_reference_mode():
            self.code_generator_class = FastCodeGenerator
        super().__init__(
            loader=FunctionLoader(self._source),
            extensions=[EXTENSION],
            bytecode_cache=self._make_cache(compiled) if compiled else None,
            undefined=StrictUndefined,
            autoescape=True,
            auto_reload=False,
            cache_size=-1,
            finalize=self.guard.show,
        )
        vars(self)["concat"] = self.guard.concat  # as `NativeEnvironment` of jinja2 does
        self.globals.clear()
        self.policies["ext.i18n.trimmed"] = True
        of_language = {PLURAL_FORM: self._messages.plural_form, NUMBER: self._messages.number}
        self.filters = self.guard.filters(FILTER_NAMES, own_filters | of_language)
        self.tests = self.guard.tests(TEST_NAMES)

    def _make_cache(self, folder: Path) -> CompiledTemplates:
        return CompiledTemplates(folder, f"{self.code_generator_class.__name__} {self._messages.digest}")

    def _source(self, name: str) -> tuple[str, str, None] | None:
        template = self._templates.get(name)
        return (template.text, template.file, None) if template else None

    def references(self, name: str) -> dict[str, int]:
        """Return the names of the templates that a template pulls in, and in which line; none if it cannot be read."""
        template = self._templates.get(name)
        try:
            return reference_lines(self.parse(template.text, name, template.file)) if template else {}
        except (TemplateSyntaxError, RecursionError):
            return {}

    def compile(self, source: Any, name: Any = None, filename: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Compile a template after its checks, with guards in it."""
        try:
            with self.budget.paused():  # jinja2 computes some values when it compiles
                tree = translate_template(self.parse(source, name, filename), self._messages)
                check_template(self, tree, source)
                return super().compile(insert_guards(tree), name, filename, *args, **kwargs)
        except TemplateSyntaxError as error:
            # Parts of jinja2 name no file, or one that does not exist.
            error.name, error.filename = name, filename
            raise
        except (RecursionError, MemoryError) as error:
            raise TemplateSyntaxError("the template is nested too deeply", 0, name, filename) from error
        except SyntaxError as error:
            # Python's own limits, such as that of twenty loops inside each other.
            raise TemplateSyntaxError(f"the template cannot be compiled: {error.msg}", 0, name, filename) from error

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute of a value: of a view or a loop any whose name does not begin with "_"."""
        if attribute[:1] != "_" and _is_plain(type(obj)):  # type: ignore[arg-type] # mypy does not see that it is hashable
            try:
                return getattr(obj, attribute)
            except AttributeError:
                if isinstance(obj, Struct):
                    hint = did_you_mean(attribute, obj.__struct_fields__, cutoff=0.6)
                    message = f'{type(obj).__name__} has no field "{attribute}"'
                    return self.undefined(hint=f"{message}; {hint}" if hint else message)
        return super().getattr(obj, attribute)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Return the result of an operator, with checks."""
        return self.guard.operate(operator, left, right, self.binop_table[operator])

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a macro or what else a template may call, and count it."""
        if type(obj) is not Macro:
            call = super().call
            return self.guard.call(obj, args, kwargs, lambda args: call(context, obj, *args, **kwargs))
        # For functions that take their context, which macros do not.
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        if args and isinstance(args[0], MemoizedPart):
            text = self.memoized_parts.render(obj, args, kwargs)
            if text is not None:
                return text
        self.budget.enter()
        try:
            return obj(*args, **kwargs)
        finally:
            self.budget.depth -= 1


@cache
def _is_plain(kind: type) -> bool:
    """Return whether objects of a type have no public attributes but those for templates."""
    return issubclass(kind, Struct | LoopContext)
