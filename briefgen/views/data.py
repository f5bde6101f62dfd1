"""What the files of `data/` hold: one struct for each kind of entry, with the keys of the content.

Keys without a value are left out, `unknown` ones too. `url` is the page of an entry: absolute where the site's address
is known, else from the site's root. Names of entries are the ids of the content; a claim's is `brief-or-source#claim`.
"""

from typing import Any

from msgspec import Struct, defstruct, field

from briefgen.views import page_data


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of everything in the files."""


class FlagData(Entry, frozen=True):
    """A defect that the desk found in a source."""

    kind: str
    note: str
    severity: str
    evidence: tuple[str, ...] = ()  # source ids


class CorrectionData(Entry, frozen=True):
    """What was changed in a brief after publication."""

    date: str
    was: str
    now: str
    why: str


class AssessmentData(Entry, frozen=True):
    """The desk's own judgement."""

    says: str
    likelihood: str = ""
    confidence: str = ""
    basis: str = ""


class SearchData(Entry, frozen=True):
    """What the desk looked for, and what came of it."""

    for_: str = field(name="for")
    where: str
    date: str
    result: str


class BriefData(Entry, frozen=True):
    """A brief without its text."""

    id: str
    url: str
    title: str
    date: str
    updated: str  # the day of its latest correction, else its own
    status: str
    lede: str = ""
    as_of: str = ""
    expires: str = ""
    editor: str = ""
    source: str = ""
    actors: tuple[str, ...] = ()  # those it lists and those of its claims
    themes: tuple[str, ...] = ()
    key_points: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    searches: tuple[SearchData, ...] = ()
    assessments: tuple[AssessmentData, ...] = ()
    corrections: tuple[CorrectionData, ...] = ()


class FindingData(Entry, frozen=True):
    """What the desk found of a claim's content: whether it is so, was kept or came true."""

    verdict: str
    note: str
    date: str = ""
    evidence: tuple[str, ...] = ()


class QuoteCheckData(Entry, frozen=True):
    """What was found when a quote was looked for in its source. It says nothing on whether the words were said."""

    result: str  # found, ambiguous (in several places), absent or unchecked
    how: str = ""  # "exact"; "normalised" where typography differs; "bracketed" with words of the desk in brackets
    checked: str = ""  # the day of the check in the desk's copy
    reason: str = ""  # why it counts as unchecked
    in_archive: str = ""  # found or absent, in the archived copy
    in_archive_checked: str = ""
    on_page: str = ""  # found or absent, on the source's own page
    on_page_checked: str = ""


class ClaimData(Entry, frozen=True):
    """One statement by one actor, as one source reports it."""

    id: str
    url: str
    says: str
    answer: str  # id of one of its theme's; "unclear" where it gives none
    brief: str = ""  # that reports it; none where its source carries it
    actor: str = ""  # who says it
    publisher: str = ""  # or the outlet that says it in its own voice
    for_: str = field(default="", name="for")
    role: str = ""  # as written, or the only one that the actor surely held on the day of the claim
    theme: str = ""
    date: str = ""  # EDTF: of the claim, else of its source, else of the brief
    said: str = ""  # EDTF: when it was said, if that is known
    quote: str = ""
    quote_check: QuoteCheckData | None = None
    quote_language: str = ""
    translation: str = ""  # of the quote, in the language of the site
    translated_by: str = ""  # a name, or "machine"
    via: str = ""  # the source from which `source` quotes the words
    note: str = ""
    source: str = ""
    report_credibility: int = 0  # that it was said: Admiralty 1 to 6; 6 is "cannot be judged"
    source_reliability: str = ""  # Admiralty A to F, of the source for claims of this kind
    content_kind: str = ""
    form: str = ""  # what it was made in, where that is no statement: paper, draft, leak
    content_finding: FindingData | None = None
    confirmed_by: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()  # claims with which the same speaker or party has replaced this one
    contradicts: tuple[str, ...] = ()  # claims that cannot be right if this one is
    undercut_by: tuple[str, ...] = ()  # claims that take its ground away without denying it
    corroborates: tuple[str, ...] = ()  # claims of independent origin that say the same
    supersedes: tuple[str, ...] = ()  # claims that this one replaces
    undercuts: tuple[str, ...] = ()  # claims that it takes the ground away from


class RelationData(Entry, frozen=True):
    """How one claim stands to another. Each relation is listed twice, from either side."""

    claim: str
    relation: str  # as `ClaimData` has it: contradicts, superseded_by …
    other: str
    url: str  # of `claim`
    other_url: str


class PositionData(Entry, frozen=True):
    """An actor's position on a theme, by what it says and what is said on its behalf."""

    actor: str
    theme: str
    answers: tuple[str, ...]  # one, or several that were given on one date
    claims: tuple[str, ...]  # the best claim with each of them
    url: str
    date: str = ""
    change: str = ""  # "changed", "unchanged" or "first" known; none where it cannot be told
    since: str = ""  # EDTF: of the first claim with this answer
    before: str = ""  # the answer until then
    same_time: tuple[str, ...] = ()  # other claims of the same time, as far as the dates tell
    earlier: tuple[str, ...] = ()  # newest first
    undated: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()  # on a side against which the desk has settled a dispute
    not_counted: tuple[str, ...] = ()  # those of `set_aside` that are certainly later than the best claim


class CopyData(Entry, frozen=True):
    """The desk's own copy of a source, in which quotes were looked for. It is not published."""

    extent: str  # "whole", or "part" where it lacks something of the source
    text_sha256: str
    sha256: str = ""  # of the file as it was captured
    retrieved: str = ""


class SourceData(Entry, frozen=True):
    """A source that a brief summarises or cites."""

    id: str
    url: str
    kind: str
    title: str = ""
    title_translation: str = ""  # in the language of the site
    titling: str = ""  # how the title was found, if it is not printed: "rebuilt from the address"
    link: str = ""  # its own address
    archive: str = ""
    publisher: str = ""
    credit: str = ""  # whose text the publisher carries
    author: str = ""
    published: str = ""  # EDTF
    dating: str = ""  # how the day of publication was found
    retrieved: str = ""
    language: str = ""
    summary: str = ""
    interest: str = ""  # its own, else its publisher's
    reliability_for_facts: str = ""  # Admiralty A to F; F is "cannot be judged"
    reliability_for_opinion: str = ""
    reliability_reason: str = ""
    reliability_rated: str = ""  # the day of its publisher's rating, where it has no grade of its own
    brief: str = ""  # that summarises it
    claims: tuple[str, ...] = ()  # that it carries itself
    copy: CopyData | None = None  # where quotes were looked for in one
    cites: tuple[str, ...] = ()
    flags: tuple[FlagData, ...] = ()


class RoleData(Entry, frozen=True):
    """An office; open ends are left out."""

    title: str
    of: str = ""
    from_: str = field(default="", name="from")
    until: str = ""


class ActorData(Entry, frozen=True):
    """A person, state, organisation or group that speaks or is spoken of."""

    id: str
    url: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    wikidata: str = ""
    roles: tuple[RoleData, ...] = ()


class ReadingData(Entry, frozen=True):
    """What the desk makes of a dispute."""

    says: str
    date: str
    # Of one that was replaced:
    state: str = ""  # of the dispute until then
    why: str = ""


class SideData(Struct, frozen=True, omit_defaults=True):
    """A side of a dispute; without a label where its claims do not fall into sides."""

    label: str = ""
    claims: tuple[str, ...] = ()


class DisputeData(Entry, frozen=True):
    """A question on which claims cannot all be right."""

    id: str
    url: str
    question: str
    kind: str
    state: str
    sides: tuple[SideData, ...]
    theme: str = ""  # where it is not listed under its theme
    reading: ReadingData | None = None
    earlier: tuple[ReadingData, ...] = ()  # newest first
    evidence: tuple[str, ...] = ()  # source ids
    settled_by: str = ""  # what would settle it
    searches: tuple[SearchData, ...] = ()
    note: str = ""


class AnswerData(Entry, frozen=True):
    """An answer to a theme's question."""

    id: str
    label: str


class ThemeData(Entry, frozen=True):
    """A subject of the briefing."""

    id: str
    url: str
    name: str
    question: str = ""
    answers: tuple[AnswerData, ...] = ()  # from one pole to the other, unless `scale` is "none"
    scale: str = ""
    unit: str = ""  # of answers that are figures
    aliases: tuple[str, ...] = ()
    disputes: tuple[DisputeData, ...] = ()
    searches: tuple[SearchData, ...] = ()


class RatingData(Entry, frozen=True):
    """A dated judgement: Admiralty A to F; F is "cannot be judged"."""

    date: str
    for_facts: str
    for_opinion: str
    reason: str


class PublisherData(Entry, frozen=True):
    """An outlet."""

    id: str
    url: str
    name: str
    kind: str = ""
    owner: str = ""
    country: str = ""
    interest: str = ""
    link: str = ""
    note: str = ""
    aliases: tuple[str, ...] = ()
    reliability: tuple[RatingData, ...] = ()  # newest first


class CoverageData(Struct, frozen=True):
    """How many were not checked, or were; `of` is 0 for what is only counted."""

    id: str
    subject: str  # quotations, sources, claims, themes, searches
    count: int
    of: int
    words: str


class _File(Struct, frozen=True, kw_only=True):
    """A file: whose data these are. What follows is one list of entries, in the order of the site."""

    site: str
    language: str


def _define_file(name: str, entry: Any) -> Any:
    return defstruct(name.title(), [(name, tuple[entry, ...])], bases=(_File,), frozen=True)


_ENTRIES: dict[str, type[Struct]] = {
    "briefs": BriefData,
    "claims": ClaimData,
    "positions": PositionData,
    "relations": RelationData,
    "sources": SourceData,
    "actors": ActorData,
    "themes": ThemeData,
    "publishers": PublisherData,
    "coverage": CoverageData,
    "matrix": page_data.CellData,
    "disputes": DisputeData,
    "timeline": page_data.MomentData,
    "changes": page_data.ChangeData,
    "corrections": page_data.CorrectedData,
    "searches": page_data.SearchedData,
}
FILES: dict[str, type[_File]] = {name: _define_file(name, entry) for name, entry in _ENTRIES.items()}
"""The files by name: `briefs` has one list, `briefs`, of `BriefData`."""


class Schema(Struct, frozen=True):
    """A JSON Schema (draft 2020-12) that every JSON file of the site's data meets."""

    schema: str = field(name="$schema")
    title: str
    any_of: list[dict[str, Any]] = field(name="anyOf")
    definitions: dict[str, Any] = field(name="$defs")
