"""Claims, and the disputes between them, as parts of pages."""

from msgspec import Struct

from briefgen.views.parts import Grade, Link, Text, When
from briefgen.views.sources import QuoteCheckView, SourceLink


class AnswerView(Struct, frozen=True, array_like=True):
    """An answer to a theme's question, with its unit where it is a figure."""

    id: str
    words: str
    tint: str  # the end of the scale that it is on: first, last, middle between; plain without a scale; unclear


class ClaimLink(Struct, frozen=True, array_like=True):
    """A claim as another mentions it."""

    speaker: str
    says: Text
    url: str
    brief: str  # title of its brief, or of its source
    direction: str = ""  # of `speaker`, as `Link.direction`
    said: When | None = None  # where one of the two supersedes the other


class ClaimLine(Struct, frozen=True, array_like=True):
    """A claim in a line of a list."""

    speaker: Link
    on_behalf: Link | None
    says: Text
    url: str
    date: When
    answer: AnswerView
    form: str = ""  # as of `ClaimView`
    contested: Link | None = None  # the dispute in which it is, else itself with a word: "contradicted", "undercut" …
    source: SourceLink | None = None  # that is trusted most of those that report it; where the list shows it
    reliability: Grade | None = None  # of that source, for claims of this kind


class RelatedClaims(Struct, frozen=True, array_like=True):
    """The claims that a claim has one relation with."""

    relation: str  # key of vocabulary.RELATION_WORDS
    words: str  # "contradicted by", "supersedes" …
    claims: tuple[ClaimLink, ...]


class FindingView(Struct, frozen=True, array_like=True):
    """What the desk found of a claim's content, or that it was not examined."""

    label: str  # what it is about: "The claim itself", "What came of the forecast"
    verdict: str  # a word of vocabulary.Verdict; empty where there is no finding
    words: str  # "contradicted"; without a finding "not examined"
    note: Text = ""
    date: When | None = None
    evidence: tuple[SourceLink, ...] = ()


class TranslationView(Struct, frozen=True, array_like=True):
    """A quote in the language of the site."""

    text: str
    language: str
    label: str  # what it is, in words: "machine translation", "translated by …" or "translation"


class ClaimView(Struct, frozen=True, array_like=True):
    """One claim with all that a reader needs to weigh it."""

    id: str
    anchor: str  # element id on this page; empty where the claim is only repeated
    url: str  # its permanent address
    says: Text
    speaker: Link  # an actor, or a publisher that speaks in its own voice
    role: str  # the office in which the speaker spoke: as written, or the only one surely held on that day
    on_behalf: Link | None
    theme: Link | None
    answer: AnswerView
    date: When
    quote: str
    credibility: Grade | None  # of the report: that it was said
    source: SourceLink | None
    brief: Link | None  # None where its source carries it
    single_source: bool  # only one independent origin
    confirmed_by: tuple[SourceLink, ...]
    related: tuple[RelatedClaims, ...]  # the other claims have this one in return
    questions: tuple[Link, ...]  # disputes that it is part of
    kind: str  # a word of vocabulary.ClaimKind; empty where the curator named none
    finding: FindingView | None  # of its content; None where the kind is not known, or a demand or an opinion
    reliability: Grade | None  # of the source, for claims of this kind
    note: Text
    quote_language: str = ""  # where it is not the site's
    quote_direction: str = ""  # as `Link.direction`
    translation: TranslationView | None = None
    via: SourceLink | None = None  # from which its source quotes the words
    form: str = ""  # what it was made in or as, in words, where that is no plain statement: "in a leaked draft"
    check: QuoteCheckView | None = None  # of the quote; None where nothing was checked on the whole site


class ReadingView(Struct, frozen=True, array_like=True):
    """What the desk makes of a dispute."""

    says: Text
    date: When
    # Of one that was replaced:
    state_words: str = ""  # what the state of the dispute was then
    why: Text = ""  # it was replaced


class SideRow(Struct, frozen=True, array_like=True):
    """A side of a dispute in one line."""

    label: str  # empty where the claims do not fall into sides
    speakers: tuple[Link, ...]  # of its claims, each once
    claims: int
    holds: bool = False  # whether the desk has settled the dispute for it
    # For each of `speakers`, of the best source that reports it here:
    grades: tuple[Grade | None, ...] = ()
    publishers: tuple[Link | None, ...] = ()


class SideView(Struct, frozen=True, array_like=True):
    """A side of a dispute with its claims."""

    label: str  # empty where the claims do not fall into sides
    claims: tuple[ClaimView, ...]
    holds: bool = False  # as of `SideRow`


class DisputeCard(Struct, frozen=True, array_like=True):
    """A dispute in a list."""

    link: Link  # its question
    theme: Link
    kind_words: str
    state: str  # open, explained, settled
    reading: ReadingView | None
    sides: tuple[SideRow, ...]
    state_words: str = ""
