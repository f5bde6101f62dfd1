"""Pages in HTML, rendered with the templates of a site theme. The first page loads jinja2."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from hashlib import sha256
from html import unescape
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING

from msgspec import Struct

from briefgen.kernel.sentences import with_stop
from briefgen.model.failure import Failure
from briefgen.model.page import Page
from briefgen.model.problem import Place, Problem
from briefgen.render.body_labels import translate_labels
from briefgen.render.site_theme import SiteTheme
from briefgen.render.template_dependencies import TemplateDependencies, find_circle
from briefgen.views.parts import Link, Prose

if TYPE_CHECKING:
    from jinja2 import Template, TemplateSyntaxError
    from markupsafe import Markup

    from briefgen.render.sandbox.environment import Sandbox

# In place of a line break that has to stay while lines are stripped. Content holds no NUL: loading refuses it.
_KEPT_BREAK = "\0"
_LINK_TO_NOTHING = '<a href="">'  # to what is not published: an empty address would lead to the page itself

_HEADING = re.compile(r'<h2 id="?([^\s">]+)"?>(.*?)</h2>', re.DOTALL)
_TAG = re.compile("<[^>]*>")


_SHOW_LESS = "look for loops inside loops and for macros that call themselves, or show less on one page"
_TOO_MUCH = "the template needs more memory than there is, or calls too much from inside other calls"


class RenderError(Exception):
    """A page cannot be rendered; `problem` says why and where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Renderer:
    """Renders pages with one site theme.

    `stored` gives the HTML of a text by its digest. `compiled` is a private folder for compiled templates, outside of
    any project (see `sandbox.compiled_templates`); without one, each run compiles the templates that it needs.
    """

    def __init__(self, site_theme: SiteTheme, stored: Callable[[str], str], *, compiled: Path | None = None) -> None:
        self.site_theme = site_theme
        self._stored = stored
        self._compiled = compiled
        self._dependencies = TemplateDependencies(site_theme)
        self._loaded: dict[str, Template] = {}

    def template_dependencies(self, page: Page) -> str:
        """Return a digest of all that the page's bytes depend on in the site theme, without loading jinja2."""
        return self._dependencies.digest(page.template)

    def missing(self, pages: Iterable[Page]) -> list[Problem]:
        """Return a problem for each template that pages need and the site theme lacks, without loading jinja2."""
        needed: dict[str, str] = {}
        for page in pages:
            needed.setdefault(page.template, page.path)
        return [
            self._missing(template, path)
            for template, path in needed.items()
            if template not in self.site_theme.templates
        ]

    def render(self, page: Page) -> bytes:
        """Return the page in UTF-8: one line break after each line, no blank lines or indentation from templates.

        Raises:
            RenderError: a template is missing, cannot be read, or fails on this page.
        """
        view = page.view()
        try:
            self._environment.budget.restart()
            text = self._template(page.template).render(view=view)
        except Failure:
            raise
        except Exception as error:
            raise RenderError(self._problem(error, page)) from error
        lines = filter(None, map(str.strip, text.split("\n")))
        return "\n".join((*lines, "")).replace(_KEPT_BREAK, "\n").encode("utf-8", "replace")

    def forget_parts(self) -> None:
        """Release the parts that are kept because further pages may show them as well."""
        if "_environment" in vars(self):
            self._environment.memoized_parts.clear()

    def check(self) -> list[Problem]:
        """Return the problems of all templates, used or not, that show without a page."""
        problems = []
        for name, template in self.site_theme.templates.items():
            try:
                self._template(name)
            except Exception as error:  # noqa: BLE001 - `_problem` handles all of them
                problem = self._problem(error, Page(path="", kind="", template=name, view=Struct))
                if problem not in problems:  # as one circle is for each template in it
                    problems.append(problem)
            problems.extend(
                Problem(
                    "missing-template", f'no template "{target}"', Place(template.file, _line_of(template.text, target))
                )
                for target in self._dependencies.direct(name)
                if target not in self.site_theme.templates
            )
        return problems

    @cached_property
    def _environment(self) -> "Sandbox":
        from briefgen.render.sandbox.environment import Sandbox

        filters: dict[str, Callable[..., object]] = {
            "capital": capital,
            "csp_hash": csp_hash,
            "headings": self._headings,
            "prose": self._make_prose(),
            "stop": with_stop,
        }
        return Sandbox(self.site_theme, filters, self._compiled)

    def _template(self, name: str) -> "Template":
        template = self._loaded.get(name)
        if template is None:
            template = self._environment.get_template(name)
            self._refuse_circle(name)
            self._loaded[name] = template
        return template

    def _refuse_circle(self, name: str) -> None:
        # The pattern for dependencies also sees tags in comments, so its findings are checked in the templates' trees.
        if not find_circle(name, self._dependencies.direct):
            return
        circle = find_circle(name, self._environment.references)
        if circle:
            from briefgen.render.sandbox.template_checks import TemplateRefusedError

            message = f"templates pull each other in, in a circle: {' → '.join(circle)}"
            line = self._environment.references(circle[0])[circle[1]]
            hint = "take out one of these tags; a macro may call itself instead"
            error = TemplateRefusedError("circular-templates", message, line, hint)
            error.name, error.filename = circle[0], self.site_theme.templates[circle[0]].file
            raise error

    def _make_prose(self) -> "Callable[[Prose], Markup]":
        from markupsafe import Markup

        def prose(value: Prose) -> Markup:
            if not hasattr(value, "digest"):
                from jinja2 import TemplateRuntimeError

                raise TemplateRuntimeError('"prose" takes the text of an entry; test with "if" whether there is one')
            parts = translate_labels(self._stored(value.digest), self.site_theme.messages).split("\0")
            # Texts alternate with numbers of fills: `\0N\0`.
            parts[1::2] = [value.fills[int(number)] for number in parts[1::2]]
            text = "".join(parts).replace(_LINK_TO_NOTHING, "<a>").rstrip("\n")
            return Markup(text.replace("\n", _KEPT_BREAK))  # noqa: S704 - made by our own Markdown

        return prose

    def _headings(self, value: Prose) -> tuple[Link, ...]:
        """Return links to the headings of level 2 in a body."""
        found = _HEADING.findall(self._make_prose()(value))
        return tuple(Link(unescape(_TAG.sub("", text)), f"#{id}") for id, text in found)

    def _missing(self, template: str, path: str) -> Problem:
        return Problem(
            "missing-template",
            f'the site theme "{self.site_theme.name}" has no template "{template}"',
            Place(self.site_theme.folders[0].joinpath("templates", template).as_posix()),
            hint=f"{path} needs it; a site theme inherits it with extends: briefing",
        )

    def _problem(self, error: Exception, page: Page) -> Problem:
        from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
        from jinja2.exceptions import SecurityError, TemplateRuntimeError

        from briefgen.render.sandbox.budget import OverBudgetError
        from briefgen.render.sandbox.template_checks import TemplateRefusedError

        if isinstance(error, TemplateSyntaxError):
            code, hint = "template-syntax", ""
            if isinstance(error, TemplateRefusedError):
                code, hint = error.code, error.hint
            return Problem(code, _sentence(error.message or "cannot be read"), self._place_of(error), hint=hint)
        place = self._place_in(error, page.template)
        if isinstance(error, OverBudgetError | RecursionError | MemoryError):
            message = str(error) if isinstance(error, OverBudgetError) else _TOO_MUCH
            return Problem("template-limit", message, place, hint=f"on the page {page.path}; {_SHOW_LESS}")
        if isinstance(error, TemplateNotFound):
            if error.name == page.template:
                return self._missing(page.template, page.path)
            return Problem("missing-template", f'no template "{error.name}"', place)
        message = str(error)
        if not isinstance(error, UndefinedError | SecurityError | TemplateRuntimeError):
            message = f"{type(error).__name__}: {message}"
        return Problem("template-error", _sentence(message), place, hint=f"on the page {page.path}")

    def _place_of(self, error: "TemplateSyntaxError") -> Place:
        file = error.filename or ""
        text = next((each.text for each in self.site_theme.templates.values() if each.file == file), "")
        return Place(file, error.lineno, *_column(text, error.lineno, error.message or ""))

    def _place_in(self, error: Exception, template: str) -> Place:
        """Return the innermost line of a template in the traceback of `error`."""
        files = {each.file for each in self.site_theme.templates.values()}
        place = None
        for frame, line in walk_tb(error.__traceback__):
            if frame.f_code.co_filename in files:
                place = Place(frame.f_code.co_filename, line)
        if place is None:
            found = self.site_theme.templates.get(template)
            place = Place(found.file if found else template)
        return place


def capital(text: str) -> str:
    """Return the text with its first letter in upper case and all others as they are."""
    return text[:1].upper() + text[1:]


@lru_cache(16)  # most pages have the same scripts
def csp_hash(text: str) -> str:
    """Return how a content security policy names an element's text that it allows (CSP level 3, §2.3.1)."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _sentence(message: str) -> str:
    """Return one line without a full stop, as messages of problems are."""
    return " ".join(message.split()).rstrip(".")


def _column(text: str, line: int, message: str) -> tuple[int, int]:
    """Return the column and length of the word that jinja2's message quotes, else of the line's first tag."""
    source = text.split("\n")[line - 1] if 0 < line <= text.count("\n") + 1 else ""
    for word in re.findall(r"['\"]([^'\"]+)['\"]", message):
        if word in source:
            return source.index(word) + 1, len(word)
    tag = re.search(r"\{[%{#]", source)
    return (tag.start() + 1 if tag else 0), 1


def _line_of(text: str, target: str) -> int:
    return text.count("\n", 0, max(0, text.find(target))) + 1
