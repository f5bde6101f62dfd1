"""What a curator writes, typed: one struct per kind of file. Keys of the YAML are the fields' names.

The structs are the schema: unknown keys are refused, tuples keep the order of the file, `unknown` is a real value
of a `MaybeUnknown`. Ids name other files (`briefs/`, `actors/` …) and are resolved by `load`; after that
every actor, theme and source id in a `Site` exists, unless it says otherwise.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from briefgen.model.links import LinkState
from briefgen.model.texts import MarkedText
from briefgen.model.vocabulary import (
    ActorKind,
    ArticleType,
    Cards,
    ClaimForm,
    ClaimKind,
    Confidence,
    Credibility,
    DisputeKind,
    DisputeState,
    FlagKind,
    Gap,
    KeyPointKind,
    Likelihood,
    Reliability,
    Scale,
    Severity,
    SourceKind,
    Status,
    Verdict,
)

Id = Annotated[
    str,
    Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100, description="lower-case words joined by single hyphens"),
]
MACHINE = "machine"  # the translator that is none
UNCLEAR = "unclear"  # the answer of a claim that gives none
FormerIds = tuple[Id, ...]  # oldest first; each leads to what had it
# Only a `Sentence` takes Markdown; in words that others wrote it may stand, as they are taken as they are.
_OWN, _OTHERS, _MARKED = ({"takes": what} for what in ("plain text", "exact words", "inline Markdown"))
_IN_ONE_LINE = {"is_line": True}
Text = Annotated[str, Meta(min_length=1, description="plain text", extra=_OWN)]
Line = Annotated[str, Meta(min_length=1, description="one line of plain text", extra=_OWN | _IN_ONE_LINE)]
Sentence = Annotated[str, Meta(min_length=1, description="inline Markdown", extra=_MARKED)] | MarkedText
MaybeUnknown = Annotated[
    str, Meta(min_length=1, description="one line of plain text, or `unknown`", extra=_OWN | _IN_ONE_LINE)
]
Verbatim = Annotated[str, Meta(min_length=1, description="exact words", extra=_OTHERS)]
AsPrinted = Annotated[
    str, Meta(min_length=1, description="one line as printed, or `unknown`", extra=_OTHERS | _IN_ONE_LINE)
]
Path = Annotated[str, Meta(min_length=1, description="a path")]
Url = Annotated[str, Meta(pattern=r"^https?://[^\s/]+\S*$", description="an http or https address")]
MaybeUrl = Annotated[
    str, Meta(pattern=r"^(https?://[^\s/]+\S*|unknown)$", description="an http or https address, or `unknown`")
]
# Every part of its path is a folder: `//` and `..` would mean another place in the addresses that begin with it.
BaseUrl = Annotated[
    str,
    Meta(
        pattern=r"^https?://[^\s/?#\[\]@\\]+(/(?!\.\.?(/|$))[^\s/?#\\]+)*/?$",
        description="an http or https address",
    ),
]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="a day, YYYY-MM-DD")]
Date = Annotated[
    str,
    Meta(
        pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?[?~%]?|unknown)$",
        description="an EDTF date: 2025, 2025-12, 2025-12-03, with ? uncertain, ~ approximate, % both; or `unknown`",
    ),
]
Language = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*(-[A-Za-z0-9](-[A-Za-z0-9]{2,8})+)*$",
        description="a BCP 47 tag with the language in small letters, such as en or de-CH",
    ),
]
Name = Annotated[str, Meta(min_length=1, description="an id, a name or an alias")]
ClaimRef = Annotated[
    str,
    Meta(
        pattern=r"^([a-z0-9]+(-[a-z0-9]+)*#)?[a-z0-9]+(-[a-z0-9]+)*$",
        description="a claim's id here, or `brief-or-source#claim`",
    ),
]


class Entry(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True, gc=False):
    """Base of everything that a content file may hold."""


class Flag(Entry, frozen=True):
    """A defect that the curator found in a source, with source ids as evidence."""

    kind: FlagKind
    note: Sentence
    evidence: tuple[Id, ...] = ()
    severity: Severity = "major"


class UseGrades(Entry, frozen=True):
    """How far a source is trusted by what it is used for: how things are, or what its author thinks."""

    facts: Reliability
    opinion: Reliability


class Source(Entry, frozen=True):
    """An article or other document, inside a brief or in a file of `sources/`."""

    title: AsPrinted
    title_translation: Line | None = None
    id: Id | None = None
    titling: Text | None = None  # how the title was found, if not printed: "rebuilt from the address"
    url: MaybeUrl = "unknown"
    publisher: MaybeUnknown = "unknown"  # a publisher's id, name or alias; any other name is shown as it is
    credit: Line | None = None  # whose text the publisher carries: an agency, another outlet
    kind_: SourceKind | None = field(default=None, name="kind")  # default: that of its publisher
    language: Language | None = None  # likewise
    author: AsPrinted = "unknown"
    published: Date = "unknown"
    dating: Text | None = None
    retrieved: Date | None = None
    archive: Url | None = None
    reliability: Reliability | UseGrades | None = None  # default: the latest rating of its publisher
    reliability_reason: Text | None = None
    interest: Text | None = None
    summary: Sentence | None = None  # what it says, in the curator's words
    cites: tuple[Id, ...] = ()
    flags: tuple[Flag, ...] = ()
    former_ids: FormerIds = ()

    @property
    def kind(self) -> SourceKind:
        """What sort of text it is."""
        return self.kind_ or "report"


class Finding(Entry, frozen=True):
    """What the desk found of a claim's content: whether it is so, was kept or came true."""

    verdict: Verdict
    note: Sentence
    date: Date | None = None
    evidence: tuple[Id, ...] = ()


class Context(Entry, frozen=True):
    """A few words of the source beside a quote, which tell which of several places is meant."""

    before: Verbatim | None = None
    after: Verbatim | None = None


class Claim(Entry, frozen=True):
    """One statement by one actor, or by a publisher in its own voice, as one source reports it."""

    id: Id
    says: Sentence
    actor: Name | None = None
    publisher: Name | None = None  # instead of an actor
    for_: Name | None = field(default=None, name="for")  # on whose behalf
    role: Line | None = None  # the title of one of the actor's roles
    theme: Name | None = None
    answer: Id = UNCLEAR  # of those that the theme lists
    date: Date | None = None  # when it was said; default: the source's date, else the brief's
    quote: Verbatim | None = None  # the exact words
    context: Context | None = None
    gap: Gap | None = None  # `far`: parts around an ellipsis may be in different paragraphs
    quote_language: Language | None = None  # default: that of the source
    translation: Text | None = None  # of the quote, in the language of the site
    translated_by: Line | None = None  # a name, or `machine`
    via: Id | None = None  # the source that the text quotes the words from: it is not the first to print them
    note: Sentence | None = None
    credibility: Credibility | None = None
    confirmed_by: tuple[Id, ...] = ()  # sources that report the same
    contradicts: tuple[ClaimRef, ...] = ()  # both cannot be right
    supersedes: tuple[ClaimRef, ...] = ()  # the same speaker now says this instead
    corroborates: tuple[ClaimRef, ...] = ()  # an independent origin reports the same
    undercuts: tuple[ClaimRef, ...] = ()  # does not deny it, but takes its ground away
    kind: ClaimKind | None = None
    form: ClaimForm | None = None  # what it was made in, where that is no statement
    finding: Finding | None = None


class SourceFile(Source, frozen=True):
    """The content of `sources/<id>.yaml`: a source that carries claims of its own, as a published text does."""

    claims: tuple[Claim, ...] = ()


class Assessment(Entry, frozen=True):
    """The desk's own judgement; likelihood and confidence are never in one sentence (ICD 203 §D.6.e(2)(a))."""

    says: Sentence
    likelihood: Likelihood | None = None
    confidence: Confidence | None = None
    basis: Sentence | None = None


class Correction(Entry, frozen=True):
    """What was changed after publication; the list of a brief only ever grows."""

    date: Day
    was: Verbatim
    now: Sentence
    why: Sentence
    claims: tuple[ClaimRef, ...] = ()  # what it changed, where that was a claim


class Retraction(Entry, frozen=True):
    """The notice that a retracted brief leaves behind."""

    date: Day
    why: Sentence


class Search(Entry, frozen=True):
    """Something that the desk looked for, and what came of it: that nothing was found is a result."""

    for_: Line = field(name="for")
    where: Line
    date: Day
    result: Sentence


class Brief(Entry, frozen=True):
    """The front matter of `briefs/<id>.md`."""

    title: Line
    date: Day
    lede: Sentence | None = None
    as_of: Day | None = None  # state of knowledge; default: date
    expires: Day | None = None  # first day on which it is no longer published
    status: Status = "published"
    editor: Line | None = None
    key_points: tuple[Sentence, ...] = ()
    source: Source | None = None
    actors: tuple[Name, ...] = ()
    themes: tuple[Name, ...] = ()
    claims: tuple[Claim, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    corrections: tuple[Correction, ...] = ()
    searches: tuple[Search, ...] = ()
    retraction: Retraction | None = None
    former_ids: FormerIds = ()


class Role(Entry, frozen=True):
    """An office or function; `from` and `until` are EDTF dates, open where left out."""

    title: Line
    of: Name | None = None  # the actor it serves
    from_: Date | None = field(default=None, name="from")
    until: Date | None = None


class Actor(Entry, frozen=True):
    """The front matter of `actors/<id>.md`."""

    name: Line
    kind: ActorKind
    in_text: Line | None = None  # the name within a sentence, where it is another: "the United Kingdom"
    aliases: tuple[Line, ...] = ()  # spellings and scripts that resolve to this actor
    metonyms: tuple[Line, ...] = ()  # only ever suggested
    roles: tuple[Role, ...] = ()
    wikidata: Annotated[str, Meta(pattern=r"^Q[1-9][0-9]*$", description="a Wikidata item, Q…")] | None = None
    former_ids: FormerIds = ()


class Side(Entry, frozen=True):
    """Claims of a dispute that say the same."""

    label: Line
    claims: tuple[ClaimRef, ...]
    holds: bool = False  # whether the evidence decides for it; only where the dispute is settled


class Reading(Entry, frozen=True):
    """What the desk makes of a dispute, in one sentence."""

    says: Sentence
    date: Day


class EarlierReading(Reading, frozen=True):
    """A reading that another one has replaced, with the state that the dispute was in."""

    state: DisputeState = "open"
    why: Sentence | None = None  # it was replaced


class Dispute(Entry, frozen=True):
    """A question on which claims cannot all be right: two or more, in `claims` or in `sides`."""

    id: Id
    question: Line
    kind: DisputeKind
    claims: tuple[ClaimRef, ...] = ()  # their answers make the sides
    sides: tuple[Side, ...] = ()
    state: DisputeState = "open"
    reading: Reading | None = None
    earlier: tuple[EarlierReading, ...] = ()  # newest first
    evidence: tuple[Id, ...] = ()  # sources that settle it
    settled_by: Sentence | None = None  # what would settle it
    searches: tuple[Search, ...] = ()
    note: Sentence | None = None

    @property
    def every_claim(self) -> tuple[ClaimRef, ...]:
        """The claims, on whatever side."""
        return (*self.claims, *(claim for side in self.sides for claim in side.claims))

    @property
    def holding_side(self) -> Side | None:
        """The side for which the evidence decides; None where the dispute is not settled or no side holds."""
        sides = self.sides if self.state == "settled" else ()
        return next((side for side in sides if side.holds), None)


class Answer(Entry, frozen=True):
    """An answer to the question of a theme."""

    id: Id
    label: Line


class Theme(Entry, frozen=True):
    """The front matter of `themes/<id>.md`; `answers` go from one pole to the other, unless `scale` is none."""

    name: Line
    question: Line | None = None
    answers: tuple[Answer, ...] = ()
    scale: Scale | None = None
    unit: Line | None = None  # where the answers are figures
    aliases: tuple[Line, ...] = ()
    order: int | None = None
    disputes: tuple[Dispute, ...] = ()
    searches: tuple[Search, ...] = ()
    former_ids: FormerIds = ()


DEFAULT_ANSWERS = (
    Answer(id="yes", label="yes"),
    Answer(id="conditional", label="on conditions"),
    Answer(id="no", label="no"),
)


def answers_of(theme: Theme) -> tuple[Answer, ...]:
    """Return the answers to a theme's question, in order; none where only figures answer it and none is listed."""
    return theme.answers or (DEFAULT_ANSWERS if theme.question and not theme.unit else ())


class Rating(Entry, frozen=True):
    """A dated judgement of a publisher."""

    grade: Reliability | UseGrades
    date: Day
    reason: Text


class SourceDefaults(Entry, frozen=True):
    """What every source of a publisher is that does not say otherwise."""

    kind: SourceKind | None = None
    language: Language | None = None


class Publisher(Entry, frozen=True):
    """The content of `publishers/<id>.yaml`."""

    name: Line
    kind: Line | None = None  # "state news agency", "regional daily" …
    aliases: tuple[Line, ...] = ()
    owner: MaybeUnknown | None = None
    country: MaybeUnknown | None = None
    interest: Text | None = None
    url: Url | None = None
    note: Sentence | None = None
    reliability: tuple[Rating, ...] = ()  # newest first or last: sorted by date when shown
    defaults: SourceDefaults | None = None
    former_ids: FormerIds = ()


class FreePage(Entry, frozen=True):
    """The front matter of `pages/<id>.md`; `pages/index.md` introduces the home page."""

    title: Line
    description: Text | None = None
    order: int | None = None  # place in the navigation
    former_ids: FormerIds = ()


class KeyPoint(Entry, frozen=True):
    """What a reader should know first, in one sentence, with what the desk knows of it and as of when."""

    says: Sentence
    kind: KeyPointKind | None = None
    date: Date | None = None  # of what it says, not of the desk's work


class CardImage(Entry, frozen=True):
    """A picture that other sites show beside a link to this one."""

    file: Path  # its path in `content/static/`
    alt: Line | None = None  # what it shows


class Config(Entry, frozen=True):
    """`site.yaml`."""

    title: Line
    description: Text | None = None
    base_url: BaseUrl | None = None
    language: Language = "en"
    site_theme: Id = "briefing"
    output_dir: Path = "site"
    publisher: Line | None = None  # the desk that publishes this site
    article_type: ArticleType = "AnalysisNewsArticle"  # the schema.org type of a brief
    key_points: tuple[KeyPoint, ...] = ()
    page_size: Annotated[int, Meta(ge=1)] = 20  # entries on a page of a long list
    freshness_days: Annotated[int, Meta(ge=1)] | None = None  # how old the newest claim on a theme may be
    card_image: CardImage | None = None
    cards: Cards = "drawn"
    claim_review: bool = False  # whether pages mark findings on claims of fact as ClaimReview
    markdown: bool = False  # whether pages are there as Markdown as well


class KnownLink(Entry, frozen=True):
    """How an outgoing address answered."""

    address: Url
    state: LinkState
    answered: Day | None = None  # the last day on which it did
    since: Day | None = None  # the first day on which it was found in this state; not kept for `ok`
    target: Url | None = None  # where it has moved to
    archive: Url | None = None  # an archived copy of what is dead


class KnownLinks(Entry, frozen=True):
    """The content of `links.yaml`, which `briefgen check --links --record` writes."""

    links: tuple[KnownLink, ...] = ()


ContentKind = Literal["brief", "actor", "theme", "publisher", "source", "page", "config", "links", "checks", "capture"]
