"""The parts of HTML pages that several kinds of page show: claims, cards, links, grades. See `views.pages`."""

from msgspec import Struct

from briefgen.views import MemoizedPart


class Html(Struct, frozen=True, array_like=True):
    """Markup that needs no escaping."""

    markup: str

    def __html__(self) -> str:
        return self.markup


Text = str | Html
"""A sentence of the desk: with Markdown in it, it is markup already."""


class Prose(Struct, frozen=True, array_like=True):
    """A body: shown with the filter `prose`, which fills `fills` into the places of the stored text `digest`."""

    digest: str
    fills: tuple[str, ...] = ()


class Link(Struct, frozen=True, array_like=True):
    """A text that leads somewhere; `url` is empty where there is nowhere to go."""

    text: str
    url: str = ""
    current: bool = False
    direction: str = ""  # its `dir`, where it needs one beside other text: "auto", or that of its language


class Voice(Link, frozen=True, array_like=True):
    """An actor whose answer is shown, with those who gave it on its behalf."""

    by: tuple[Link, ...] = ()
    form: str = ""  # as of `ClaimView`


class When(Struct, frozen=True, array_like=True):
    """A date in words (`December 2025, uncertain`); `iso` is empty when unknown; `note` says how it was dated."""

    words: str
    iso: str = ""
    certain: bool = True
    note: str = ""


class Grade(Struct, frozen=True, array_like=True):
    """A mark on an Admiralty scale: `mark` A–F or 1–6; `judged` is false for F and 6, which mean "cannot be judged"."""

    mark: str
    words: str
    judged: bool
    reason: str = ""


class FeedLink(Struct, frozen=True, array_like=True):
    """A feed, as a page announces it in its head."""

    title: str
    url: str
    type: str  # media type


class Frame(Struct, frozen=True, array_like=True):
    """What every page has around its content."""

    site_title: str
    language: str
    title: str  # of this page; equal to site_title on the home page
    head_title: str  # for the title element: with the section where another page may have the same title, and the site
    description: str  # for search engines, of this page alone; may be empty
    root: str  # relative address of the home page: "./", "../", …
    assets: str  # relative address of the site theme's assets, with "/"
    section: str  # page kind's section: home, briefs, actors, themes, matrix, disputes, timeline, changes, sources, …
    navigation: tuple[Link, ...]  # main sections, `current` set
    pages: tuple[Link, ...]  # free pages, in their order
    as_of: When | None  # state of knowledge of the whole site
    site_description: str = ""
    publisher: str = ""  # the desk
    canonical: str = ""  # absolute, only where the site's address is known; empty on the page for lost addresses
    mark: str = ""  # "draft", "scheduled", "expired" in a preview
    feeds: tuple[FeedLink, ...] = ()  # of the page's actor or theme, then of the site; only where its address is known
    published: str = ""  # of a brief, where `canonical` is: its day, as 2025-12-03
    updated: str = ""  # of a brief, where `canonical` is: the day of its latest correction, else its own
    data: str = ""  # relative address of the page of files for programs
    corrections: str = ""  # relative address of the page of corrections
    coverage: str = ""  # relative address of the page that says what was not checked
    card_image: "CardImageLink | None" = None  # only where the site's address is known
    linked_data: Html | None = None  # JSON-LD, ready for a script element; only where `canonical` is
    direction: str = "ltr"  # of `language`: "ltr", "rtl" or "auto"
    theme_api: int = 1


class CardImageLink(Struct, frozen=True, array_like=True):
    """The picture that other sites show beside a link to a page."""

    url: str  # absolute
    alt: str
    width: int = 0  # in pixels; 0 where it is not known
    height: int = 0


class Pager(Struct, frozen=True, array_like=True):
    """The pages of a long list; numbers are stable: 1 is the oldest, the newest is the list's own address."""

    number: int
    count: int  # of pages; 0 on all but the newest page
    newer: Link | None
    older: Link | None
    pages: tuple[Link, ...]  # the nearest ones and the oldest, newest first, `current` set; empty for a single page
    newest: Link | None = None  # None on the newest page


class Citation(Struct, frozen=True, array_like=True):
    """How to cite a page: in words, and under which `key` in which files for programs, if it is in any."""

    words: str
    key: str
    files: tuple[Link, ...]


class SourceLink(MemoizedPart, frozen=True, array_like=True):
    """A source as it is cited."""

    id: str
    title: str
    url: str  # its record here
    link: str  # its own address; empty when unknown
    publisher: Link  # text "unknown publisher" without url when unknown
    published: When
    kind: str  # in words
    opinion: bool
    reliability: Grade | None  # for how things are
    titling: str = ""
    credit: Link | None = None  # whose text it is: a publisher of the site, or a name without an address
    language: str = ""  # where it is not the site's
    claims: int = 0
    dead: bool = False  # whether its own address leads to nothing any more
    archive: str = ""  # an archived copy of what is dead, to be shown before the address
    direction: str = ""  # of `title`, as `Link.direction`
    titled: bool = True  # whether `title` is the source's own, in its language
    translation: str = ""  # of `title`, in the language of the site
    for_opinion: Grade | None = None  # for what its author thinks, where that is another grade
    interest: bool = False  # whether it or its publisher is a party to the matter


class ClaimLink(Struct, frozen=True, array_like=True):
    """A claim as another mentions it."""

    speaker: str
    says: Text
    url: str
    brief: str  # title of its brief, or of its source
    direction: str = ""  # of `speaker`, as `Link.direction`
    said: When | None = None  # where one of the two supersedes the other


class RelatedClaims(Struct, frozen=True, array_like=True):
    """The claims that a claim has one relation with."""

    relation: str  # key of vocabulary.RELATION_WORDS
    words: str  # "contradicted by", "supersedes" …
    claims: tuple[ClaimLink, ...]


class FindingView(Struct, frozen=True, array_like=True):
    """What the desk found of a claim's content, or that it was not examined."""

    label: str  # what it is about: "That it is so", "What came of the forecast"
    verdict: str  # a word of vocabulary.Verdict; empty where there is no finding
    words: str  # "contradicted"; without a finding "not examined"
    note: Text = ""
    date: When | None = None
    evidence: tuple[SourceLink, ...] = ()


class AnswerView(Struct, frozen=True, array_like=True):
    """An answer to a theme's question, with its unit where it is a figure."""

    id: str
    words: str
    tint: str  # by its place on the scale: first, middle, last; plain where there is none; unclear


class ClaimLine(Struct, frozen=True, array_like=True):
    """A claim in a line of a list."""

    speaker: Link
    on_behalf: Link | None
    says: Text
    url: str
    date: When
    answer: AnswerView
    form: str = ""  # as of `ClaimView`


class TranslationView(Struct, frozen=True, array_like=True):
    """A quote in the language of the site."""

    text: str
    language: str
    label: str  # what it is, in words: "machine translation", "translated by …" or "translation"


class QuoteCheckView(Struct, frozen=True, array_like=True):
    """What was found when the words of a quotation were looked for in its source. It says nothing on what they say."""

    result: str  # found, ambiguous, absent, unchecked
    words: str  # the result in words: "in our copy", "not checked: no copy"
    checked: When | None = None  # the oldest of the days that it sums up
    url: str = ""  # of the source's own page, at the words; empty where they are not known to be there
    gone: When | None = None  # the day on which the words were no longer on that page


class QuotationCounts(Struct, frozen=True, array_like=True):
    """How many quotations there are, and what was found when they were looked for. Each counts once for its source."""

    total: int
    found: int  # in a copy of the source
    normalised: int  # of those, the ones that differ from it in typography alone
    bracketed: int  # of those, the ones that have words of the desk in brackets
    ambiguous: int
    absent: int
    unchecked: int
    checked: When | None  # the oldest of the days
    method: str  # address of the page that says how they are checked; empty where none was


class FoldRow(Struct, frozen=True, array_like=True):
    """A difference that does not count when a quotation is compared with its source."""

    says: str
    characters: str  # as they are, or by their codes where they cannot be seen; empty for a rule


class CopyView(Struct, frozen=True, array_like=True):
    """The desk's own copy of a source, with which quotations were compared. It is not published."""

    retrieved: When | None
    is_whole: bool  # whether it has the whole text
    sha256: str  # of the file as it was captured; empty where there is none
    text_sha256: str
    edited: When | None = None  # the first day on which words that it has were not on the source's own page


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


class FlagView(Struct, frozen=True, array_like=True):
    """A defect of a source."""

    kind: str  # key of vocabulary.FLAG_KINDS
    words: str
    note: Text
    major: bool
    evidence: tuple[SourceLink, ...]
    of: Link | None = None  # the source that has it, where that is not the page's own


class ReadingView(Struct, frozen=True, array_like=True):
    """What the desk makes of a dispute."""

    says: Text
    date: When


class SideRow(Struct, frozen=True, array_like=True):
    """A side of a dispute in one line."""

    label: str  # empty where the claims do not fall into sides
    speakers: tuple[Link, ...]  # of its claims, each once
    claims: int
    holds: bool = False  # whether the desk has settled the dispute for it


class DisputeCard(Struct, frozen=True, array_like=True):
    """A dispute in a list."""

    link: Link  # its question
    theme: Link
    kind_words: str
    state: str  # open, explained, settled
    reading: ReadingView | None
    sides: tuple[SideRow, ...]


class SideView(Struct, frozen=True, array_like=True):
    """A side of a dispute with its claims."""

    label: str  # empty where the claims do not fall into sides
    claims: tuple[ClaimView, ...]
    holds: bool = False  # as of `SideRow`


class BriefCard(MemoizedPart, frozen=True, array_like=True):
    """A brief in a list."""

    title: str
    url: str
    lede: Text
    date: When
    as_of: When | None  # where it differs from the date
    status: str  # in words; empty for published
    mark: str  # "draft", "scheduled", "expired" in a preview
    source: SourceLink | None
    actors: tuple[Link, ...]
    themes: tuple[Link, ...]
    claims: int
    flags: int  # major ones
    minor_flags: int
    flagged: tuple[str, ...] = ()  # the kinds of its source's flags in words, major ones first, each once
    interest: str = ""  # of its source, else of that source's publisher


class Mention(Struct, frozen=True, array_like=True):
    """A brief whose text names the page's subject, and the first sentence in which it does."""

    brief: Link
    date: When
    sentence: str


class SourceView(Struct, frozen=True, array_like=True):
    """All that is known of a source, and what is not."""

    link: SourceLink
    author: str  # "unknown" is said by `unknown`
    retrieved: When | None
    archive: str
    summary: Text
    interest: str
    brief: Link | None  # the brief that summarises it
    cites: tuple[SourceLink, ...]
    cited_by: tuple[SourceLink, ...]
    flags: tuple[FlagView, ...]  # major ones first
    unknown: tuple[str, ...]  # what is not known, in words: "author", "day of publication" …
    answered: When | None = None  # when its own address last did, if that was recorded
    dead_since: When | None = None  # when its own address was found dead
    rated: When | None = None  # when its publisher was rated, where that is its grade
    copy: CopyView | None = None  # where quotations were compared with one


class AssessmentView(Struct, frozen=True, array_like=True):
    """The desk's own judgement."""

    says: Text
    likelihood: str
    likelihood_range: str
    confidence: str
    basis: Text


class CorrectionView(Struct, frozen=True, array_like=True):
    date: When
    was: str
    now: Text
    why: Text


class RoleView(Struct, frozen=True, array_like=True):
    title: str
    of: Link | None
    period: str  # "since 21 January 2025", "until …", empty when undated
    ended: bool = False


class ActorRow(Struct, frozen=True, array_like=True):
    """An actor in a list."""

    link: Link
    role: str
    claims: int  # statements by it
    briefs: int  # that mention it
    latest: When | None  # of its claims and those on its behalf
    on_behalf: int = 0  # claims that others make for it


class ChangeView(Struct, frozen=True, array_like=True):
    """How a position came about, as far as the claims of the site tell."""

    kind: str  # changed, unchanged; first: known from one date alone; unknown: without a date, or on a weak report
    since: When  # of the first claim with this answer
    latest: When  # of the claim that makes the position
    before: AnswerView | None = None  # of changed


class HolderView(Struct, frozen=True, array_like=True):
    """Actors with one position and the claims behind it, the best first."""

    actors: tuple[Link, ...]
    change: ChangeView | None = None
    same_time: tuple[ClaimLine, ...] = ()  # as far as the dates tell
    earlier: tuple[ClaimLine, ...] = ()
    undated: tuple[ClaimLine, ...] = ()
    set_aside: tuple[ClaimLine, ...] = ()  # on a side against which the desk has settled a dispute
    unclear: tuple[ClaimLine, ...] = ()  # claims on the theme that give no answer
    more: int = 0  # claims that are not listed here


class PartyAnswer(Struct, frozen=True, array_like=True):
    """What another actor answers, for which the actor of a position speaks."""

    actor: Link
    answer: AnswerView
    said: When
    url: str  # of its best claim
    form: str = ""  # as of `ClaimView`


class PositionView(Struct, frozen=True, array_like=True):
    """A position on a theme, or claims that make none: then `is_position` is false and the newest claim is shown."""

    theme: Link | None
    question: str
    claims: tuple[ClaimView, ...]  # the best; one for each answer where several are of the same best date
    holders: tuple[HolderView, ...]
    is_position: bool = True
    source: SourceLink | None = None  # the one that is trusted most of those that report the first claim
    reliability: Grade | None = None  # of that source, for claims of this kind
    parties: tuple[PartyAnswer, ...] = ()  # on the page of an actor that speaks for others, where theirs differs


class AnswerGroup(Struct, frozen=True, array_like=True):
    """Positions on a theme with the same answer; without `answer`, those with several answers of one date."""

    answer: AnswerView | None
    positions: tuple[PositionView, ...]


class SearchView(Struct, frozen=True, array_like=True):
    """What the desk looked for, and what came of it."""

    what: str
    where: str
    date: When
    result: Text


class KeyPointView(Struct, frozen=True, array_like=True):
    """What a reader should know first."""

    says: Text
    kind: str  # established, contested, open; empty where the desk does not say
    date: When | None


class CorrectionRow(Struct, frozen=True, array_like=True):
    """A correction or retraction in a list."""

    brief: Link  # without its title where it is retracted
    correction: CorrectionView  # of a retraction, the reason and the day alone


class EventRow(Struct, frozen=True, array_like=True):
    """Something new in a line of a list."""

    kind: str  # brief, correction, retraction, position, dispute, reading, settled, dead, edited
    words: str  # what happened: "New brief", "Changed its answer" …
    date: When
    link: Link
    note: Text


class EventGroup(Struct, frozen=True, array_like=True):
    """What is new of one kind."""

    words: str  # "New briefs", "Corrections" …
    events: tuple[EventRow, ...]  # newest first


class EventWeek(Struct, frozen=True, array_like=True):
    """What is new in a week, by kind."""

    begins: When  # its Monday
    groups: tuple[EventGroup, ...]


class ChartMark(Struct, frozen=True, array_like=True):
    """A mark on a chart, in thousandths of its width."""

    x: int
    width: int  # 0 for a day
    words: str  # the date and what it is
    url: str
    vague: bool  # whether the date is no certain day


class ChartTick(Struct, frozen=True, array_like=True):
    """The beginning of a month or year on a chart."""

    x: int
    words: str


class Chart(Struct, frozen=True, array_like=True):
    """Marks in time, drawn when the page is built."""

    ticks: tuple[ChartTick, ...]
    rows: tuple[tuple[ChartMark, ...], ...]  # in which they do not cover each other
    left_out: int  # moments for which there is no place


class OverviewColumn(Struct, frozen=True, array_like=True):
    """How much may have begun in a month or another period."""

    words: str  # "May 2025"
    said: int
    published: int


class Overview(Struct, frozen=True, array_like=True):
    """The amount of what was said and published over time, drawn when the page is built."""

    columns: tuple[OverviewColumn, ...]  # oldest first, without gaps
    ticks: tuple[ChartTick, ...]
    period: str  # of a column: "month", "3 months", "year" …
    earlier: int  # moments before the first column


class TimelineDay(Struct, frozen=True, array_like=True):
    """What was said and published on a day, or at another date."""

    date: When
    said: tuple[ClaimLine, ...]
    published: tuple[SourceLink, ...]


class TimelineYear(Struct, frozen=True, array_like=True):
    """The days of a year; an uncertain date is in the year in which it may begin."""

    words: str
    days: tuple[TimelineDay, ...]  # newest first


class SourceGroup(Struct, frozen=True, array_like=True):
    heading: str
    sources: tuple[SourceLink, ...]


class ActorGroup(Struct, frozen=True, array_like=True):
    heading: str
    actors: tuple[ActorRow, ...]


class AnswerRow(Struct, frozen=True, array_like=True):
    """An answer to a theme's question with those who give it, in one line."""

    words: str  # the answer, "several answers", "unclear" or "without a figure"
    actors: tuple[Voice, ...]  # empty where nobody is known to give it: only on the page of the theme
    more: int = 0  # actors that are not named here
    tint: str = "plain"  # as of `AnswerView`; several, where several answers were given on one date


class ThemeCard(Struct, frozen=True, array_like=True):
    """A theme in a list."""

    link: Link
    question: str
    claims: int
    briefs: int
    disputes: int
    answers: tuple[AnswerRow, ...]  # in the theme's order
    latest: When | None


class PublisherRow(Struct, frozen=True, array_like=True):
    link: Link
    kind: str
    country: str
    rating: "RatingView | None"  # the latest
    sources: int
    interest: bool = False


class PublisherGroup(Struct, frozen=True, array_like=True):
    """Publishers that are trusted alike."""

    grade: Grade | None  # for how things are; None for those without one
    publishers: tuple[PublisherRow, ...]  # by name


class RatingView(Struct, frozen=True, array_like=True):
    date: When
    grade: Grade  # for how things are
    for_opinion: Grade | None = None  # for what its authors think, where that is another grade
