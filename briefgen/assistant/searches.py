"""Find what a project has: claims, sources, problems; and look words up in a copy."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, TypeVar

from msgspec import Meta, Struct

from briefgen import pipeline
from briefgen.assistant.answers import Answer, Complaint, describe_problem, format_complaint, name_file, refuse
from briefgen.assistant.arguments import AnyId, Limit, Name, SearchText, Words, read_arguments, require_id, shorten
from briefgen.assistant.quotations import QuotationResult, judge_in
from briefgen.load.suggest import closest_name
from briefgen.model.content import Context, Id
from briefgen.model.names import question
from briefgen.model.problem import Place
from briefgen.model.quotations import Quotation
from briefgen.pipeline import Options, Wanted
from briefgen.pipeline.lists import ListedClaim, ListedSource
from briefgen.search.words import split_words

T = TypeVar("T")


class ClaimSearch(Struct, frozen=True):
    """The arguments of `search_claims`."""

    text: SearchText = ""
    actor: Name | None = None
    theme: Name | None = None
    source: AnyId | None = None
    limit: Limit = 20


class SourceSearch(Struct, frozen=True):
    """The arguments of `search_sources`."""

    text: SearchText = ""
    actor: Name | None = None
    theme: Name | None = None
    limit: Limit = 20


class QuotationCheck(Struct, frozen=True):
    """The arguments of `check_quotation`."""

    words: Words
    id: Annotated[str, Meta(min_length=1, max_length=100, description="the id of a source, or of a brief with one")]
    before: Annotated[str, Meta(max_length=1_000, description="words of the source in front of them")] = ""
    after: Annotated[str, Meta(max_length=1_000, description="words of the source behind them")] = ""


class ProblemList(Struct, frozen=True):
    """The arguments of `list_problems`."""

    id: AnyId | None = None
    limit: Limit = 50


class FoundClaim(Struct, frozen=True, omit_defaults=True):
    """A claim; `state` is that of its brief, empty if it is published."""

    id: str
    says: str
    date: str
    state: str = ""
    actor: Id | None = None
    publisher: Id | None = None
    theme: Id | None = None
    answer: str = ""
    quote: str | None = None


class FoundSource(Struct, frozen=True, omit_defaults=True):
    """A source, and whether there is a copy in which quotations can be looked up."""

    id: Id
    title: str
    published: str
    copy: str  # whole, part, or none
    claims: int = 0
    publisher: Id | None = None
    state: str = ""


class FoundClaims(Struct, frozen=True):
    """Claims that were found; `total` counts those beyond the limit as well."""

    total: int
    claims: tuple[FoundClaim, ...]


class FoundSources(Struct, frozen=True):
    """Sources that were found; `total` counts those beyond the limit as well."""

    total: int
    sources: tuple[FoundSource, ...]


class FoundProblems(Struct, frozen=True):
    """Problems, errors first; `errors` and `warnings` count those beyond the limit as well."""

    errors: int
    warnings: int
    problems: tuple[Complaint, ...]


def search_claims(options: Options, raw: Mapping[str, Any]) -> Answer:
    """Return the claims that have all words, within the limits."""
    wanted = read_arguments(raw, ClaimSearch)
    site, _ = pipeline.read_content(options)
    listed = pipeline.list_content(site, options.day, "claims", Wanted(wanted.actor, wanted.theme, wanted.source))
    claims = [one for one in listed if isinstance(one, ListedClaim)]
    found = _select(
        claims,
        wanted.text,
        lambda one: f"{one.id} {one.says} {one.quote or ''} {one.actor or ''} {one.publisher or ''} {one.theme or ''}",
    )
    shown = tuple(
        FoundClaim(
            id=one.id,
            says=one.says,
            date=one.date,
            state=one.state,
            actor=one.actor,
            publisher=one.publisher,
            theme=one.theme,
            answer=one.answer,
            quote=one.quote,
        )
        for one in found[: wanted.limit]
    )
    lines = [_count(len(found), len(shown), "claim")]
    for each in shown:
        facts = ", ".join(filter(None, (each.actor or each.publisher, each.theme, each.answer, each.date, each.state)))
        lines.append(f"{each.id} ({facts}): {each.says}" + (f" Quote: “{each.quote}”" if each.quote else ""))
    return Answer("\n".join(lines), FoundClaims(len(found), shown))


def search_sources(options: Options, raw: Mapping[str, Any]) -> Answer:
    """Return the sources that have all words, within the limits."""
    wanted = read_arguments(raw, SourceSearch)
    site, _ = pipeline.read_content(options)
    listed = pipeline.list_content(site, options.day, "sources", Wanted(wanted.actor, wanted.theme))
    sources = [one for one in listed if isinstance(one, ListedSource)]
    found = _select(sources, wanted.text, lambda one: f"{one.id} {one.title} {one.publisher or ''}")
    extents = {id: copy.capture.extent for id, copy in site.copies.items() if copy.text}
    shown = tuple(
        FoundSource(
            id=one.id,
            title=one.title,
            published=one.published,
            copy=extents.get(one.id, "none"),
            claims=one.claims,
            publisher=one.publisher,
            state=one.state,
        )
        for one in found[: wanted.limit]
    )
    lines = [_count(len(found), len(shown), "source")]
    for each in shown:
        facts = ", ".join(filter(None, (each.publisher, each.published, each.state, f"copy: {each.copy}")))
        lines.append(f"{each.id} ({facts}): {each.title}")
    return Answer("\n".join(lines), FoundSources(len(found), shown))


def check_quotation(options: Options, raw: Mapping[str, Any]) -> Answer:
    """Look words up in the copy of a source."""
    wanted = read_arguments(raw, QuotationCheck)
    id = require_id(wanted.id)
    site, read = pipeline.read_content(options)
    brief = site.briefs.get(id)
    if brief is None and id not in site.sources and id not in site.copies:
        known = {each: each for each in (*site.sources, *site.briefs)}
        raise refuse("unknown-source", f'there is no source or brief "{id}"', question(closest_name(id, known)), "id")
    source: Id | None = id
    if brief is not None and id not in site.sources:
        source = (brief.data.source.id or id) if brief.data.source else None
    context = Context(before=wanted.before or None, after=wanted.after or None)
    has_context = wanted.before or wanted.after
    copy = site.copies.get(source or "")
    text = read(source) if source and copy and copy.text else ""
    quotation = Quotation(source, wanted.words, Place(""), context if has_context else None)
    return _answer_quotation(judge_in(site, quotation, text))


def _answer_quotation(result: QuotationResult) -> Answer:
    return Answer("\n".join(filter(None, (f"{result.result}: {result.reason}", result.hint))), result)


def list_problems(options: Options, raw: Mapping[str, Any]) -> Answer:
    """Return what is wrong with all content, or with what has one id."""
    wanted = read_arguments(raw, ProblemList)
    id = require_id(wanted.id) if wanted.id is not None else None
    found = [each for each in pipeline.examine(options).problems if id in (None, name_file(each.at.file)[1])]
    errors = sum(each.is_error for each in found)
    found.sort(key=lambda each: not each.is_error)
    shown = tuple(describe_problem(each) for each in found[: wanted.limit])
    text = f"{_plural(errors, 'error')}, {_plural(len(found) - errors, 'warning')}"
    text += f"; the first {len(shown)} are here" if len(shown) < len(found) else ""
    return Answer("\n\n".join((text, *map(format_complaint, shown))), FoundProblems(errors, len(found) - errors, shown))


def _select(entries: Sequence[T], text: str, describe: Any) -> list[T]:
    """Return the entries of which every word of a text begins a word."""
    wanted = split_words(text)
    if text.strip() and not wanted:
        raise refuse("unknown-value", f'"{shorten(text)}" has no word to look for', "write words", "text")
    return [one for one in entries if _has_all(wanted, split_words(describe(one)))] if wanted else list(entries)


def _has_all(wanted: Iterable[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(one) for word in words) for one in wanted)


def _count(total: int, shown: int, noun: str) -> str:
    return _plural(total, noun) + (f"; the first {shown} are here" if shown < total else "")


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
