"""What the files of `data/` hold: one struct for each kind of entry, with the keys of the content.

Keys without a value are left out, `unknown` ones too. `url` is the page of an entry: absolute where the site's address
is known, else from the site's root. Names of entries are the ids of the content; a claim's is `brief#claim`.
"""

from typing import Any

from msgspec import Struct, defstruct, field


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
    assessments: tuple[AssessmentData, ...] = ()
    corrections: tuple[CorrectionData, ...] = ()


class OutcomeData(Entry, frozen=True):
    """How a forecast fared."""

    verdict: str
    note: str
    date: str = ""
    evidence: tuple[str, ...] = ()


class ClaimData(Entry, frozen=True):
    """One statement by one actor, as one source reports it."""

    id: str
    url: str
    brief: str
    actor: str
    says: str
    stance: str
    for_: str = field(default="", name="for")
    role: str = ""  # as written, or the only one that the actor surely held on the day of the claim
    theme: str = ""
    date: str = ""  # EDTF: of the claim, else of its source, else of the brief
    said: str = ""  # EDTF: when it was said, if that is known
    quote: str = ""
    note: str = ""
    source: str = ""
    credibility: int = 0  # Admiralty 1 to 6; 6 is "cannot be judged"
    confirmed_by: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()  # claims that cannot be right if this one is
    outcome: OutcomeData | None = None


class PositionData(Entry, frozen=True):
    """An actor's latest claim on a theme."""

    actor: str
    theme: str
    stance: str
    claim: str
    url: str
    date: str = ""
    earlier: tuple[str, ...] = ()  # the actor's other claims on the theme, newest first


class SourceData(Entry, frozen=True):
    """A source that a brief summarises or cites."""

    id: str
    url: str
    kind: str
    title: str = ""
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
    interest: str = ""
    reliability: str = ""  # Admiralty A to F; F is "cannot be judged"
    reliability_reason: str = ""
    brief: str = ""  # that summarises it
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


class DisputeData(Entry, frozen=True):
    """A question on which claims cannot all be right."""

    id: str
    url: str
    question: str
    kind: str
    state: str
    claims: tuple[str, ...]
    note: str = ""


class ThemeData(Entry, frozen=True):
    """A subject of the briefing."""

    id: str
    url: str
    name: str
    question: str = ""
    aliases: tuple[str, ...] = ()
    disputes: tuple[DisputeData, ...] = ()


class RatingData(Entry, frozen=True):
    """A dated judgement: Admiralty A to F; F is "cannot be judged"."""

    grade: str
    date: str
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


class _File(Struct, frozen=True, kw_only=True):
    """A file: whose data these are. What follows is one list of entries, in the order of the site."""

    site: str
    language: str


def _define_file(entry: Any) -> Any:
    name = f"{entry.__name__.removesuffix('Data')}s"
    return defstruct(name, [(name.lower(), tuple[entry, ...])], bases=(_File,), frozen=True)


_ENTRIES = (BriefData, ClaimData, PositionData, SourceData, ActorData, ThemeData, PublisherData)
FILES: dict[str, type[_File]] = {kind.__name__.lower(): kind for kind in map(_define_file, _ENTRIES)}
"""The files by name: `briefs` has one list, `briefs`, of `BriefData`."""


class Schema(Struct, frozen=True):
    """A JSON Schema (draft 2020-12) that every JSON file of the site's data meets."""

    schema: str = field(name="$schema")
    title: str
    any_of: list[dict[str, Any]] = field(name="anyOf")
    definitions: dict[str, Any] = field(name="$defs")
