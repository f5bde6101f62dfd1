"""Drafts of briefs and sources: what a document says of itself, and suggestions to be accepted or deleted.

A draft builds as it is. A guess is a comment, so that nothing of it is published before somebody has read it.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Literal

from msgspec import Struct

from briefgen.capture.publishers import PublisherFinder
from briefgen.capture.quotations import Quotation, find_quotations
from briefgen.capture.store import Captured
from briefgen.kernel.disk import Disk
from briefgen.kernel.languages import is_known
from briefgen.kernel.mentions import Mention
from briefgen.load.content import PLACEHOLDERS, parse
from briefgen.load.forms import is_address
from briefgen.load.known_names import KnownNames
from briefgen.load.scalars import quoted
from briefgen.load.slugs import slug
from briefgen.model.content import Id, SourceDefaults
from briefgen.model.dates import UNKNOWN
from briefgen.model.dates import parse as parse_date
from briefgen.model.site import Site
from briefgen.web.documents import DocumentText, tidy

Kind = Literal["brief", "source"]

_MOST_QUOTATIONS = 12
_LONGEST_QUOTATION = 300  # characters, as `check` allows
_LONGEST_VALUE = 300
_MOST_NAMES = 12
_HOW = (
    '## A line that begins with "# " is a suggestion: take the "# " away to accept it. Lines with "## " explain; '
    "delete them."
)
_SCHEMA = "# yaml-language-server: $schema=../../.briefgen/schema/source.json"


class Described(Struct, frozen=True):
    """A document to make a draft of, and what is known of it beside what it says itself.

    `day` is that of the draft. `publisher` is the outlet if it was named; a name that the document itself
    gives is not certain.
    """

    said: DocumentText
    day: str
    address: str | None = None
    retrieved: str | None = None
    publisher: str | None = None
    archive: str | None = None  # the address of an archived copy


class _Facts(Struct, frozen=True):
    """What is known of a document, as YAML values of a source; and what was seen where a value is not certain."""

    values: dict[str, str]
    seen: dict[str, str]
    remarks: tuple[str, ...]


class Drafter:
    """Makes drafts from documents, with what a site knows already."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._publishers = PublisherFinder(site)

    def make(self, id: Id, kind: Kind, document: Described) -> str:
        """Return the text of a draft."""
        facts = self._facts(document)
        suggestions = tuple(self._suggestions(document.said.text, kind)) if document.said.text else ()
        if kind == "source":
            return "\n".join((_SCHEMA, _HOW, *_source(facts, ""), *suggestions, ""))
        words = _scalar(" ".join(id.split("-")).capitalize())
        text = _brief(facts.values["title"] if document.said.title else words, document.day, facts, suggestions)
        # The headline is plain text here, while that of the document may hold markup.
        has_markup = bool(parse("brief", id, draft_file(kind, id).as_posix(), text.encode()).problems)
        return _brief(words, document.day, facts, suggestions) if has_markup else text

    def _facts(self, document: Described) -> _Facts:
        said, seen = document.said, dict[str, str]()
        found = self._publishers.find(document.address, document.publisher or said.site_name)
        publisher = self._site.publishers[found] if found else None
        values = {"title": _cut(said.title), "url": "", "publisher": "", "author": _cut(said.author), "published": ""}
        if document.address and is_address(document.address):
            values["url"] = document.address
        elif document.address:
            seen["url"] = document.address
        if publisher is not None:
            values["publisher"] = publisher.id if publisher.file else publisher.data.name
        elif document.publisher:
            values["publisher"] = _cut(document.publisher)
        elif said.site_name:
            seen["publisher"] = said.site_name
        if said.published and parse_date(said.published) is not None:
            values["published"] = said.published
        elif said.published:
            seen["published"] = said.published
        values = {name: value or UNKNOWN for name, value in values.items()}
        if document.retrieved:
            values["retrieved"] = document.retrieved
        if document.archive:
            values["archive"] = document.archive
        defaults = (publisher and publisher.data.defaults) or SourceDefaults()
        language = _language(said.language or "")
        if language and not is_known(language):
            seen["language"] = said.language or ""
        elif language and language != defaults.language:
            values["language"] = language
        return _Facts(
            {name: _scalar(value) for name, value in values.items()},
            {name: _cut(text) for name, text in seen.items()},
            tuple(filter(None, map(_cut, said.remarks))),
        )

    def _suggestions(self, text: str, kind: Kind) -> Iterator[str]:
        if kind == "brief":
            yield from self._mentioned(text)
        people = {id for id, actor in self._site.actors.items() if actor.data.kind == "person"}
        quotations = list(find_quotations(text, self._actors, people))
        chosen = _choose(quotations)
        if chosen:
            yield ""
            yield "## Direct quotations, with who may be speaking. `says` is what is claimed, in your own words."
            yield "# claims:"
            ids: set[Id] = set()
            for one in chosen:
                yield from _claim(one, ids)
        if rest := len(quotations) - len(chosen):
            yield f"## {rest} more in the text."

    def _mentioned(self, text: str) -> Iterator[str]:
        """Yield the actors and themes that a text names, those named most often first."""
        authors = {f"actors/{id}" for id, one in self._site.actors.items() if one.data.kind == "author"}
        found = [one for one in self._names.find(text) if authors.isdisjoint(one.targets)]
        for folder in ("actors", "themes"):
            named = (one.targets[0].split("/") for one in found if one.way == "name")
            counts = Counter(id for kind, id in named if kind == folder)
            if counts:
                yield ""
                yield f"## Known {folder} in the text, and how often each is named: {_list_counts(counts)}."
                yield f"# {folder}: [{', '.join(id for id, _ in counts.most_common(_MOST_NAMES))}]"
        vague = Counter(f"“{tidy(text[one.start : one.end])}”" for one in found if one.way != "name")
        if vague:
            yield f"## Words that may mean one of them: {_list_counts(vague)}."

    @cached_property
    def _names(self) -> KnownNames:
        return KnownNames(self._site)

    def _actors(self, text: str) -> Iterator[Mention]:
        """Yield the actors that a text names, but no unnamed authors and nothing that may mean something else."""
        for found in self._names.find(text):
            folder, _, id = found.targets[0].partition("/")
            if found.way == "name" and folder == "actors" and self._site.actors[id].data.kind != "author":
                yield Mention(id, found.start, found.end)


def write_draft(
    root: Path,
    site: Site,
    id: Id,
    kind: Kind,
    *,
    document: DocumentText,
    captured: Captured,
    disk: Disk = Disk(),  # noqa: B008 (has no state)
) -> Path:
    """Create the draft of a brief or of a source, and return its path from the root.

    Raises:
        Failure: there is a file of that name, or the disk refused it.
    """
    address = document.address or captured.final_address or captured.address
    file = draft_file(kind, id)
    day = captured.retrieved
    text = Drafter(site).make(id, kind, Described(document, day, address, day, archive=captured.archive))
    disk.create(root / file, text.encode())
    return file


def draft_file(kind: Kind, id: Id) -> Path:
    """Return the path of a draft from the project's root."""
    return Path("content", "briefs", f"{id}.md") if kind == "brief" else Path("content", "sources", f"{id}.yaml")


def _brief(headline: str, day: str, facts: _Facts, suggestions: tuple[str, ...]) -> str:
    lines = (
        "---",
        _HOW,
        "## Your own headline, and one sentence for lists:",
        f"title: {headline}",
        "# lede: What happened, and what is contested about it.",
        f"date: {day}",
        "## Without this line the brief is published:",
        "status: draft",
        "",
        "source:",
        *_source(facts, "  "),
        *suggestions,
        "---",
        PLACEHOLDERS["brief"],
        "",
    )
    return "\n".join(lines)


def _source(facts: _Facts, indent: str) -> Iterator[str]:
    """Yield the keys of a source, and below them what was seen where something is unknown."""
    for name, value in facts.values.items():
        yield f"{indent}{name}: {value}"
    if "language" in facts.seen:
        yield f"# {indent}language: en"
    yield f"# {indent}kind: report"
    yield "## Kinds: report, opinion, explainer, aggregator, rewrite, official, transcript."
    for name, text in facts.seen.items():
        yield f"## {name}: the document says “{text}”."
    for remark in facts.remarks:
        yield f"## {remark}"


def _list_counts(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common(_MOST_NAMES))


def _choose(quotations: list[Quotation]) -> list[Quotation]:
    """Return the quotations to suggest, in the order of the text: rather those of known speakers, rather long ones."""
    fit = [one for one in quotations if len(one.words) <= _LONGEST_QUOTATION and tidy(one.words) == one.words]
    best = sorted(fit, key=lambda one: (not one.speaker, -len(one.words)))[:_MOST_QUOTATIONS]
    return [one for one in fit if one in best]


def _claim(quotation: Quotation, taken: set[Id]) -> Iterator[str]:
    stem = slug(" ".join(quotation.words.split()[:5]))[:40].strip("-") or "claim"
    id, number = stem, 2
    while id in taken:
        id, number = f"{stem}-{number}", number + 1
    taken.add(id)
    yield f"## {quotation.speaker}: {quotation.reason}." if quotation.speaker else "## No known actor is named near it."
    yield f"#   - id: {id}"
    yield f"#     actor: {quotation.speaker or UNKNOWN}"
    yield f"#     quote: {_scalar(quotation.words)}"
    yield "#     says:"


def _language(tag: str) -> str:
    """Return a language tag with hyphens, in the case that is usual, as `en-US` for `EN_us`."""
    language, *rest = tag.strip().replace("_", "-").split("-")
    return "-".join((language.lower(), *(part.upper() if len(part) == 2 else part for part in rest)))


def _cut(text: str | None) -> str:
    """Return a text in one line, not too long for a value."""
    line = tidy(text or "")
    return line if len(line) <= _LONGEST_VALUE else f"{line[:_LONGEST_VALUE].rstrip()}…"


def _scalar(text: str) -> str:
    return quoted(text, is_in_flow=False)
