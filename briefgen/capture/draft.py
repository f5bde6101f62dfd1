"""Drafts of briefs and sources: what a document says of itself, and suggestions to be accepted or deleted.

A draft builds as it is. What is guessed cannot be published before a person has read it: it is a comment, or belongs
to a claim whose words are still to be written.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Literal

from msgspec import Struct

from briefgen.capture.publishers import PublisherFinder
from briefgen.capture.store import Captured
from briefgen.capture.suggestions import Suggester
from briefgen.kernel.disk import Disk
from briefgen.kernel.host_names import has_public_host
from briefgen.kernel.languages import is_known
from briefgen.load.content import PLACEHOLDERS, parse
from briefgen.load.discover import content_file
from briefgen.load.forms import is_address
from briefgen.load.scalars import quoted
from briefgen.model.content import Id, Publisher, SourceDefaults
from briefgen.model.dates import UNKNOWN
from briefgen.model.dates import parse as parse_date
from briefgen.model.site import Document, Site
from briefgen.web.documents import DocumentText, tidy

Kind = Literal["brief", "source"]

_LONGEST_VALUE = 300
_MOST_NAMED = 3  # publishers
LEDE = "# lede: What happened, and what is contested about it, in one sentence."
_HOW = '"# " begins a suggestion: delete the "# ", or the line'
_KINDS = "or opinion, explainer, encyclopaedia, aggregator, rewrite, official, transcript"
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
    """What is known of a document, as YAML values of a source; and what was seen where a value is not certain.

    `kind` is that of all sources of its publisher, if they have one.
    """

    values: dict[str, str]
    seen: dict[str, str]
    remarks: tuple[str, ...]
    kind: str | None


class Drafter:
    """Makes drafts from documents, with what a site knows already."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._publishers = PublisherFinder(site)
        self._suggester = Suggester(site)

    def make(self, id: Id, kind: Kind, document: Described) -> str:
        """Return the text of a draft."""
        facts, text = self._facts(document), document.said.text
        if kind == "source":
            lines = *_source(facts, ""), *self._suggester.suggest_claims(text)
            return "\n".join((_SCHEMA, f"# {_HOW}", *lines, ""))
        words = _scalar(" ".join(id.split("-")).capitalize())
        headlines = (facts.values["title"], words) if document.said.title else (words,)
        drafts = (_brief(*one, document.day, facts) for one in product(headlines, self._suggestions(text)))
        return _choose(id, drafts)

    def extend(self, id: Id, draft: str, text: str) -> str:
        """Return a draft of a brief with what a text suggests, or as it is where its curator has begun to write."""
        end = f"\n---\n{PLACEHOLDERS['brief']}\n"
        front = draft.removesuffix(end)
        if front == draft or re.search("^#? *(?:actors|themes|claims):", front, re.MULTILINE):
            return draft
        return _choose(id, ("\n".join((front, *lines)) + end for lines in self._suggestions(text)))

    def _suggestions(self, text: str) -> Iterator[tuple[str, ...]]:
        for can_be_ready in (True, False) if text else (False,):
            yield tuple(self._suggester.suggest(text, can_be_ready=can_be_ready))

    def _facts(self, document: Described) -> _Facts:
        said, seen = document.said, dict(document.said.seen)
        values = {"title": _cut(said.title), "url": "", "publisher": "", "author": _cut(said.author), "published": ""}
        if document.address and is_address(document.address):
            values["url"] = document.address
            if not has_public_host(document.address):
                seen["url"] = "readers cannot reach it: write the public address, or unknown"
        elif document.address:
            seen["url"] = _says(document.address)
        publisher = self._find_publisher(document, seen)
        if publisher is not None:
            values["publisher"] = _name_publisher(publisher)
        elif document.publisher:
            values["publisher"] = _cut(document.publisher)
        if said.published and parse_date(said.published) is not None:
            values["published"] = said.published
        elif said.published:
            seen["published"] = _says(said.published)
        values = {name: value or UNKNOWN for name, value in values.items()}
        if document.retrieved:
            values["retrieved"] = document.retrieved
        if document.archive:
            values["archive"] = document.archive
        defaults = (publisher and publisher.data.defaults) or SourceDefaults()
        language = _language(said.language or "")
        if language and not is_known(language):
            seen["language"] = _says(said.language or "")
        elif language and language != defaults.language:
            values["language"] = language
        return _Facts(
            {name: _scalar(value) for name, value in values.items()},
            {name: _cut(text) for name, text in seen.items()},
            tuple(filter(None, map(_cut, said.remarks))),
            defaults.kind,
        )

    def _find_publisher(self, document: Described, seen: dict[str, str]) -> Document[Publisher] | None:
        """Return the known publisher of a document; without one, `seen` says who it may be."""
        said, known = document.said, self._site.publishers
        if found := self._publishers.find(document.address, document.publisher or said.site_name):
            return known[found]
        if said.site_name:
            seen["publisher"] = _says(said.site_name)
        elif named := list(self._publishers.find_named(said.text))[:_MOST_NAMED]:
            names = ", ".join(f"{_name_publisher(known[id])} (“{name}”)" for id, name in named)
            seen["publisher"] = f"its first lines name {names}"
        return None


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
    file = Path(content_file(kind, id))
    day = captured.retrieved
    text = Drafter(site).make(id, kind, Described(document, day, address, day, archive=captured.archive))
    disk.create(root / file, text.encode())
    return file


def extend_draft(root: Path, site: Site, id: Id, document: DocumentText, disk: Disk) -> Path | None:
    """Add to the draft of a source what a document suggests; return its path, None where nothing was added."""
    brief = site.briefs.get(site.sources[id].brief or "")
    if brief is None or brief.data.status != "draft":
        return None
    before = disk.read(root / brief.file)
    after = Drafter(site).extend(brief.id, before.decode(errors="replace"), document.text).encode()
    return Path(brief.file) if before != after and disk.rewrite(root / brief.file, after, before) else None


def _brief(headline: str, suggestions: Iterable[str], day: str, facts: _Facts) -> str:
    note = "  # the headline of the article: write your own" if headline == facts.values["title"] else ""
    lines = (
        "---",
        f"title: {headline}{note}",
        LEDE,
        f"date: {day}",
        f"status: draft  # delete this line to publish; {_HOW}",
        "source:",
        *_source(facts, "  "),
        *suggestions,
        "---",
        PLACEHOLDERS["brief"],
        "",
    )
    return "\n".join(lines)


def _choose(id: Id, drafts: Iterable[str]) -> str:
    """Return the first draft with the fewest problems: a headline or quotation may hold markup of its own."""
    file = content_file("brief", id)
    return min(drafts, key=lambda draft: len(parse("brief", id, file, draft.encode()).problems))


def _source(facts: _Facts, indent: str) -> Iterator[str]:
    """Yield the keys of a source, each with what was seen where it is not certain."""
    for name, value in facts.values.items():
        seen = facts.seen.get(name) if value == UNKNOWN or name == "url" else None
        yield f"{indent}{name}: {value}" + (f"  # {seen}" if seen else "")
    if "language" in facts.seen:
        yield f"# {indent}language: en  # {facts.seen['language']}"
    if facts.kind is None:
        yield f"# {indent}kind: report  # {_KINDS}"
    for remark in facts.remarks:
        yield f"## {remark}"


def _name_publisher(publisher: Document[Publisher]) -> str:
    return publisher.id if publisher.file else publisher.data.name


def _says(text: str) -> str:
    return f"the document says “{text}”"


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
