"""The views of HTML pages: everything that a page shows. A template gets one of these and nothing else.

This is the contract with site themes, `theme_api: 1`. All addresses are relative to the page that shows them,
except those of other sites; texts are plain and escaped by the template; `Html` is markup already. An empty text or
tuple means that there is nothing to show.

Views are compared and cached as bytes. They are encoded as arrays, because field names would double their size.
"""

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
    section: str  # page kind's section: home, briefs, actors, themes, disputes, sources, publishers, pages
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
    weakness: str = ""  # in words, where each of its claims is an improbable report or contradicted


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
    latest: When | None  # of its claims


class ChangeView(Struct, frozen=True, array_like=True):
    """How a position came about."""

    kind: str  # changed, unchanged, first
    since: When
    before: AnswerView | None = None  # of changed


class HolderView(Struct, frozen=True, array_like=True):
    """Actors with one position and the claims behind it, the best first."""

    actors: tuple[Link, ...]
    change: ChangeView | None = None
    same_time: tuple[ClaimLine, ...] = ()  # as far as the dates tell
    earlier: tuple[ClaimLine, ...] = ()
    undated: tuple[ClaimLine, ...] = ()
    unclear: tuple[ClaimLine, ...] = ()  # claims on the theme that give no answer
    more: int = 0  # claims that are not listed here


class PositionView(Struct, frozen=True, array_like=True):
    """A position on a theme, or claims that make none: then `is_position` is false and the newest claim is shown."""

    theme: Link | None
    question: str
    claims: tuple[ClaimView, ...]  # the best; one for each answer where several are of the same best date
    holders: tuple[HolderView, ...]
    is_position: bool = True


class AnswerGroup(Struct, frozen=True, array_like=True):
    """Positions on a theme with the same answer; without `answer`, those with several answers of one date."""

    answer: AnswerView | None
    positions: tuple[PositionView, ...]


class SourceGroup(Struct, frozen=True, array_like=True):
    heading: str
    sources: tuple[SourceLink, ...]


class ActorGroup(Struct, frozen=True, array_like=True):
    heading: str
    actors: tuple[ActorRow, ...]


class AnswerRow(Struct, frozen=True, array_like=True):
    """An answer to a theme's question with those who give it, in one line."""

    words: str  # the answer, "several answers", "unclear" or "without a figure"
    actors: tuple[Link, ...]
    more: int = 0  # actors that are not named here


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


class RatingView(Struct, frozen=True, array_like=True):
    date: When
    grade: Grade  # for how things are
    for_opinion: Grade | None = None  # for what its authors think, where that is another grade


class FramedView(Struct, frozen=True, array_like=True):
    """What the views of all pages have in common."""

    frame: Frame


class ListView(FramedView, frozen=True, array_like=True, kw_only=True):
    """What the pages of long lists have in common."""

    total: int
    pager: Pager
    up: Link | None = None  # for older pages of an actor's, a theme's or a publisher's list: its own page


class SubjectView(FramedView, frozen=True, array_like=True):
    """What the pages of actors, themes and publishers have in common."""

    name: str
    total: int  # of the briefs or sources in its list
    pager: Pager
    citation: Citation


class Home(FramedView, frozen=True, array_like=True):
    introduction: Prose | None
    key_points: tuple[Text, ...]
    disputes: tuple[DisputeCard, ...]  # the first few, open ones first
    sources: tuple[BriefCard, ...]  # how far to trust each: the latest briefs' sources
    briefs: tuple[BriefCard, ...]  # latest
    themes: tuple[ThemeCard, ...]
    actors: tuple[ActorRow, ...]  # those who speak most
    all_briefs: Link
    all_actors: Link
    all_themes: Link
    all_sources: Link
    all_disputes: Link | None = None  # where there are any
    reliability_scale: tuple[Grade, ...] = ()  # A to F with their words: the legend
    credibility_scale: tuple[Grade, ...] = ()  # 1 to 6 with their words


class Briefs(ListView, frozen=True, array_like=True):
    briefs: tuple[BriefCard, ...]  # newest first


class BriefView(FramedView, frozen=True, array_like=True):
    lede: Text
    date: When
    as_of: When
    status: str  # in words
    status_note: bool  # whether the status deserves a notice (needs-second-source)
    editor: str
    key_points: tuple[Text, ...]
    body: Prose | None
    source: SourceView | None
    claims: tuple[ClaimView, ...]
    assessments: tuple[AssessmentView, ...]
    corrections: tuple[CorrectionView, ...]
    actors: tuple[Link, ...]
    themes: tuple[Link, ...]
    cited: tuple[SourceLink, ...]  # sources named elsewhere than in findings, in order of first mention
    citation: Citation
    newer: Link | None
    older: Link | None


class Retracted(FramedView, frozen=True, array_like=True):
    date: When | None
    why: Text


class Actors(FramedView, frozen=True, array_like=True):
    groups: tuple[ActorGroup, ...]
    total: int


class ActorView(SubjectView, frozen=True, array_like=True):
    kind: str  # person, state, organisation, group, author
    aliases: tuple[str, ...]
    roles: tuple[RoleView, ...]
    wikidata: str  # address
    body: Prose | None
    positions: tuple[PositionView, ...]  # per theme, by claims that it makes and that are made on its behalf
    quotes: tuple[ClaimView, ...]
    contradicted_by: tuple[ClaimLink, ...]
    disputes: tuple[DisputeCard, ...]  # with claims of this actor
    reported_by: tuple[tuple[Link, int], ...]  # publishers and number of claims
    mentions: tuple[BriefCard, ...]  # briefs, newest first


class Themes(FramedView, frozen=True, array_like=True):
    themes: tuple[ThemeCard, ...]


class ThemeView(SubjectView, frozen=True, array_like=True):
    question: str
    body: Prose | None
    answers: tuple[AnswerGroup, ...]  # in the theme's order
    voices: tuple[ClaimView, ...]  # of texts and outlets in their own voice, which are no actor's position
    unclear: tuple[ClaimView, ...]  # claims of actors that give no answer
    more: int  # claims without an answer, or in a text's own voice, that are not shown here
    unit: str  # of figures
    disputes: tuple[DisputeCard, ...]
    actors: tuple[Link, ...]
    sources: tuple[SourceGroup, ...]  # by kind
    briefs: tuple[BriefCard, ...]
    latest: When | None


class Disputes(FramedView, frozen=True, array_like=True):
    disputes: tuple[DisputeCard, ...]  # open ones first


class DisputeView(FramedView, frozen=True, array_like=True):
    """A question, which is the title, and the claims that cannot all be right."""

    theme: Link
    kind: str
    kind_words: str
    state: str  # open, explained, settled
    reading: ReadingView | None
    note: Text
    settled_by: Text
    evidence: tuple[SourceLink, ...]
    sides: tuple[SideView, ...]
    origins: int  # number of sources
    citation: Citation


class Sources(ListView, frozen=True, array_like=True):
    groups: tuple[SourceGroup, ...]  # "Summarised in a brief", "Cited as evidence"


class SourcePage(FramedView, frozen=True, array_like=True):
    source: SourceView
    claims: tuple[ClaimView, ...]  # that a brief takes from it, or that it carries itself
    confirms: tuple[ClaimView, ...]  # claims of others that it confirms
    evidence_for: tuple[FlagView, ...]  # flags that it is evidence for; `of` is set
    citation: Citation  # of the source itself


class Publishers(FramedView, frozen=True, array_like=True):
    publishers: tuple[PublisherRow, ...]
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


class DataFile(Struct, frozen=True, array_like=True):
    """A file for programs."""

    link: Link
    format: str  # in words
    words: str  # what it holds


class DataGroup(Struct, frozen=True, array_like=True):
    """Files for one purpose."""

    heading: str
    files: tuple[DataFile, ...]


class Data(FramedView, frozen=True, array_like=True):
    """The page that lists the files for programs."""

    groups: tuple[DataGroup, ...]


class NotFound(FramedView, frozen=True, array_like=True):
    all_briefs: Link
