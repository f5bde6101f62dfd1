"""Markdown → HTML with places for references.

CommonMark with tables, strikethrough, footnotes, definition lists, `[[actor]]` and `[@source]`; raw HTML is shown as
text.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache, partial

from markdown_it import MarkdownIt
from markdown_it.rules_inline import autolink, backtick, image, link
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref
from msgspec import Struct

from briefgen.kernel.reference_mode import is_reference_mode
from briefgen.load.fast_markdown import make_fast
from briefgen.load.markdown_rules.addresses import is_plain
from briefgen.load.markdown_rules.collect import Job, SentenceJob, collect
from briefgen.load.markdown_rules.html import Html
from briefgen.load.markdown_rules.rules import cite, entity, gather, marked, missing, short
from briefgen.model.problem import Problem
from briefgen.model.references import Keys
from briefgen.model.texts import AnyText, MarkedText, OutsideLink, Reference


class Rendered(Struct, frozen=True):
    """A body's HTML, with placeholders for its references as `model.site.Body` says."""

    html: str
    references: tuple[Reference, ...] = ()
    anchors: tuple[str, ...] = ()
    outside: tuple[OutsideLink, ...] = ()
    problems: tuple[Problem, ...] = ()


def render(text: str, file: str, above: int = 0, reserved: Iterable[str] = ()) -> Rendered:
    """Render the body of `file` (its path from the project's root), which has `above` lines above it there.

    Headings get none of the `reserved` ids. Problems: `bad-url`, `broken-link` for footnotes, `wrong-type` for
    citations.
    """
    parser = _parser()
    job = Job(text, file, above, reserved)
    html: str = parser.render(text, {"job": job})
    return Rendered(html, tuple(job.references), tuple(job.anchors), tuple(job.outside), tuple(job.problems))


def render_sentence(text: str, file: str, keys: Keys) -> tuple[AnyText, tuple[Problem, ...]]:
    """Render the sentence that is at `keys` in a file; one without marks is returned as readers see it.

    Problems: `bad-url`, `foreign-markup`, `markup-in-text` for what needs more than a line, `wrong-type` for citations.
    """
    parser = _parser(is_sentence=True)
    job = SentenceJob(text, file, keys)
    env = {"job": job}
    children = parser.parseInline(text, env)[0].children or []
    if all(token.type in ("text", "softbreak", "fault") for token in children):
        return "".join(token.content or "\n" for token in children), tuple(job.problems)
    html: str = parser.renderer.renderInline(children, parser.options, env)  # type: ignore[attr-defined]
    return MarkedText(html, tuple(job.references), tuple([link.address for link in job.outside])), tuple(job.problems)


def parse_body(text: str, job: Job) -> None:
    """Let a job collect from a body what it wants, without rendering it."""
    _parser().parse(text, {"job": job})


def parse_sentence(text: str, job: Job) -> None:
    """Let a job collect from a sentence what it wants, without rendering it."""
    _parser(is_sentence=True).parseInline(text, {"job": job})


@cache
def _parser(*, is_sentence: bool = False) -> MarkdownIt:
    parser = reference_parser()
    if is_sentence:
        parser.inline.ruler.disable(["footnote_ref", "missing_footnote"])
    return parser if is_reference_mode() else make_fast(parser)


def reference_parser() -> MarkdownIt:
    """Return the stock parser with our rules, which defines what a text means; `render` uses a faster one.

    The faster one relies on our rules never adding a text token next to another one.
    """
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False})
    parser.enable(["table", "strikethrough"]).disable(["html_block", "html_inline"])
    parser.use(footnote_plugin, inline=False, move_to_end=False).use(deflist_plugin)
    # Last, because the plugin for footnotes brings HTML of its own.
    parser.renderer = Html(parser)
    # Every address is accepted, so that `collect` can report what is wrong with it.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    parser.normalizeLink = partial(_normalize, parser.normalizeLink)  # type: ignore[method-assign]
    parser.normalizeLinkText = partial(_normalize, parser.normalizeLinkText)  # type: ignore[method-assign]
    inline = parser.inline.ruler
    for name, rule in {"backticks": backtick, "link": link, "image": image, "autolink": autolink}.items():
        inline.at(name, marked(rule))
    inline.at("footnote_ref", short(footnote_ref))
    inline.before("link", "actor_or_theme", entity)
    inline.before("link", "source", cite)
    inline.after("footnote_ref", "missing_footnote", missing)
    # Only characters that a rule begins with: the stock list stops at every hyphen and colon, which costs time.
    parser.inline.terminator_re = re.compile(r"[\n!&*<\[\\\]_`~]")
    parser.core.ruler.after("inline", "footnotes", gather)
    parser.core.ruler.push("collect", collect)
    return parser


def _normalize(normalize: Callable[[str], str], url: str) -> str:
    # A plain address is normal already, and parsing it would take most of the time.
    return url if is_plain(url) else normalize(url)
