"""The views of HTML pages: everything that a page shows. A template gets one of these and nothing else.

This is the contract with site themes, `theme_api: 1`. All addresses are relative to the page that shows them,
except those of other sites; texts are plain and escaped by the template; `Html` is markup already. An empty text or
tuple means that there is nothing to show.

Views are compared and cached as bytes. They are encoded as arrays, because field names would double their size.
"""

from msgspec import Struct

from briefgen.views.parts import (
    ActorGroup,
    ActorRow,
    AnswerGroup,
    AssessmentView,
    BriefCard,
    Citation,
    ClaimLink,
    ClaimView,
    CorrectionView,
    DisputeCard,
    FlagView,
    FoldRow,
    Frame,
    Grade,
    Link,
    Pager,
    PositionView,
    Prose,
    PublisherRow,
    QuotationCounts,
    RatingView,
    ReadingView,
    RoleView,
    SideView,
    SourceGroup,
    SourceLink,
    SourceView,
    Text,
    ThemeCard,
    When,
)


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
    quotations: QuotationCounts | None = None  # of its claims and citations; None where it has none


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
    quotations: QuotationCounts | None = None  # of the claims here that quote it; None where there are none


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


class Quotations(FramedView, frozen=True, array_like=True):
    """How quotations are checked; there where any was."""

    folds: tuple[FoldRow, ...]  # what does not count as a difference, and nothing else


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
