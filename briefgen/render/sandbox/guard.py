"""The checks of all that a template does: which values may become text, and what counts as work of a page.

Only `Guard.text` makes text of a value. jinja2 has hooks for most ways from a value to text or to much work:
`finalize`, operators, calls, filters and tests. `insert_guards` adds filters for the others. Their names begin with
`*`, so that no template can write them.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from jinja2 import Environment, TemplateRuntimeError, Undefined, nodes, pass_context, pass_environment
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.runtime import BlockReference, LoopContext
from jinja2.tests import TESTS
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from briefgen.render.sandbox.budget import Budget, OverBudgetError

OPERATORS = frozenset(("+", "*", "**", "%", "//"))
"""Those that can make something large, or text of something that is none."""

Function = Callable[..., Any]

_CONTAINERS: frozenset[type] = frozenset((list, tuple, dict, type({}.keys()), type({}.values()), type({}.items())))
_MOST_BITS = 10_000  # of a whole number: three thousand digits

# Filters that take or return other values than texts and numbers, and make no text of them. All others take texts and
# numbers alone, so that a filter which is added to those that templates may use is safe by default.
_LOOKING = frozenset(("count", "default", "first", "headings", "int", "last", "length", "prose", "truncate"))
_ITEMWISE = frozenset((
    "batch", "groupby", "list", "map", "max", "min", "reject", "rejectattr", "reverse", "select", "selectattr",
    "slice", "sort", "sum", "tojson", "unique",
))  # fmt: skip
_COMPARING = frozenset((
    "eq", "equalto", "ge", "greaterthan", "gt", "in", "le", "lessthan", "lt", "ne", "==", "!=", "<", ">", "<=", ">=",
))  # fmt: skip
_TEXT_METHODS = frozenset((
    "capitalize", "casefold", "center", "count", "endswith", "find", "index", "isalnum", "isalpha", "isascii",
    "isdecimal", "isdigit", "islower", "isnumeric", "isspace", "istitle", "isupper", "join", "ljust", "lower",
    "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition",
    "rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "swapcase", "title", "upper", "zfill",
))  # fmt: skip
_MAPPING_METHODS = frozenset(("get", "items", "keys", "values"))
_PADDING = frozenset(("center", "ljust", "rjust", "zfill"))
SHORT_TEXT = 1_000  # is counted only as a piece of what it goes into
_FEW_PIECES = 1_000
_LITTLE_TEXT = 1_000_000
_CHARACTERS_PER_STEP = 4  # where an operation looks at the single characters of a text


class Guard:
    """Checks and counts what the templates of one environment do."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget

    def text(self, value: Any) -> str | int:
        """Return a text, number or piece of markup, which is all that may stand in a page.

        Raises:
            TemplateRuntimeError: the value is something else.
        """
        kind = type(value)
        if kind is str or kind is Markup or kind is int:
            shown: str | int = value
            return shown
        if isinstance(value, Undefined):
            return str(value)  # raises
        if hasattr(value, "__html__"):
            markup = Markup(value)  # noqa: S704 (the value is markup itself)
            self.budget.spend_text(len(markup))
            return markup
        what = "nothing (none)" if value is None else f"a value of type {kind.__name__}"
        raise TemplateRuntimeError(f"only text and numbers can be shown, and this is {what}")

    def show(self, value: Any) -> str | int:
        """Return a value as jinja2 may escape it into a page."""
        kind = type(value)
        if kind is str:
            if len(value) > SHORT_TEXT:
                escaped = escape(value)
                self.budget.spend_text(len(escaped))
                return escaped
            return value  # type: ignore[no-any-return]
        return value if kind is Markup else self.text(value)

    def concat(self, pieces: Iterable[str]) -> str:
        """Join the pieces of a page, block or macro, which are texts already."""
        pieces = pieces if type(pieces) is list else list(pieces)
        if len(pieces) > _FEW_PIECES or self.budget.text > _LITTLE_TEXT:
            # They may be too much to be put together at all.
            self.budget.spend_text(sum(map(len, pieces)))
            return "".join(pieces)
        text = "".join(pieces)
        if len(text) > SHORT_TEXT:
            self.budget.spend_text(len(text))
        return text

    def join(self, values: Iterable[Any], separator: Any = "") -> str:
        """Return values as one text; as markup where one of them is."""
        checked = list(map(self.text, values))
        between = self.text(separator)
        convert: Callable[[Any], str] = escape if Markup in map(type, (*checked, between)) else str
        texts, between = list(map(convert, checked)), convert(between)
        self.budget.spend_text(sum(map(len, texts)) + len(between) * len(texts))
        return between.join(texts)

    def weigh(self, value: Any) -> Any:
        """Count all that is in a list or mapping and in those within it, and return it.

        A list that holds another many times over takes up little, but comparing, hashing and JSON look at each copy.
        """
        if type(value) in _CONTAINERS:
            waiting = [value]
            while waiting:
                each = waiting.pop()
                self.budget.spend(len(each))
                items = (*each, *each.values()) if type(each) is dict else each
                if not _CONTAINERS.isdisjoint(map(type, items)):
                    waiting.extend(item for item in items if type(item) in _CONTAINERS)
        return value

    @pass_context  # or jinja2 would call it when it compiles
    def _loop(self, _: object, iterable: Any) -> Any:
        """Count the items of a loop, at once where its length is known."""
        try:
            steps = len(iterable)
        except TypeError:
            return self._count_items(iter(iterable))
        self.budget.spend(steps)
        return iterable

    def _count_items(self, items: Iterator[Any]) -> Iterator[Any]:
        for item in items:
            self.budget.spend(1)
            yield item

    def operate(self, operator: str, left: Any, right: Any, function: Function) -> Any:
        """Return what one of `OPERATORS` makes of two values.

        Raises:
            TemplateRuntimeError: it would put values into a text.
            OverBudgetError: it would be too large.
        """
        if operator == "%" and isinstance(left, str):
            raise TemplateRuntimeError('"%" makes no text; put values into a text with "~", as in "page " ~ number')
        if isinstance(left, int) and isinstance(right, int):
            _check_size(operator, left, right)
        elif operator == "*":
            times, value = (left, right) if isinstance(left, int) else (right, left)
            if isinstance(value, str | list | tuple) and isinstance(times, int):
                spend = self.budget.spend_text if isinstance(value, str) else self.budget.spend
                spend(len(value) * max(0, times))
        result = function(left, right)
        if isinstance(result, str):
            self.budget.spend_text(len(result))
        return self.weigh(result)

    def call(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], go_on: Function) -> Any:
        """Call what a template may call besides macros: blocks, `loop`, and methods of texts and mappings.

        `go_on` calls a function of jinja2 with checked arguments.

        Raises:
            TemplateRuntimeError: it is something else.
        """
        owner = getattr(function, "__self__", None)
        name = getattr(function, "__name__", "")
        if isinstance(owner, str) and name in _TEXT_METHODS:
            return self._call_of_text(owner, name, args, _drop_context(kwargs))
        if isinstance(owner, dict) and name in _MAPPING_METHODS:
            self.budget.spend(1)
            return function(*map(self.weigh, args), **_drop_context(kwargs))
        if isinstance(function, LoopContext):
            args = tuple(self._loop(None, each) for each in args)
        elif isinstance(owner, LoopContext):
            args = tuple(map(self.weigh, args))
        elif not isinstance(function, BlockReference | Undefined):
            what = f'"{name}"' if name else f"a value of type {type(function).__name__}"
            raise TemplateRuntimeError(f"a template cannot call {what}; docs/site-themes.md lists what it can")
        self.budget.enter()
        try:
            return go_on(args)
        finally:
            self.budget.depth -= 1

    def _call_of_text(self, text: str, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if name == "join" and len(args) == 1:
            return self.join(args[0], text)
        # These take a choice of texts; all others would write out a list as Python does.
        if name in ("startswith", "endswith") and args and isinstance(args[0], list | tuple):
            args = (tuple(map(self.text, args[0])), *args[1:])
        else:
            args = tuple(map(self.text, args))
        kwargs = {key: self.text(value) for key, value in kwargs.items()}
        if name in _PADDING and args and isinstance(args[0], int):
            self.budget.spend_text(max(0, args[0]))
        elif name == "replace" and len(args) > 1:
            self._check_replace(text, *args)
        elif name in ("split", "rsplit", "splitlines"):
            self.budget.spend(len(text) // _CHARACTERS_PER_STEP)
        self.budget.spend(1)
        return self._count_result(getattr(text, name)(*args, **kwargs))

    def _count_result(self, value: Any) -> Any:
        """Count what a filter or method has made, and return it."""
        if isinstance(value, str):
            if len(value) > SHORT_TEXT:
                self.budget.spend_text(len(value))
        elif type(value) in _CONTAINERS:
            self.budget.spend(len(value))
        return value

    def filters(self, names: Iterable[str], more: dict[str, Function]) -> dict[str, Any]:
        """Return filters of jinja2 and `more` with checks around them, and those that `insert_guards` needs."""
        functions: dict[str, Any] = {name: FILTERS[name] for name in names} | more
        filters: dict[str, Any] = {name: self._wrap_filter(name, function) for name, function in functions.items()}
        filters |= {"join": self._join, "urlencode": self._urlencode}
        return filters | {"*join": self.join, "*loop": self._loop, "*weigh": self.weigh}

    def tests(self, names: Iterable[str]) -> dict[str, Any]:
        """Return tests of jinja2, counted where they look at all that is in a value."""

        def counted(function: Function) -> Function:
            return lambda *values: function(*map(self.weigh, values))

        functions: dict[str, Any] = {name: TESTS[name] for name in names}
        return {name: counted(test) if name in _COMPARING else test for name, test in functions.items()}

    def _wrap_filter(self, name: str, function: Function) -> Function:
        more_checks: dict[str, Function] = {
            "batch": self._check_batch,
            "replace": self._check_replace,
            "slice": self._check_batch,
            "sum": self._check_sum,
            "tojson": self._check_json,
        }
        check_all = more_checks.get(name)
        check: Function = (
            (lambda value: value) if name in _LOOKING else self._check_items if name in _ITEMWISE else self.text
        )
        # What jinja2 passes before the value: an environment or a context.
        start = 1 if hasattr(function, "jinja_pass_arg") else 0

        @wraps(function)
        def filtered(*args: Any, **kwargs: Any) -> Any:
            checked = tuple(map(check, args[start:]))
            named = {key: check(value) for key, value in kwargs.items()}
            if check_all is not None:
                check_all(*checked, **named)
            return self._count_result(function(*args[:start], *checked, **named))

        return filtered

    def _check_items(self, value: Any) -> Any:
        if isinstance(value, str):
            self.budget.spend(len(value) // _CHARACTERS_PER_STEP)
        return self.weigh(value)

    def _check_batch(self, _: Any, linecount: int = 0, fill_with: Any = None, *, slices: int = 0) -> None:
        del fill_with
        self.budget.spend(max(0, linecount, slices))

    def _check_replace(self, s: Any, old: Any, new: Any, count: Any = None) -> None:
        del count
        if isinstance(s, str) and isinstance(old, str) and isinstance(new, str):
            self.budget.spend_text(s.count(old) * len(new))

    def _check_sum(self, iterable: Any, attribute: Any = None, start: Any = 0) -> None:
        del iterable, attribute
        if not isinstance(start, int | float):
            raise TemplateRuntimeError('the filter "sum" adds numbers; write "+" for lists')

    def _check_json(self, _: Any, indent: Any = None) -> None:
        if indent is not None:
            raise TemplateRuntimeError(
                'the filter "tojson" takes no "indent": pages keep no spaces at the start of a line'
            )

    @pass_environment
    def _join(self, environment: Environment, value: Any, d: Any = "", attribute: Any = None) -> str:
        items = value if attribute is None else map(make_attrgetter(environment, attribute), value)
        return self.join(items, d)

    def _urlencode(self, value: Any) -> Any:
        if isinstance(value, dict | list | tuple):
            pairs = value.items() if isinstance(value, dict) else value
            checked: Any = [(self.text(key), self.text(each)) for key, each in pairs]
        else:
            checked = self.text(value)
        return self._count_result(FILTERS["urlencode"](checked))


class _Inserter(NodeTransformer):
    """Puts filters where jinja2 has no hook of its own."""

    # ruff: noqa: N802 - jinja2 names the methods after its nodes
    def visit_For(self, node: nodes.For) -> nodes.Node:
        self.generic_visit(node)
        node.iter = _apply_filter("*loop", node.iter)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        self.generic_visit(node)
        return _apply_filter("*join", nodes.List(node.nodes, lineno=node.lineno))

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:
        self.generic_visit(node)
        sides: list[nodes.Compare | nodes.Operand] = [node, *node.ops]
        # Comparing with a text or number is soon done, whatever the other side is.
        if not any(isinstance(side.expr, nodes.Const) for side in sides):
            for side in sides:
                side.expr = _apply_filter("*weigh", side.expr)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:
        self.generic_visit(node)
        if not isinstance(node.arg, nodes.Const | nodes.Slice):
            node.arg = _apply_filter("*weigh", node.arg)
        return node

    def visit_Pair(self, node: nodes.Pair) -> nodes.Node:
        self.generic_visit(node)
        if not isinstance(node.key, nodes.Const):
            node.key = _apply_filter("*weigh", node.key)
        return node


def insert_guards(tree: nodes.Template) -> nodes.Template:
    """Change the tree of a template so that it calls the filters of `Guard`, and return it."""
    _Inserter().visit(tree)
    tree.set_environment(tree.environment)  # type: ignore[arg-type]
    return tree


def _apply_filter(name: str, node: Any) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def _drop_context(kwargs: dict[str, Any]) -> dict[str, Any]:
    """Return keyword arguments without those that jinja2 adds to each call in a loop or block."""
    return {key: value for key, value in kwargs.items() if key not in ("_loop_vars", "_block_vars")}


def _check_size(operator: str, left: int, right: int) -> None:
    one, other = left.bit_length(), right.bit_length()
    bits = {"*": one + other, "**": one * max(0, right)}.get(operator, max(one, other))
    if bits > _MOST_BITS:
        raise OverBudgetError(f'"{operator}" makes a number of more than {_MOST_BITS * 3 // 10:,} digits')
