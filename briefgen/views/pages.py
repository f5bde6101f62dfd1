"""The views of HTML pages: everything that a page shows. A template gets one of these and nothing else.

This is the contract with site themes, `theme_api: 1`. All addresses are relative to the page that shows them,
except those of other sites; texts are plain and escaped by the template; `Html` is markup already. An empty text or
tuple means that there is nothing to show.

Views are compared and cached as bytes. They are encoded as arrays, because field names would double their size.
"""

from msgspec import Struct

from briefgen.views.cards import (
    ActorGroup,
    ActorRow,
    AssessmentView,
    BriefCard,
    CorrectionRow,
    CorrectionView,
    RoleView,
    ThemeCard,
)
from briefgen.views.claims import ClaimLine, ClaimView, DisputeCard, ReadingView, SideView
from briefgen.views.parts import (
    Citation,
    Frame,
    Grade,
    KeyPointView,
    Link,
    Mention,
    Pager,
    Prose,
    SearchView,
    Text,
    When,
)
from briefgen.views.positions import AnswerGroup, AnswerRow, LaterStatements, PositionView
from briefgen.views.search import SearchFilter
from briefgen.views.sources import (
    FlagView,
    FoldRow,
    PublisherGroup,
    QuotationCounts,
    RatingView,
    SourceGroup,
    SourceLink,
    SourceView,
)
from briefgen.views.timelines import Chart, EventDay, EventGroup, EventRow, Overview, TimelineYear


class FramedView(Struct, frozen=True, array_like=True):
    """What the views of all pages have in common."""

    frame: Frame


class ListView(FramedView, frozen=True, array_like=True, kw_only=True):
    """What the pages of long lists have in common."""

    total: int
    pager: Pager
    data: tuple[Link, ...] = ()  # the same as files for programs, where there are any
    up: Link | None = None  # for older pages of an actor's, a theme's or a publisher's list: its own page


class SubjectView(FramedView, frozen=True, array_like=True):
    """What the pages of actors, themes and publishers have in common."""

    name: str
    total: int  # of the briefs or sources in its list
    pager: Pager
    citation: Citation
    previous: Link | None  # actors of one kind and publishers by name, themes in their order
    next: Link | None


class MatrixCell(Struct, frozen=True, array_like=True):
    """What an actor answers to the question of a theme."""

    words: str  # the answer, "several answers", or "no clear answer" where no claim gives one
    tint: str = "plain"  # as of `AnswerView`; or several
    url: str = ""  # of the best claim, or of the newest unclear one
    said: When | None = None
    reliability: Grade | None = None  # of the source of the best claim
    source: SourceLink | None = None  # that one
    doubt: str = ""  # in words, where the report that it was said is graded 4, 5 or 6
    origins: int = 0  # independent ones that report it
    before: str = ""  # the answer before this one, where it has changed
    disputes: tuple[Link, ...] = ()  # open ones of this theme, in which the answer is
    by: tuple[Link, ...] = ()  # who says it on the actor's behalf
    form: str = ""  # as of `ClaimView`
    since: When | None = None  # of the first claim with this answer, where it is unchanged since an earlier date
    revised: Link | None = None  # the claim that supersedes the best one and gives no answer; its text is the date
    later: tuple[LaterStatements, ...] = ()  # as of `HolderView`


class MatrixRow(Struct, frozen=True, array_like=True):
    """The answers to the question of one theme."""

    theme: Link
    question: str
    cells: tuple[MatrixCell | None, ...]  # one for each actor of the grid; None where nothing is known to be said
    others: tuple[tuple[Link, MatrixCell], ...] = ()  # of actors without a column
    more: int = 0  # actors with an answer that are not shown


class Grid(Struct, frozen=True, array_like=True):
    """What each actor answers to the question of each theme."""

    actors: tuple[Link, ...]  # the columns: those who answer most of these questions
    rows: tuple[MatrixRow, ...]
    has_bodies: bool = False  # whether the columns are those of states and organisations alone


class Home(FramedView, frozen=True, array_like=True):
    introduction: Prose | None
    key_points: tuple[KeyPointView, ...]
    statements: tuple[ClaimLine, ...]  # the latest ones, by the day on which they were made
    grid: Grid | None  # of the first themes, and the actors who say most on them
    news: tuple[EventRow, ...]  # the newest, without briefs and changed answers
    disputes: tuple[DisputeCard, ...]  # the first few, open ones first
    sources: tuple[BriefCard, ...]  # how far to trust each: the latest briefs' sources
    briefs: tuple[BriefCard, ...]  # latest
    themes: tuple[ThemeCard, ...]  # the first ones
    actors: tuple[ActorRow, ...]  # those who speak most
    all_briefs: Link
    all_themes: Link
    all_sources: Link
    all_disputes: Link | None = None  # where there are any
    all_answers: Link | None = None  # the matrix, where there is one
    all_news: Link | None = None
    answers: tuple[EventRow, ...] = ()  # that changed last
    changed: When | None = None  # when the desk changed something last
    disputes_in_all: int = 0
    disputes_open: int = 0
    trusted: tuple[PublisherGroup, ...] = ()  # the publishers of most sources that are graded A or B, by grade


class Briefs(ListView, frozen=True, array_like=True):
    briefs: tuple[BriefCard, ...]  # newest first


class BriefView(FramedView, frozen=True, array_like=True):
    lede: Text
    date: When
    as_of: When
    status: str  # in words; empty for published
    status_note: bool  # whether the status deserves a notice (needs-second-source)
    editor: str
    key_points: tuple[Text, ...]
    body: Prose | None
    source: SourceView | None
    claims: tuple[ClaimView, ...]
    assessments: tuple[AssessmentView, ...]
    corrections: tuple[CorrectionView, ...]
    searches: tuple[SearchView, ...]
    actors: tuple[Link, ...]
    themes: tuple[Link, ...]
    questions: tuple[tuple[Link, str], ...]  # of those of these themes that have one
    cited: tuple[SourceLink, ...]  # sources named elsewhere than in findings, in order of first mention
    citation: Citation
    newer: Link | None
    older: Link | None
    quotations: QuotationCounts | None = None  # of its claims and citations; None where it has none
    mentions: tuple[Mention, ...] = ()  # the newest other briefs whose texts link to it


class Retracted(FramedView, frozen=True, array_like=True):
    date: When | None
    why: Text


class Actors(FramedView, frozen=True, array_like=True):
    groups: tuple[ActorGroup, ...]
    total: int


class ActorView(SubjectView, frozen=True, array_like=True):
    kind: str  # person, state, organisation, group, author
    in_text: str  # the name within a sentence
    aliases: tuple[str, ...]
    roles: tuple[RoleView, ...]
    wikidata: str  # address
    statements: int  # claims by it
    latest: When | None  # of them and of those on its behalf
    body: Prose | None
    positions: tuple[PositionView, ...]  # per theme, by claims that it makes and that are made on its behalf
    contradicted: tuple[tuple[ClaimLine, ClaimLine], ...]  # claims of this actor, each with another's against it
    disputes: tuple[DisputeCard, ...]  # with claims of this actor
    chart: Chart | None  # of its claims and those on its behalf, where several have a date
    reported_by: tuple[tuple[Link, int], ...]  # publishers and number of claims
    mentions: tuple[BriefCard, ...]  # briefs, newest first
    sentences: tuple[str, ...]  # for each of `mentions` the one in which its text has a link to the actor, else empty
    on_behalf: int = 0  # claims that others make for it
    kind_words: str = ""


class Themes(FramedView, frozen=True, array_like=True):
    themes: tuple[ThemeCard, ...]


class ThemeView(SubjectView, frozen=True, array_like=True):
    question: str
    body: Prose | None
    given: tuple[AnswerRow, ...]  # each answer in a line, with those who give it, if any does
    answers: tuple[AnswerGroup, ...]  # in the theme's order
    voices: tuple[ClaimView, ...]  # of texts and outlets in their own voice, which are no actor's position
    unclear: tuple[ClaimView, ...]  # claims of actors that give no answer
    more: int  # claims without an answer, or in a text's own voice, that are not shown here
    unit: str  # of figures
    chart: Chart | None  # of the claims, where several have a date
    disputes: tuple[DisputeCard, ...]
    searches: tuple[SearchView, ...]
    actors: tuple[Link, ...]
    sources: tuple[SourceGroup, ...]  # by kind
    briefs: tuple[BriefCard, ...]
    sentences: tuple[str, ...]  # for each of `briefs` the one in which its text has a link to the theme, else empty
    latest: When | None


class Matrix(FramedView, frozen=True, array_like=True):
    """What each actor answers to the question of each theme. Long ones are divided by theme into several pages."""

    grid: Grid
    parts: tuple[Link, ...]  # the pages of the matrix, `current` set; empty for one
    data: tuple[Link, ...]  # the same as files for programs


class Corrections(ListView, frozen=True, array_like=True):
    rows: tuple[CorrectionRow, ...]  # newest first


class Digest(Struct, frozen=True, array_like=True):
    """What is new since a day, for an e-mail: no page of the site, and all its addresses are absolute."""

    site_title: str
    url: str  # of the home page
    publisher: str  # the desk; may be empty
    language: str
    direction: str  # of `language`: "ltr" or "rtl"
    since: When
    as_of: When | None  # state of knowledge of the whole site
    groups: tuple[EventGroup, ...]  # by kind; empty if there is nothing new
    heading: str = ""  # "What is new since 1 December 2025 (state of knowledge: …)"
    signature: str = ""  # what stands before the address at the end: "The whole briefing of …:"


class Changes(ListView, frozen=True, array_like=True):
    """What is new, by date."""

    days: tuple[EventDay, ...]  # newest first
    answers: tuple[EventRow, ...] = ()  # the latest that changed, on the newest page
    statements: tuple[ClaimLine, ...] = ()  # the latest ones, on the newest page


class TimelineView(ListView, frozen=True, array_like=True):
    """What was said and published, and on its newest page what the desk wrote last."""

    overview: Overview | None  # on the newest page
    years: tuple[TimelineYear, ...]  # newest first
    desk: tuple[EventRow, ...]
    all_news: Link
    months: tuple[Link, ...] = ()  # to the parts of the page, newest first; to years where there are many months


class Disputes(FramedView, frozen=True, array_like=True):
    disputes: tuple[DisputeCard, ...]  # open ones first
    data: tuple[Link, ...]  # the same as files for programs


class DisputeView(FramedView, frozen=True, array_like=True):
    """A question, which is the title, and the claims that cannot all be right."""

    theme: Link
    kind: str
    kind_words: str
    state: str  # open, explained, settled
    reading: ReadingView | None
    note: Text
    settled_by: Text
    searches: tuple[SearchView, ...]
    evidence: tuple[SourceLink, ...]
    sides: tuple[SideView, ...]
    origins: int  # number of sources
    citation: Citation
    state_words: str = ""
    earlier: tuple[ReadingView, ...] = ()  # the readings that this one has replaced, newest first


class Sources(ListView, frozen=True, array_like=True):
    groups: tuple[SourceGroup, ...]  # "Summarised in a brief", "Cited as evidence"


class SourcePage(FramedView, frozen=True, array_like=True):
    source: SourceView
    claims: tuple[ClaimView, ...]  # that a brief takes from it, or that it carries itself
    confirms: tuple[ClaimView, ...]  # claims of others that it confirms
    evidence_for: tuple[FlagView, ...]  # flags that it is evidence for; `of` is set
    citation: Citation  # of the source itself
    quotations: QuotationCounts | None = None  # of the claims here that quote it; None where there are none
    mentions: tuple[Mention, ...] = ()  # the newest briefs whose texts cite it


class Publishers(FramedView, frozen=True, array_like=True):
    groups: tuple[PublisherGroup, ...]  # by grade, those without one last
    total: int


class PublisherView(SubjectView, frozen=True, array_like=True):
    kind: str
    owner: str
    country: str
    interest: str
    url: str
    note: Text
    aliases: tuple[str, ...]
    ratings: tuple[RatingView, ...]  # newest first
    claims: tuple[ClaimView, ...]  # in its own voice
    sources: tuple[SourceLink, ...]
    flags: tuple[tuple[str, int], ...]  # kind in words, how many: a tally, no score


class PageView(FramedView, frozen=True, array_like=True):
    body: Prose | None


class QuotedSource(Struct, frozen=True, array_like=True):
    """A source whose words are quoted, and what was found in it."""

    source: SourceLink
    quotations: QuotationCounts  # without `method`


class Quotations(FramedView, frozen=True, array_like=True):
    """How quotations are checked; there where any was."""

    folds: tuple[FoldRow, ...]  # what does not count as a difference, and nothing else
    sources: tuple[QuotedSource, ...]  # the first, those with most quotations that were not checked or not found first
    more: int  # sources that are quoted and not in `sources`
    counts: QuotationCounts | None  # of all quotations of the site, without `method`


class CoverageLine(Struct, frozen=True, array_like=True):
    """How many were not checked, or were, and where they are."""

    id: str  # as in data: "quotations-unchecked", "sources-undated", …
    words: str  # "6 of 61 quotations were not checked"
    count: int
    of: int  # 0 where there is no share
    places: tuple[Link, ...]  # the first ones
    more: int  # that are not in `places`
    parts: tuple[
        str, ...
    ] = ()  # `words` in three: what is before the numbers, "6 of 61", and the rest; without a share none


class CoverageGroup(Struct, frozen=True, array_like=True):
    """Shares of one subject."""

    subject: str  # quotations, sources, claims, themes, searches
    lines: tuple[CoverageLine, ...]  # what was not checked first
    words: str = ""  # the heading: "Quotations", "What we looked for" …


class Coverage(FramedView, frozen=True, array_like=True):
    """What was not checked, out of how much."""

    groups: tuple[CoverageGroup, ...]
    method: str  # address of how quotations are checked; empty where none was
    data: tuple[Link, ...]  # the same as files for programs


class DataFile(Struct, frozen=True, array_like=True):
    """A file for programs."""

    link: Link
    format: str  # in words
    words: str  # what it holds
    table: Link | None = None  # the same for spreadsheets


class DataGroup(Struct, frozen=True, array_like=True):
    """Files for one purpose."""

    heading: str
    files: tuple[DataFile, ...]


class Data(FramedView, frozen=True, array_like=True):
    """The page that lists the files for programs."""

    groups: tuple[DataGroup, ...]


class NotFound(FramedView, frozen=True, array_like=True):
    """The page for addresses that lead nowhere."""


class Search(FramedView, frozen=True, array_like=True):
    """The search page; its script reads the index, which is in files beside it."""

    filters: tuple[SearchFilter, ...]
    entries: int  # how many pages can be found
    buckets: int  # over how many files their terms are spread
    lists: tuple[Link, ...]  # for readers without scripts
    kinds: tuple[tuple[str, str], ...] = ()  # kinds of entries, with the word for a single one
    actors: tuple[Link, ...] = ()  # searches for the claims of those with most
    themes: tuple[Link, ...] = ()  # searches for the claims on those with most
