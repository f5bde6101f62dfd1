"""One view of every page kind: full, as a real site has it; empty, as a new one has; and made of hostile text.

`TEMPLATES` names the template of each kind. A site theme is whole when it renders all of these.
"""

import types
from collections.abc import Iterator
from itertools import count
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import Struct, structs

from briefgen.views import pages as v
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
from briefgen.views.claims import (
    AnswerView,
    ClaimLine,
    ClaimLink,
    ClaimView,
    DisputeCard,
    FindingView,
    ReadingView,
    RelatedClaims,
    SideRow,
    SideView,
    TranslationView,
)
from briefgen.views.parts import (
    Citation,
    FeedLink,
    Frame,
    Grade,
    Html,
    KeyPointView,
    Link,
    Mention,
    Pager,
    Prose,
    SearchView,
    When,
)
from briefgen.views.positions import (
    AnswerGroup,
    AnswerRow,
    ChangeView,
    HolderView,
    LaterStatements,
    PositionView,
    Voice,
)
from briefgen.views.search import SearchFilter
from briefgen.views.sources import (
    CopyView,
    FlagView,
    FoldRow,
    PublisherGroup,
    PublisherRow,
    QuotationCounts,
    QuoteCheckView,
    RatingView,
    SourceGroup,
    SourceLink,
    SourceView,
)
from briefgen.views.timelines import (
    Chart,
    ChartMark,
    ChartTick,
    EventDay,
    EventGroup,
    EventRow,
    Overview,
    OverviewColumn,
    TimelineDay,
    TimelineVoice,
    TimelineYear,
)

V = TypeVar("V", bound=Struct)

TEMPLATES: dict[str, type[Struct]] = {
    "home.html": v.Home,
    "data.html": v.Data,
    "briefs.html": v.Briefs,
    "brief.html": v.BriefView,
    "retracted.html": v.Retracted,
    "actors.html": v.Actors,
    "actor.html": v.ActorView,
    "themes.html": v.Themes,
    "theme.html": v.ThemeView,
    "matrix.html": v.Matrix,
    "timeline.html": v.TimelineView,
    "changes.html": v.Changes,
    "digest.html": v.Digest,
    "corrections.html": v.Corrections,
    "disputes.html": v.Disputes,
    "dispute.html": v.DisputeView,
    "sources.html": v.Sources,
    "source.html": v.SourcePage,
    "publishers.html": v.Publishers,
    "publisher.html": v.PublisherView,
    "page.html": v.PageView,
    "quotations.html": v.Quotations,
    "coverage.html": v.Coverage,
    "not_found.html": v.NotFound,
    "search.html": v.Search,
}

BODIES = {
    "home": "<p>Five articles on the peace negotiations over Ukraine, read closely. They are of very uneven quality: "
    "one is an opinion by a named politician, one a magazine-like rewrite, three carry no name at all.</p>\n<p>For "
    "each we say <em>who claims what</em>, in which words, what contradicts it, and how far it can be trusted. "
    '<a href="\x000\x00">How we grade</a>.</p>\n',
    "brief": "<p>Five hours of talks on 2 December ended without an agreement. \x000\x00, for the Kremlin, called that "
    "ordinary bargaining \x001\x00; the article calls it a dead end.</p>\n<h2 id=what-is-missing>What is missing</h2>\n"
    "<p>The article leaves out that the spokesman was asked whether the plan had been turned down, and said no.</p>\n"
    "<blockquote><p>A quotation of some length, set apart.</p></blockquote>\n<ul><li>one</li><li>two</li></ul>\n"
    "<pre><code>a  line\n\n    another, indented\n</code></pre>\n<table><thead><tr><th>Day</th><th>Event</th></tr>"
    "</thead><tbody><tr><td>2 December</td><td>Meeting</td></tr><tr><td>3 December</td><td>Statement</td></tr>"
    "</tbody></table>\n<p>A note.<sup class=footnote-ref><a href=#fn1 id=fnref1>[1]</a></sup></p>\n"
    "<hr class=footnotes-sep>\n<section class=footnotes><ol class=footnotes-list><li id=fn1 class=footnote-item>"
    "<p>The note. <a href=#fnref1 class=footnote-backref>↩︎</a></p></li></ol></section>\n",
    "text": "<p>Written by the desk, in a few sentences: who this is, what for, and since when.</p>\n",
    "page": "<p>How this site is made.</p>\n<h2 id=scales>Scales</h2>\n<p>Reliability from A to F.</p>\n"
    "<dl><dt>Claim</dt><dd>A statement by one actor.</dd></dl>\n",
}


def stored(digest: str) -> str:
    """The body store of the examples."""
    return BODIES[digest]


def full() -> dict[str, Struct]:
    """A view of each kind that uses every part of it, by template."""
    return {
        "home.html": _home(),
        "briefs.html": v.Briefs(
            _frame("Briefs", "briefs"), (_CARD, _OPINION_CARD, _DRAFT_CARD), total=47, pager=_pager(3, newest=True)
        ),
        "brief.html": _brief(),
        "retracted.html": v.Retracted(
            _frame("A retracted brief", "briefs", depth=2),
            date=When("9 December 2025", "2025-12-09"),
            why="The article that it summarised was withdrawn by its publisher.",
        ),
        "actors.html": v.Actors(
            _frame("Actors", "actors"),
            groups=(ActorGroup("People", _ROWS[:3]), ActorGroup("States", _ROWS[3:]), ActorGroup("Groups", ())),
            total=5,
        ),
        "actor.html": _actor(),
        "themes.html": v.Themes(_frame("Themes", "themes"), _THEMES),
        "theme.html": _theme(),
        "matrix.html": v.Matrix(
            _frame("Who answers what", "matrix"),
            grid=_grid(),
            parts=(Link("Part 1", "./", current=True), Link("Part 2", "page/2/")),
            data=(_link("matrix.csv", "../data/matrix.csv"),),
        ),
        "timeline.html": v.TimelineView(
            _frame("Timeline", "timeline"),
            overview=Overview(
                (OverviewColumn("November 2025", 0, 2), OverviewColumn("December 2025", 8, 3)),
                (ChartTick(0, "November 2025"),),
                "month",
                earlier=4,
                per="in a month",
            ),
            years=(
                TimelineYear(
                    "2025",
                    (
                        TimelineDay(
                            When("3 December 2025", "2025-12-03"),
                            (TimelineVoice(_LINE.speaker, _link("Russia"), (_CONTESTED,), (_LINE, _LINE), 3),),
                            (TimelineVoice(_link("Author of the text"), None, (_LINE,), (), 1),),
                            (_RFERL,),
                            "_2025-12",
                        ),
                        TimelineDay(
                            When("December 2025, uncertain", "2025-12", certain=False),
                            (TimelineVoice(_LINE.speaker, None, (_LINE,), (), 1),),
                            (),
                            (_RFERL,) * 7,
                        ),
                        TimelineDay(When("November 2025", "2025-11"), (), (), (_RFERL,), "_2025-11"),
                    ),
                ),
            ),
            desk=_EVENTS,
            all_news=_link("All that is new, by day", "../changes/"),
            months=(_link("December 2025", "#_2025-12"), _link("November 2025", "#_2025-11")),
            total=2,
            pager=_pager(2, newest=True),
        ),
        "changes.html": v.Changes(
            _frame("What is new", "changes"),
            days=(EventDay(When("1 December 2025", "2025-12-01"), (EventGroup("New", _EVENTS),)),),
            total=3,
            pager=_pager(2, newest=True),
        ),
        "digest.html": v.Digest(
            site_title="Ukraine peace negotiations",
            url="https://briefing.example/ukraine/",
            publisher="The desk",
            language="en",
            direction="ltr",
            since=When("1 December 2025", "2025-12-01"),
            as_of=When("4 December 2025", "2025-12-04"),
            groups=(EventGroup("New briefs", _EVENTS[:1]), EventGroup("Answers changed", _EVENTS[2:3])),
        ),
        "corrections.html": v.Corrections(
            _frame("Corrections", "corrections"),
            rows=(
                CorrectionRow(
                    _link("Five hours in the Kremlin", "../briefs/kremlin-meeting/#_corrections"),
                    (
                        CorrectionView(
                            When("9 December 2025", "2025-12-09"),
                            "four hours",
                            "five hours",
                            "As all sources have it.",
                            (structs.replace(_RETOLD, url="../briefs/kremlin-meeting/#back-to-start"),),
                        ),
                    ),
                ),
                CorrectionRow(
                    _link("A brief", "../briefs/gone/"),
                    (CorrectionView(When("10 December 2025", "2025-12-10"), "", "", "Its source was withdrawn."),),
                ),
            ),
            total=2,
            pager=_pager(2, newest=True),
        ),
        "disputes.html": v.Disputes(
            _frame("Disputes", "disputes"),
            (_dispute_card(), _unread()),
            (_link("disputes.csv", "../data/disputes.csv"),),
        ),
        "dispute.html": _dispute(),
        "sources.html": v.Sources(
            _frame("Sources", "sources"),
            groups=(
                SourceGroup("Summarised in a brief", (_FORTUNE, _ESPRESO, _HACKS)),
                SourceGroup("Cited as evidence", (_UNHCR, _RFERL)),
            ),
            total=5,
            pager=_pager(2, newest=True),
        ),
        "source.html": v.SourcePage(
            _frame(_FORTUNE.title, "sources", depth=2),
            source=_source(),
            claims=(_repeated(_PARTIAL), _repeated(_ALONE)),
            confirms=(_repeated(_FORECAST),),
            evidence_for=(structs.replace(_FLAGS[0], of=_link("Some other article", "../other/")),),
            citation=_citation("sources", "kremlin-meeting"),
            quotations=structs.replace(_COUNTS, total=2, found=1, normalised=0, bracketed=0, ambiguous=1, unchecked=0),
            mentions=(_MENTION,),
        ),
        "publishers.html": v.Publishers(
            _frame("Publishers", "publishers"),
            groups=(
                PublisherGroup(
                    _D,
                    (
                        PublisherRow(
                            _link("Fortune Fwd", "fortune-fwd/"),
                            "content site",
                            "United States",
                            RatingView(_RATED, _D),
                            1,
                        ),
                    ),
                ),
                PublisherGroup(
                    _F,
                    (
                        PublisherRow(
                            _link("allhacksforgames.com", "allhacks/"),
                            "",
                            "",
                            RatingView(_RATED, _F, _E),
                            1,
                            interest=True,
                        ),
                    ),
                ),
                PublisherGroup(
                    None, (PublisherRow(_link("RFE/RL", "rferl/"), "public broadcaster", "United States", None, 3),)
                ),
            ),
            total=3,
        ),
        "publisher.html": v.PublisherView(
            _frame("Fortune Fwd", "publishers", depth=2),
            name="Fortune Fwd",
            kind="content site",
            owner="unknown",
            country="United States",
            interest="Sells advertising; is not Fortune magazine.",
            url="https://fortunefwd.com/",
            note="Not to be mistaken for the magazine.",
            aliases=("FortuneFwd",),
            ratings=(
                RatingView(_RATED, _D, _B),
                RatingView(When("1 June 2025", "2025-06-01"), _F),
            ),
            claims=(_repeated(_ALONE),),
            sources=(_FORTUNE,),
            flags=(("wrong figure", 1), ("wrong role", 2)),
            total=21,
            pager=_pager(2, newest=True),
            citation=Citation("The example desk. “A page”. The site", "", ()),
            previous=None,
            next=_link("The one after", "../after/"),
        ),
        "page.html": v.PageView(_frame("Method", "pages"), Prose("page")),
        "quotations.html": v.Quotations(
            _frame("How quotations are checked", "pages"),
            (FoldRow("All quotation marks are one", "“ ” « »"), FoldRow("A rule", "")),
            (v.QuotedSource(_RFERL, _COUNTS), v.QuotedSource(_HACKS, structs.replace(_COUNTS, checked=None))),
            more=3,
            counts=_COUNTS,
        ),
        "coverage.html": v.Coverage(
            _frame("What was not checked", "coverage"),
            groups=(
                v.CoverageGroup(
                    "quotations",
                    (
                        v.CoverageLine(
                            "quotations-unchecked",
                            "61 of 80 quotations were not checked",
                            61,
                            80,
                            (_link("Dmitry Peskov: He is ready.", "../briefs/kremlin-meeting/#a"),),
                            more=60,
                            parts=("", "61 of 80", " quotations were not checked"),
                        ),
                        v.CoverageLine(
                            "quotations-ambiguous",
                            "0 of 80 quotations are in two places",
                            0,
                            80,
                            (),
                            more=0,
                            parts=("", "0 of 80", " quotations are in two places"),
                        ),
                    ),
                    "Quotations",
                ),
                v.CoverageGroup(
                    "searches",
                    (
                        v.CoverageLine(
                            "searches", "1 search is on record", 1, 0, (_link("A text (Archive)", "../"),), more=0
                        ),
                    ),
                    "What we looked for",
                ),
            ),
            method="../quotations/",
            data=(_link("coverage.csv", "../data/coverage.csv"),),
        ),
        "data.html": v.Data(
            _frame("Data", "data"),
            (
                v.DataGroup("Everything", (v.DataFile(_link("claims.json", "claims.json"), "JSON", "All claims."),)),
                v.DataGroup("For citing", (v.DataFile(_link("sources.bib", "sources.bib"), "BibTeX", "All sources."),)),
            ),
        ),
        "search.html": v.Search(
            _frame("Search", "search"),
            filters=(
                SearchFilter("kind", "Kind", (("brief", "Briefs"), ("claim", "Claims"))),
                SearchFilter("actor", "Actor", (("putin", "Vladimir Putin"),)),
                SearchFilter("year", "Year", ()),
            ),
            entries=120,
            buckets=8,
            lists=(_link("All briefs", "../briefs/"),),
            actors=(_link("Vladimir Putin", "?kind=claim&actor=putin"),),
            themes=(_link("Ceasefire", "?kind=claim&theme=ceasefire"),),
        ),
        "not_found.html": v.NotFound(_frame("Page not found", "pages")),
    }


def empty() -> dict[str, Struct]:
    """A view of each kind with nothing in it but a frame with a title, by template."""
    return {template: _least(kind) for template, kind in TEMPLATES.items()}


def hostile(text: str) -> dict[str, Struct]:
    """A view of each kind whose every text contains `text`, except where markup is meant, by template."""
    return {template: _filled(kind, text, count(1)) for template, kind in TEMPLATES.items()}


def older() -> dict[str, Struct]:
    """Older pages of long lists, by template: of briefs that mention an actor, and of sources of a publisher."""
    actor, publisher = _link("Dmitry Peskov", "../../"), _link("Fortune Fwd", "../../")
    return {
        "briefs.html": v.Briefs(
            _frame("Briefs that mention Dmitry Peskov", "actors", depth=4),
            (_CARD, _OPINION_CARD),
            total=0,
            pager=_pager(2, newest=False),
            up=actor,
        ),
        "sources.html": v.Sources(
            _frame("Sources from Fortune Fwd", "publishers", depth=4),
            (SourceGroup("", (_FORTUNE,)),),
            total=0,
            pager=_pager(2, newest=False),
            up=publisher,
        ),
    }


def every() -> Iterator[tuple[str, str, Struct]]:
    """(template, which example, view) for all that a site theme has to render."""
    for template, view in full().items():
        yield template, "full", view
    for template, view in older().items():
        yield template, "older", view
    for template, view in empty().items():
        yield template, "empty", view
    for template, view in hostile("<script>&\"'</script>").items():
        yield template, "hostile", view


# From the struct types


def _least(kind: type[V]) -> V:
    home = (Link("Briefs", "../briefs/"),)
    frame = Frame("A site", "en", "A page", "A page · A site", "", "../", "../assets/", "briefs", home, (), None)
    fields: dict[str, Any] = {
        name: frame if type_ is Frame else _nothing(type_, kind, name) for name, type_ in get_type_hints(kind).items()
    }
    return kind(**fields)


def _nothing(type_: Any, owner: Any, field: str) -> Any:
    if isinstance(type_, type) and issubclass(type_, Struct):
        return type_(**{name: _nothing(each, type_, name) for name, each in get_type_hints(type_).items()})
    if type_ is str and (field in _NEVER_EMPTY or (owner, field) in _NEVER_EMPTY_IN):
        return "x"
    if get_origin(type_) is tuple:
        return ()
    if get_origin(type_) in (Union, types.UnionType):
        return None if types.NoneType in get_args(type_) else ""
    return {str: "", int: 0, bool: False}[type_]


_NEVER_EMPTY = {"name", "text", "title", "words", "site_title"}
_NEVER_EMPTY_IN = {(SourceLink, "kind"), (v.Digest, "language"), (v.Digest, "url")}
_KEYS = {"id", "anchor", "mark", "tint", "kind", "iso", "language", "quote_language"}


def _filled(type_: Any, text: str, numbers: Iterator[int], field: str = "") -> Any:
    if type_ is Prose:
        return Prose("text")
    if type_ is Html:
        return Html("{}")
    if isinstance(type_, type) and issubclass(type_, Struct):
        fields = {name: _filled(each, text, numbers, name) for name, each in get_type_hints(type_).items()}
        return type_(**fields)
    if get_origin(type_) is tuple:
        arguments = get_args(type_)
        if arguments[-1] is Ellipsis:
            return tuple(_filled(arguments[0], text, numbers, field) for _ in range(2))
        return tuple(_filled(each, text, numbers, "tint" if not at else "") for at, each in enumerate(arguments))
    if get_origin(type_) in (Union, types.UnionType):
        return _filled(get_args(type_)[0], text, numbers, field)
    if type_ is str:
        return f"x{next(numbers)}" if field in _KEYS else f"{field} {text}"
    return {int: 2, bool: True}[type_]


# A real site, in part


def _repeated(claim: ClaimView) -> ClaimView:
    """The claim as another page than its brief's shows it."""
    there = "../../briefs/kremlin-meeting/"
    return structs.replace(
        claim,
        anchor="",
        url=f"{there}#{claim.id}",
        related=tuple(
            structs.replace(each, claims=tuple(structs.replace(one, url=f"{there}{one.url}") for one in each.claims))
            for each in claim.related
        ),
    )


def _citation(name: str, key: str) -> Citation:
    files = ((format, f"../../data/{name}.{suffix}") for format, suffix in (("BibTeX", "bib"), ("RIS", "ris")))
    words = "A. Analyst. “Five hours in the Kremlin end without a deal”. Ukraine: the road to talks, 3 December 2025"
    return Citation(words, key, tuple(Link(text, url) for text, url in files))


def _voice(text: str, url: str = "", *, by: tuple[Link, ...] = ()) -> Voice:
    link = _link(text, url) if url else _link(text)
    said, grade = When("2 June 2025", "2025-06-02"), Grade("B", "usually reliable", judged=True)
    return Voice(link.text, link.url, direction=link.direction, by=by, said=said, reliability=grade)


def _link(text: str, url: str = "../x/") -> Link:
    return Link(text, url)


def _frame(title: str, section: str, *, depth: int = 1, mark: str = "") -> Frame:
    root = "../" * depth
    sections = ("Briefs", "Actors", "Themes", "Disputes", "Sources", "Publishers")
    return Frame(
        site_title="Ukraine: the road to talks",
        language="en",
        title=title,
        head_title=f"{title} · Ukraine: the road to talks",
        description="Who claims what about the peace negotiations, in which words, and how far to trust it.",
        root=root,
        assets=f"{root}assets/",
        section=section,
        navigation=tuple(Link(name, f"{root}{name.lower()}/", current=name.lower() == section) for name in sections),
        pages=tuple(Link(name, f"{root}{name.lower()}/", current=name == title) for name in ("About", "Method")),
        as_of=When("5 December 2025", "2025-12-05"),
        site_description="Five articles on the peace negotiations, read closely: who claims what, in which exact "
        "words, who contradicts it, and how far it can be trusted.",
        publisher="The briefgen desk",
        canonical="https://briefings.example/ukraine/",
        mark=mark,
        corrections=f"{root}corrections/",
        coverage=f"{root}coverage/",
        search=f"{root}search/",
        feeds=(
            FeedLink("Ukraine: the road to talks", f"{root}feed.xml", "application/atom+xml"),
            FeedLink("Ukraine: the road to talks", f"{root}feed.json", "application/feed+json"),
        ),
        published="2025-12-03" if section == "briefs" and depth > 1 else "",
        updated="2025-12-06" if section == "briefs" and depth > 1 else "",
        data=f"{root}data/",
        linked_data=Html('{"@context":"https://schema.org","@type":"WebPage"}'),
    )


def _pager(number: int, *, newest: bool) -> Pager:
    top = number if newest else number + 1
    pages = tuple(Link(str(n), f"page/{n}/", current=n == number) for n in range(top, 0, -1))
    return Pager(
        number,
        count=top if newest else 0,
        newer=None if newest else Link("Newer", "../../"),
        older=Link("Older", f"page/{number - 1}/"),
        pages=pages,
        newest=None if newest else Link("Newest", "../../"),
    )


_RATED = When("5 December 2025", "2025-12-05")
_C = Grade("C", "fairly reliable", judged=True)
_D = Grade("D", "not usually reliable", judged=True, reason="Unsigned rewrite; names no source of its own.")
_B = Grade("B", "usually reliable", judged=True, reason="For his own view; C for facts.")
_E = Grade("E", "unreliable", judged=True, reason="Relays others without address, author or day.")
_F = Grade("F", "cannot be judged", judged=False, reason="No author, no date, no provenance at all, on a games site.")
_2 = Grade("2", "probably true", judged=True)
_4 = Grade("4", "doubtful", judged=True)
_6 = Grade("6", "cannot be judged", judged=False)

_FORTUNE = SourceLink(
    id="fortunefwd-stalemate",
    title="Stalemate Continues in Ukraine Peace Negotiations as Putin Stands Firm",
    url="../../sources/fortunefwd-stalemate/",
    link="https://fortunefwd.com/stalemate-continues-in-ukraine-peace-negotiations-as-putin-stands-firm",
    publisher=_link("Fortune Fwd", "../../publishers/fortune-fwd/"),
    published=When(
        "December 2025, uncertain",
        "2025-12",
        certain=False,
        note="inferred from the 2 December meeting that it reports",
    ),
    kind="rewrite of others’ reporting",
    opinion=False,
    reliability=_D,
    language="en",
    claims=5,
)
_ESPRESO = SourceLink(
    id="espreso-kniazhytskyi",
    title="Putin wants negotiations, not peace",
    url="../../sources/espreso-kniazhytskyi/",
    link="https://global.espreso.tv/",
    publisher=_link("Espreso Global", "../../publishers/espreso/"),
    published=When("19 May 2025, uncertain", "2025-05-19", certain=False, note="inferred from “last week in Istanbul”"),
    kind="opinion",
    opinion=True,
    reliability=_C,
    for_opinion=_B,
    interest=True,
    claims=4,
)
_HACKS = SourceLink(
    id="allhacks-explainer",
    title="Why talks fail",
    url="../../sources/allhacks-explainer/",
    link="",
    publisher=_link("allhacksforgames.com", "../../publishers/allhacks/"),
    published=When("date unknown", certain=False),
    kind="explainer",
    opinion=False,
    reliability=_F,
    titling="rebuilt from the address",
    claims=6,
)
_UNHCR = SourceLink(
    id="unhcr-2025",
    title="Ukraine emergency",
    url="../../sources/unhcr-2025/",
    link="https://www.unhcr.org/emergencies/ukraine-emergency",
    publisher=_link("UNHCR", "../../publishers/unhcr/"),
    published=When("2025", "2025"),
    kind="official text",
    opinion=False,
    reliability=Grade("A", "completely reliable", judged=True),
)
_RFERL = SourceLink(
    id="rferl-rubio",
    title="Рубіо про завершення війни",
    url="../../sources/rferl-rubio/",
    link="https://www.radiosvoboda.org/a/news-rubio-putin-zavershennja-vijny/33611667.html",
    publisher=_link("Radio Svoboda", "../../publishers/rferl/"),
    published=When("3 December 2025", "2025-12-03"),
    kind="report",
    opinion=False,
    reliability=Grade("A", "completely reliable", judged=True),
    credit=_link("RFE/RL", "publishers/rferl/"),
    language="uk",
    dead=True,
    archive="https://web.archive.org/web/20251203/https://www.radiosvoboda.org/a/33611667.html",
)

_RETOLD = ClaimLink(
    "Fortune Fwd",
    "The talks are back to square one.",
    "#back-to-start",
    "Five hours in the Kremlin end without a deal",
)
_CHECKED = When("6 December 2025", "2025-12-06")
_FOUND = QuoteCheckView("found", "in our copy", _CHECKED, f"{_FORTUNE.link}#:~:text=a%20normal%20working%20process")
_COUNTS = QuotationCounts(
    total=7,
    found=4,
    normalised=1,
    bracketed=1,
    ambiguous=1,
    absent=1,
    unchecked=1,
    checked=_CHECKED,
    method="../../quotations/",
)
_PARTIAL = ClaimView(
    id="partial",
    anchor="partial",
    url="#partial",
    says="Moscow took part of the US offer, refused the rest, and calls that ordinary bargaining.",
    speaker=_link("Dmitry Peskov", "../../actors/peskov/"),
    role="press secretary of the president",
    on_behalf=_link("Russia", "../../actors/russia/"),
    theme=_link("The US plan", "../../themes/us-plan/"),
    answer=AnswerView("conditional", "on conditions", "middle"),
    date=When("3 December 2025", "2025-12-03"),
    quote="a normal working process",
    quote_language="en",
    credibility=_2,
    source=_FORTUNE,
    brief=_link("Five hours in the Kremlin end without a deal", "../../briefs/kremlin-meeting/"),
    single_source=False,
    confirmed_by=(_RFERL, _UNHCR),
    related=(
        RelatedClaims(
            "superseded_by", "superseded by", (structs.replace(_RETOLD, said=When("5 December 2025", "2025-12-05")),)
        ),
        RelatedClaims("contradicts", "contradicted by", (_RETOLD,)),
        RelatedClaims("undercuts", "undercuts", (_RETOLD, _RETOLD)),
    ),
    questions=(_link("Did the Kremlin meeting move anything?", "../../disputes/moved/"),),
    kind="fact",
    finding=FindingView(
        label="That it is so",
        verdict="supported",
        words="supported",
        note="The Kremlin says the same in its own words.",
        date=_RATED,
        evidence=(_RFERL,),
    ),
    reliability=_D,
    check=_FOUND,
    note=Html('Substance confirmed <em>elsewhere</em>; the wording is <a href="../../about/">one translation</a>.'),
)
_START = structs.replace(
    _PARTIAL,
    id="back-to-start",
    anchor="back-to-start",
    url="#back-to-start",
    says="The meeting moved nothing: the talks are back to square one.",
    speaker=_link("Fortune Fwd", "../../actors/fortune-fwd/"),
    role="",
    on_behalf=None,
    answer=AnswerView("denies", "denies", "last"),
    date=When("December 2025, uncertain", "2025-12", certain=False),
    quote="",
    credibility=_4,
    single_source=True,
    confirmed_by=(),
    related=(
        RelatedClaims(
            "contradicts",
            "contradicted by",
            (ClaimLink("Dmitry Peskov", "Moscow took part of the US offer.", "#partial", "Five hours in the Kremlin"),),
        ),
    ),
    note="",
)
_ALONE = structs.replace(
    _START,
    id="putin-alone",
    anchor="putin-alone",
    url="#putin-alone",
    says="Only Vladimir Putin himself can end the war on the Russian side; his advisers cannot.",
    speaker=_link("Marco Rubio", "../../actors/rubio/"),
    role="Secretary of State of the United States",
    on_behalf=_link("United States", "../../actors/united-states/"),
    theme=_link("Who decides", "../../themes/who-decides/"),
    answer=AnswerView("supports", "supports", "first"),
    quote="Лише він може це зупинити",
    quote_language="uk",
    translation=TranslationView("Only he can stop it", "en", "machine translation"),
    via=_FORTUNE,
    check=structs.replace(
        _FOUND, words="in our copy, apart from typography", url="", gone=When("1 May 2026", "2026-05-01")
    ),
    credibility=_6,
    single_source=False,
    confirmed_by=(_RFERL,),
    related=(),
    questions=(),
    kind="opinion",
    finding=None,
)
_FORECAST = structs.replace(
    _START,
    id="no-truce",
    anchor="no-truce",
    url="../../briefs/espreso/#no-truce",
    says="No peace, no ceasefire and no truce are to be expected soon; calls yield a joint statement at most.",
    speaker=_link("Mykola Kniazhytskyi", "../../actors/kniazhytskyi/"),
    role="member of parliament",
    theme=_link("Ceasefire", "../../themes/ceasefire/"),
    answer=AnswerView("opposes", "opposes", "last"),
    credibility=_6,
    source=_ESPRESO,
    kind="forecast",
    reliability=_C,
    finding=FindingView(
        label="What came of the forecast",
        verdict="largely borne out",
        words="largely borne out",
        note="The two-hour call of 19 May brought no truce.",
        date=When("19 May 2025", "2025-05-19"),
        evidence=(_RFERL,),
    ),
    related=(),
)
_UNCLEAR = structs.replace(
    _START,
    id="unclear",
    anchor="unclear",
    answer=AnswerView("unclear", "unclear", "unclear"),
    credibility=None,
    source=_HACKS,
    finding=None,
)

_FLAGS = (
    FlagView(
        "wrong-figure",
        "wrong figure",
        "Gives Ukraine twelve million inhabitants; about 41 million by the official count for 2021.",
        major=True,
        evidence=(_UNHCR, _RFERL),
    ),
    FlagView(
        "wrong-role",
        "wrong role",
        "Calls Marco Rubio a senator: he has been Secretary of State since 21 January 2025.",
        major=True,
        evidence=(_RFERL,),
    ),
    FlagView(
        "self-contradiction",
        "contradicts itself",
        "“Back to square one” against the partial acceptance that it reports from the Kremlin.",
        major=True,
        evidence=(),
    ),
    FlagView("leftover-text", "leftover text", "The headline stands twice; dangling “Tags”.", major=False, evidence=()),
    FlagView(
        "unsupported-claim", "statement without support", "“Over half a million deaths”.", major=False, evidence=()
    ),
)


def _source() -> SourceView:
    return SourceView(
        link=_FORTUNE,
        author="",
        retrieved=When("5 December 2025", "2025-12-05"),
        archive="https://web.archive.org/web/20251205000000/https://fortunefwd.com/stalemate",
        summary="Retells the talks in Moscow and calls them a dead end.",
        interest="Sells advertising beside the text.",
        brief=_link("Five hours in the Kremlin end without a deal", "../../briefs/kremlin-meeting/"),
        cites=(_RFERL,),
        cited_by=(_HACKS,),
        flags=_FLAGS,
        unknown=("author", "day of publication"),
        answered=When("23 November 2026", "2026-11-23"),
        rated=_RATED,
        copy=CopyView(
            When("5 December 2025", "2025-12-05"),
            is_whole=False,
            sha256="9f" * 32,
            text_sha256="0a" * 32,
            edited=When("20 December 2025", "2025-12-20"),
        ),
    )


_MENTION = Mention(
    _link("Talks, not peace, are what Moscow wants", "../older/"),
    When("28 November 2025", "2025-11-28"),
    "The article puts the meeting a day earlier than the Kremlin did.",
)
_CARD = BriefCard(
    title="Five hours in the Kremlin end without a deal",
    url="briefs/kremlin-meeting/",
    lede="Envoys left without an agreement; Moscow speaks of bargaining, the article of a dead end.",
    date=When("3 December 2025", "2025-12-03"),
    as_of=When("5 December 2025", "2025-12-05"),
    status="rests on one source",
    mark="",
    source=_FORTUNE,
    actors=(_link("Putin"), _link("Witkoff"), _link("Peskov")),
    themes=(_link("The US plan"), _link("Who decides")),
    claims=5,
    flags=3,
    minor_flags=2,
    flagged=("wrong figure", "wrong role", "contradicts itself", "leftover text", "statement without support"),
)
_OPINION_CARD = BriefCard(
    title="Talks, not peace, are what Moscow wants, a Ukrainian lawmaker argues",
    url="briefs/espreso/",
    lede="An opinion with a declared interest, and one forecast that came true.",
    date=When("19 May 2025", "2025-05-19"),
    as_of=None,
    status="",
    mark="",
    source=_ESPRESO,
    actors=(_link("Kniazhytskyi"),),
    themes=(_link("Ceasefire"),),
    claims=4,
    flags=0,
    minor_flags=1,
    flagged=("no date",),
    interest="The author sits in parliament for European Solidarity and is reported to own part of the outlet.",
)
_DRAFT_CARD = structs.replace(
    _OPINION_CARD,
    title="Why talks fail: an explainer of unknown origin",
    url="briefs/allhacks/",
    mark="draft",
    source=_HACKS,
    flags=1,
    minor_flags=0,
    flagged=("no provenance",),
    interest="",
)

_ROWS = (
    ActorRow(
        _link("Dmitry Peskov"), "press secretary", claims=1, briefs=1, latest=When("3 December 2025", "2025-12-03")
    ),
    ActorRow(
        _link("Mykola Kniazhytskyi"),
        "",
        claims=4,
        briefs=1,
        latest=When("19 May 2025, uncertain", "2025-05-19", certain=False),
    ),
    ActorRow(_link("Jared Kushner"), "", claims=0, briefs=1, latest=None),
    ActorRow(_link("Russia"), "", claims=7, briefs=5, latest=When("3 December 2025", "2025-12-03")),
    ActorRow(_link("Ukraine"), "", claims=5, briefs=4, latest=When("May 2025", "2025-05")),
)
_LINE = ClaimLine(
    _link("Dmitry Peskov"), None, "Nothing was turned down.", "../x/#partial", _PARTIAL.date, _PARTIAL.answer
)
_YES = AnswerView("supports", "supports", "first")
_THEMES = (
    ThemeCard(
        _link("The US plan", "themes/us-plan/"),
        question="What would Washington's plan ask of each side, and who accepts it?",
        claims=6,
        briefs=2,
        disputes=2,
        answers=(
            AnswerRow("supports", (_voice("Washington", "../actors/washington/"),)),
            AnswerRow("on conditions", (_voice("Dmitry Peskov"), _voice("Yuri Ushakov")), 1),
            AnswerRow("denies", (_voice("Ukraine"),)),
        ),
        latest=When("3 December 2025", "2025-12-03"),
    ),
    ThemeCard(
        _link("Territory", "themes/territory/"),
        question="What land does each side claim, and as a demand or as a condition of talking?",
        claims=8,
        briefs=3,
        disputes=0,
        answers=(AnswerRow("opposes", (_voice("Ukraine"),)), AnswerRow("unclear", (_voice("Dmitry Peskov"),))),
        latest=None,
    ),
    ThemeCard(_link("Human cost", "themes/human-cost/"), "", claims=0, briefs=1, disputes=0, answers=(), latest=None),
)


def _dispute_card() -> DisputeCard:
    return DisputeCard(
        link=_link("Did the Kremlin meeting move anything?", "../disputes/moved/"),
        theme=_link("The US plan", "../themes/us-plan/"),
        kind_words="dispute within one source",
        state="open",
        reading=ReadingView(
            "The article reports the partial acceptance and drops the denial that went with it.",
            When("5 December 2025", "2025-12-05"),
        ),
        sides=(
            SideRow(
                "It moved something",
                (_link("Dmitry Peskov"), _link("Yuri Ushakov")),
                3,
                True,
                (_C, None),
                (_link("RSI"), None),
            ),
            SideRow("It moved nothing", (_link("Fortune Fwd"),), 1, grades=(_C,), publishers=(_link("RSI"),)),
        ),
        state_words="open",
    )


def _unread() -> DisputeCard:
    return DisputeCard(
        link=_link("Has Washington any leverage over Moscow?", "../disputes/leverage/"),
        theme=_link("Leverage", "../themes/leverage/"),
        kind_words="competing forecasts",
        state="explained",
        reading=None,
        sides=(SideRow("", (_link("Dmitry Peskov"),), 2, grades=(None,), publishers=(_link("The Irish Times"),)),),
        state_words="explained",
    )


def _dispute() -> v.DisputeView:
    card = _dispute_card()
    moved, nothing, forecast = (_repeated(claim) for claim in (_PARTIAL, _START, _FORECAST))
    return v.DisputeView(
        frame=_frame(card.link.text, "disputes", depth=2),
        theme=card.theme,
        kind="internal",
        kind_words=card.kind_words,
        state=card.state,
        reading=card.reading,
        note="Ushakov’s account lies between the two.",
        settled_by="An American account of which points were accepted.",
        searches=_SEARCHES,
        evidence=(_RFERL,),
        sides=(SideView("It moved something", (moved, forecast), True), SideView("It moved nothing", (nothing,))),
        origins=1,
        citation=_citation("briefs", "moved"),
        earlier=(ReadingView("Nothing is known.", When("1 December 2025", "2025-12-01"), "open"),),
        state_words=card.state_words,
    )


_EVENTS = (
    EventRow(
        "brief",
        "New brief",
        When("3 December 2025", "2025-12-03"),
        _link("Five hours in the Kremlin"),
        "No agreement.",
        about=When("December 2025, uncertain", "2025-12", certain=False),
    ),
    EventRow(
        "dispute",
        "New dispute",
        When("2 December 2025", "2025-12-02"),
        _link("Who is refusing?"),
        "",
        about=When("1 December 2025", "2025-12-01"),
        state="open",
        state_words="open",
    ),
    EventRow(
        "position",
        "Changed its answer",
        When("2 December 2025", "2025-12-02"),
        _link("Russia"),
        "On the plan: in part.",
    ),
    EventRow(
        "reading",
        "New reading of a dispute",
        When("1 December 2025", "2025-12-01"),
        _link("Who mediates?"),
        "Each describes another moment.",
        state="explained",
        state_words="explained",
        was="They contradict each other.",
        now="Each describes another moment.",
        state_before="open",
    ),
    EventRow("dead", "Source no longer at its address", When("1 December 2025", "2025-12-01"), _link("Gone"), ""),
)


_SEARCHES = (
    SearchView(
        "a recording of the call", "the sites of both presidents", When("4 December 2025", "2025-12-04"), "None found."
    ),
)


_CONTESTED = structs.replace(_LINE, contested=_link("Who is refusing?", "../disputes/who-refuses/"))


def _grid() -> v.Grid:
    said = When("3 December 2025", "2025-12-03")
    cells = (
        v.MatrixCell(
            "in part",
            "middle",
            "briefs/kremlin-meeting/#a",
            said,
            Grade("B", "usually reliable", judged=True),
            origins=3,
            disputes=(_link("Who is refusing?", "disputes/who-refuses/"),),
            revised=_link("4 December 2025", "briefs/kremlin-meeting/#d"),
            later=(
                LaterStatements(
                    2, said, "briefs/kremlin-meeting/#e", _RFERL, _link("Which land?"), "All of it.", "yes"
                ),
            ),
        ),
        v.MatrixCell("no", "last", "briefs/kremlin-meeting/#b", said, before="yes", by=(_link("Dmitry Peskov"),)),
        v.MatrixCell("unclear", "unclear", "briefs/kremlin-meeting/#c", When("date unknown", certain=False)),
        v.MatrixCell("several answers", "several", "actors/peskov/", said),
    )
    actors = tuple(_link(f"Actor {number}", f"actors/actor-{number}/") for number in range(5))
    rows = (
        v.MatrixRow(_link("The plan", "themes/plan/"), "Is it accepted?", (*cells, None)),
        v.MatrixRow(_link("Talks", "themes/talks/"), "", (None, *cells), ((_link("Kyiv"), cells[0]),), more=3),
    )
    return v.Grid(actors, rows, has_bodies=True)


def _chart(*, left_out: int = 0) -> Chart:
    marks = (
        ChartMark(120, 0, "3 March 2025: Dmitry Peskov", "briefs/kremlin-meeting/#a", vague=False),
        ChartMark(500, 84, "July 2025: Russia", "briefs/kremlin-meeting/#b", vague=True),
    )
    return Chart((ChartTick(0, "2025"), ChartTick(500, "July 2025")), (marks, marks[:1]), left_out)


def _home() -> v.Home:
    title = "Ukraine: the road to talks"
    return v.Home(
        frame=structs.replace(_frame(title, "home", depth=1), root="./", assets="./assets/"),
        introduction=Prose("home", ("method/",)),
        key_points=(
            KeyPointView(
                "No source shows that any of the offers of 2025 led to a general ceasefire.",
                "established",
                When("5 December 2025", "2025-12-05"),
                "established",
            ),
            KeyPointView("The sources differ on who refuses.", "contested", None, "contested"),
            KeyPointView("Agreement among the unsigned articles is not confirmation.", "", None),
        ),
        statements=(_LINE, structs.replace(_LINE, on_behalf=_link("Russia"))),
        grid=_grid(),
        news=_EVENTS,
        all_answers=_link("All answers", "matrix/"),
        all_news=_link("All that is new, by day", "changes/"),
        disputes=(_dispute_card(), _unread()),
        all_disputes=_link("All disputes (9)", "disputes/"),
        disputes_in_all=9,
        disputes_open=1,
        trusted=(PublisherGroup(_D, (PublisherRow(_link("RFE/RL", "publishers/rferl/"), "", "", None, 3),)),),
        sources=(_CARD, _OPINION_CARD, structs.replace(_DRAFT_CARD, mark="")),
        briefs=(_CARD, _OPINION_CARD, _DRAFT_CARD),
        themes=_THEMES,
        actors=_ROWS,
        all_briefs=_link("All 5 briefs", "briefs/"),
        all_themes=_link("All 12 themes", "themes/"),
        all_sources=_link("All 48 sources", "sources/"),
    )


def _brief() -> v.BriefView:
    link = _link("Dmitry Peskov", "../../actors/peskov/")
    fills = (
        f'<a class="actor" href="{link.url}">{link.text}</a>',
        f'<a class="cite" href="{_RFERL.url}">[Radio Svoboda]</a>',
    )
    return v.BriefView(
        frame=_frame("Five hours in the Kremlin end without a deal", "briefs", depth=2, mark="draft"),
        lede="Envoys left without an agreement; Moscow speaks of bargaining, the article of a dead end.",
        date=When("3 December 2025", "2025-12-03"),
        as_of=When("5 December 2025", "2025-12-05"),
        status="rests on one source",
        status_note=True,
        editor="A. Analyst",
        key_points=(
            "The meeting of 2 December lasted five hours and ended without an agreement.",
            "The Kremlin says that it took part of the US offer; the article speaks of a dead end.",
            "The article contradicts itself, and four of its facts are wrong.",
        ),
        body=Prose("brief", fills),
        source=_source(),
        claims=(_PARTIAL, _START, _ALONE, structs.replace(_FORECAST, url="#no-truce"), _UNCLEAR),
        assessments=(
            AssessmentView(
                says="The next round brings a signed text before the end of the year.",
                likelihood="very unlikely",
                likelihood_range="5–20 %",
                confidence="low",
                basis="One meeting, known from unsigned retellings and two spokesmen.",
            ),
        ),
        corrections=(
            CorrectionView(
                When("6 December 2025", "2025-12-06"),
                was="The meeting lasted four hours.",
                now="The meeting lasted five hours.",
                why="A slip of ours.",
                claims=(_RETOLD,),
            ),
        ),
        searches=_SEARCHES,
        actors=(link, _link("Marco Rubio"), _link("Russia")),
        themes=(_link("The US plan"), _link("Who decides")),
        questions=((_link("The US plan"), "Does Moscow accept it?"),),
        cited=(_RFERL, _UNHCR, _HACKS),
        citation=_citation("briefs", "kremlin-meeting"),
        newer=_link("A newer brief", "../newer/"),
        older=_link("Talks, not peace, are what Moscow wants", "../older/"),
        quotations=_COUNTS,
        mentions=(_MENTION,),
    )


def _actor() -> v.ActorView:
    repeated = _repeated(_PARTIAL)
    holder = HolderView(
        (_link("Dmitry Peskov", "../peskov/"),),
        ChangeView("changed", repeated.date, _START.date, AnswerView("no", "no", "last")),
        same_time=(_LINE,),
        earlier=(_LINE, structs.replace(_LINE, on_behalf=_link("Russia"))),
        undated=(structs.replace(_LINE, date=When("date unknown", certain=False)),),
        unclear=(structs.replace(_LINE, answer=_UNCLEAR.answer),),
        more=3,
    )
    position = PositionView(_link("The US plan"), "Who accepts the plan?", (repeated,), (holder,))
    plain = HolderView(holder.actors)
    other = structs.replace(repeated, id="other", theme=None)
    return v.ActorView(
        frame=_frame("Dmitry Peskov", "actors", depth=2),
        name="Dmitry Peskov",
        kind="person",
        kind_words="person",
        in_text="Dmitry Peskov",
        aliases=("Dmitri Peskov", "Дмитрий Песков"),
        roles=(
            RoleView("press secretary of the president", _link("Russia"), "since 22 May 2012"),
            RoleView("spokesman", None, ""),
        ),
        wikidata="https://www.wikidata.org/wiki/Q1230927",
        statements=6,
        latest=When("3 December 2025", "2025-12-03"),
        chart=_chart(),
        body=Prose("text"),
        positions=(position, PositionView(None, "", (other,), (plain,), is_position=False)),
        contradicted=(
            (structs.replace(_LINE, source=_RFERL, reliability=_C), _CONTESTED),
            (_LINE, structs.replace(_LINE, source=_HACKS)),
        ),
        disputes=(_dispute_card(), _unread()),
        reported_by=((_link("Fortune Fwd"), 1), (_link("Radio Svoboda"), 2)),
        mentions=(_CARD, _OPINION_CARD),
        sentences=("The spokesman, Dmitry Peskov, spoke of a partial acceptance.", ""),
        total=22,
        pager=_pager(2, newest=True),
        citation=Citation("The example desk. “A page”. The site", "", ()),
        previous=_link("The one before", "../before/"),
        next=_link("The one after", "../after/"),
    )


def _theme() -> v.ThemeView:
    repeated = tuple(_repeated(claim) for claim in (_PARTIAL, _START, _ALONE, _FORECAST, _UNCLEAR))
    holders = (
        HolderView(
            (_link("Dmitry Peskov"), _link("Russia")), ChangeView("first", _PARTIAL.date, _PARTIAL.date), (_LINE,)
        ),
        HolderView((_link("Ukraine"),), ChangeView("unchanged", _PARTIAL.date, _START.date), earlier=(_LINE,)),
    )
    groups = (
        *(AnswerGroup(c.answer, (PositionView(None, "", (c,), holders),)) for c in repeated[:3]),
        AnswerGroup(None, (PositionView(None, "", repeated[:2], (HolderView((_link("Marco Rubio"),)),)),)),
    )
    return v.ThemeView(
        frame=_frame("The US plan", "themes", depth=2),
        name="The US plan",
        question="What would Washington's plan ask of each side, and who accepts it?",
        body=Prose("text"),
        given=(
            AnswerRow("yes", (), tint="first"),
            AnswerRow(
                "in part",
                (_voice("Ukraine"), _voice("Russia", by=(_link("Dmitry Peskov"),))),
                tint="middle",
            ),
            AnswerRow("no", (_voice("Ukraine"),), more=3, tint="last"),
            AnswerRow("several answers", (_voice("Marco Rubio"),), tint="several"),
        ),
        chart=_chart(),
        answers=groups,
        voices=repeated[3:4],
        unclear=repeated[4:],
        more=2,
        unit="",
        disputes=(_dispute_card(),),
        searches=_SEARCHES,
        actors=(_link("Dmitry Peskov"), _link("Marco Rubio")),
        sources=(
            SourceGroup("Report", (_RFERL,)),
            SourceGroup("Opinion", (_ESPRESO,)),
            SourceGroup("", (_HACKS,)),
        ),
        briefs=(_CARD,),
        sentences=("What the plan asks of each side is not public.",),
        total=1,
        latest=When("3 December 2025", "2025-12-03"),
        pager=Pager(1, 1, None, None, ()),
        citation=Citation("The example desk. “A page”. The site", "", ()),
        previous=_link("The one before", "../before/"),
        next=_link("The one after", "../after/"),
    )
