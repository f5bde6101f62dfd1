"""What macros make of parts that many pages share, such as the card of a brief in lists: rendered once for all pages.

Saves 11 % of the processor time of a cold build of 1,000 briefs with the default site theme, and 2 % with the bare one
of the benchmark (`tests/bench/`), measured on 2026-11-28.
"""

from collections import defaultdict
from typing import Any

from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Macro

from briefgen.kernel.reference_mode import is_reference_mode
from briefgen.render.sandbox.budget import Budget
from briefgen.views import MemoizedPart

_SCALARS: frozenset[type] = frozenset((str, int, bool, type(None)))
_MOST_VARIANTS = 16
"""Combinations of other arguments that are cached for a macro. The title of a page, for one, differs on every page."""
_MOST_RESULTS = 80_000
"""With more, all are dropped, so that the memory does not grow with the site."""


class MemoizedParts:
    """Results of macros that see no page's view, by the shared part that is their first argument."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.macros: set[Macro] = set()  # those that see no page's view, as pages share the module they are in
        self._use_cache = not is_reference_mode()
        self._results: dict[tuple[Macro, int, str], tuple[MemoizedPart, str]] = {}
        self._variants: defaultdict[Macro, set[str]] = defaultdict(set)

    def render(self, macro: Macro, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str | None:
        """Return what a macro makes of the shared part in `args[0]`, or None if the call counts as work of the page."""
        key = self._key(macro, args, kwargs) if macro in self.macros else None
        if key is None:
            return None
        cached = self._results.get(key) if self._use_cache else None
        if cached is None:
            with self.budget.paused():
                # The part is kept as well, so that its `id` is given to no other object.
                cached = args[0], macro(*args, **kwargs)
            if len(self._results) >= _MOST_RESULTS:
                self.clear()
            self._results[key] = cached
        return cached[1]

    def clear(self) -> None:
        """Drop all results, and with them the parts."""
        self._results.clear()

    def _key(self, macro: Macro, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Macro, int, str] | None:
        others = ""
        if kwargs or len(args) > 1:
            if not _SCALARS.issuperset(map(type, (*args[1:], *kwargs.values()))):
                return None
            others = repr((args[1:], kwargs))
            variants = self._variants[macro]
            if others not in variants and len(variants) >= _MOST_VARIANTS:
                return None
            variants.add(others)
        return macro, id(args[0]), others


class MemoizingTemplate(Template):
    """A template that registers the macros which others import from it without their context."""

    def make_module(self, vars: dict[str, Any] | None = None, *args: Any, **kwargs: Any) -> TemplateModule:
        """Render the template as a module; without `vars`, it is the one that all pages share."""
        if vars is not None:
            return super().make_module(vars, *args, **kwargs)
        memoized_parts: MemoizedParts = self.environment.memoized_parts  # type: ignore[attr-defined]
        with memoized_parts.budget.paused():
            module = super().make_module()
        memoized_parts.macros.update(value for value in module.__dict__.values() if type(value) is Macro)
        return module
