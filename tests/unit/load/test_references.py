"""Documents → a site in which every name is an id."""

import re
from typing import Any

import msgspec
import pytest
from msgspec import Struct
from msgspec.structs import astuple

from briefgen.load.content import STRUCTS
from briefgen.load.discover import Failed
from briefgen.load.references import resolve
from briefgen.model.content import Config, ContentKind, Publisher
from briefgen.model.names import fold
from briefgen.model.problem import Place, Pointer, Problem, Severity
from briefgen.model.site import Body, Document, Site, StaticFile
from briefgen.model.texts import Reference

FOLDERS = {"brief": "briefs", "actor": "actors", "theme": "themes", "publisher": "publishers", "source": "sources"}
LACKING: dict[str, dict[str, Any]] = {
    "brief": {"title": "x", "date": "2025-12-03"},
    "actor": {"name": "x", "kind": "person"},
    "theme": {"name": "x"},
    "publisher": {"name": "x"},
    "source": {"title": "x"},
    "page": {"title": "x"},
}


class Project:
    """A project from its files: `.brief("id", key=…)`, with references of the body as keyword `text`."""

    def __init__(self) -> None:
        self.documents: dict[str, list[Document[Any]]] = {}
        self.failed: list[Failed] = []

    def file(self, kind: ContentKind, id: str, /, *text: Reference, **data: Any) -> "Project":
        suffix = "yaml" if kind in ("publisher", "source") else "md"
        named = {"name": id} if kind in ("actor", "theme", "publisher") else {}
        content: Struct = msgspec.convert(LACKING[kind] | named | data, STRUCTS[kind])
        file = f"content/{FOLDERS.get(kind, 'pages')}/{id}.{suffix}"
        document = Document(id, file, content, Body("digest", text) if text else Body())
        self.documents.setdefault(kind, []).append(document)
        return self

    def actor(self, id: str, /, *text: Reference, **data: Any) -> "Project":
        return self.file("actor", id, *text, **data)

    def theme(self, id: str, /, *text: Reference, **data: Any) -> "Project":
        return self.file("theme", id, *text, **data)

    def brief(self, id: str, /, *text: Reference, **data: Any) -> "Project":
        return self.file("brief", id, *text, **data)

    def source(self, id: str, /, **data: Any) -> "Project":
        return self.file("source", id, **data)

    def publisher(self, id: str, /, **data: Any) -> "Project":
        return self.file("publisher", id, **data)

    def broken(self, kind: ContentKind, name: str, *names: str, unreadable: bool = False) -> "Project":
        self.failed.append(Failed(kind, name, None if unreadable else names))
        return self

    def site(self) -> Site:
        site, problems = self.resolve()
        assert problems == ()
        return site

    def problems(self) -> list[tuple[str, str, str, str]]:
        """Code, place, message and hint of each problem."""
        return [(one.code, where(one), one.message, one.hint) for one in self.resolve()[1]]

    def resolve(self) -> tuple[Site, tuple[Problem, ...]]:
        return resolve(Config(title="x"), self.documents, (), self.failed)


def where(problem: Problem) -> str:
    at = problem.at
    file = at.file.removeprefix("content/")
    if isinstance(at, Place):
        return f"{file}:{at.line}:{at.column}+{at.length}" if at.line else file
    assert isinstance(at, Pointer)
    return ".".join([file, *map(str, at.keys)])


@pytest.fixture
def project() -> Project:
    return (
        Project()
        .actor("putin", name="Vladimir Putin", aliases=["Путин", "V. Putin"], metonyms=["Kremlin"])
        .actor("ukraine", name="Ukraine", kind="state", metonyms=["Kyiv"])
        .theme("us-plan", name="The US plan", aliases=["28 points"])
    )


def claim(id: str = "a", /, **data: Any) -> dict[str, Any]:
    return {"id": id, "actor": "putin", "says": "x"} | data


def entity(target: str, label: str | None = None) -> Reference:
    return Reference("entity", target, label, line=7, column=3, length=9)


def cite(target: str) -> Reference:
    return Reference("cite", target, quote="words", line=8, column=1, length=5)


def test_ids_names_and_aliases_lead_to_ids(project: Project) -> None:
    brief = project.brief(
        "b",
        actors=["Vladimir  PUTIN", "ukraine", "путин"],
        themes=["28 Points"],
        claims=[claim(actor="V. Putin", theme="the us plan"), claim("c", **{"for": "Ukraine"}), claim("d")],
    ).site().briefs["b"].data  # fmt: skip

    assert (brief.actors, brief.themes) == (("putin", "ukraine"), ("us-plan",))
    assert [(one.actor, one.for_, one.theme) for one in brief.claims] == [
        ("putin", None, "us-plan"),
        ("putin", "ukraine", None),
        ("putin", None, None),
    ]


def test_unchanged_documents_are_not_copied(project: Project) -> None:
    project.brief("b", Reference("link", "/x/"), actors=["putin"], themes=["us-plan"], claims=[claim(theme="us-plan")])

    assert project.site().briefs["b"] is project.documents["brief"][0]


def test_an_accent_may_be_written_in_two_ways(project: Project) -> None:
    composed, decomposed = "Zoé", "Zoe\u0301"
    project.actor("zoe", name=composed).brief("b", actors=[decomposed])

    assert project.site().briefs["b"].data.actors == ("zoe",)


def test_roles_name_the_actor_that_they_serve(project: Project) -> None:
    project.actor("peskov", roles=[{"title": "spokesman", "of": "Vladimir Putin"}, {"title": "father"}])

    assert [role.of for role in project.site().actors["peskov"].data.roles] == ["putin", None]


def test_a_name_in_a_body_is_an_actor_before_a_theme(project: Project) -> None:
    project.brief(
        "b",
        entity("putin"),
        entity("Путин"),
        entity("28 points", "the plan"),
        entity("us-plan"),
        cite("b"),
        source={"title": "x"},
    )

    assert [(one.target, one.label) for one in project.site().briefs["b"].body.references] == [
        ("actors/putin", "Vladimir Putin"),
        ("actors/putin", "Путин"),
        ("themes/us-plan", "the plan"),
        ("themes/us-plan", "The US plan"),
        ("sources/b", None),
    ]


def test_texts_of_every_kind_are_resolved(project: Project) -> None:
    project.actor("x", entity("putin")).theme("y", entity("putin")).file("page", "z", entity("putin"))
    site = project.site()

    for document in (site.actors["x"], site.themes["y"], site.pages["z"]):
        assert document.body.references[0].target == "actors/putin"


ACTORS = "Actors live in content/actors/."
THEMES = "Themes live in content/themes/."
SOURCES = "Sources live in content/sources/, or in a brief as its own source."
NO_ACTOR = "Actors live in content/actors/; `briefgen check --create-missing` creates the file."
NO_THEME = "Themes live in content/themes/; `briefgen check --create-missing` creates the file."
BOTH = "Actors live in content/actors/, themes in content/themes/."


def test_every_unknown_name_is_reported_at_its_place(project: Project) -> None:
    source = {"title": "x", "cites": ["y"], "flags": [{"kind": "ambiguous", "note": "x", "evidence": ["b", "z"]}]}
    finding = {"verdict": "mixed", "note": "x", "evidence": ["w"]}
    project.brief(
        "b",
        entity("puttin"),
        entity("zzz"),
        cite("bb"),
        actors=["putin", "Vladimir Puttin"],
        themes=["us-plans"],
        source=source,
        claims=[claim(actor="zzz", theme="zzz", confirmed_by=["v"], finding=finding, **{"for": "zzz"})],
    ).actor("peskov", roles=[{"title": "spokesman", "of": "kremlinn"}]).source("s", cites=["t"])

    assert project.problems() == [
        ("unknown-source", "sources/s.yaml.cites.0", 'no source "t"', SOURCES),
        ("unknown-source", "briefs/b.md.source.cites.0", 'no source "y"', SOURCES),
        ("unknown-source", "briefs/b.md.source.flags.0.evidence.1", 'no source "z"', SOURCES),
        ("unknown-source", "briefs/b.md.claims.0.confirmed_by.0", 'no source "v"', SOURCES),
        ("unknown-source", "briefs/b.md.claims.0.finding.evidence.0", 'no source "w"', SOURCES),
        ("unknown-source", "briefs/b.md:8:1+5", 'no source "bb"', SOURCES),
        (
            "unknown-actor",
            "briefs/b.md.actors.1",
            'no actor "Vladimir Puttin"',
            f'did you mean "Vladimir Putin"? {ACTORS}',
        ),
        ("unknown-theme", "briefs/b.md.themes.0", 'no theme "us-plans"', f'did you mean "us-plan"? {THEMES}'),
        ("unknown-actor", "briefs/b.md.claims.0.actor", 'no actor "zzz"', NO_ACTOR),
        ("unknown-actor", "briefs/b.md.claims.0.for", 'no actor "zzz"', NO_ACTOR),
        ("unknown-theme", "briefs/b.md.claims.0.theme", 'no theme "zzz"', NO_THEME),
        ("unknown-reference", "briefs/b.md:7:3+9", 'no actor or theme "puttin"', f'did you mean "putin"? {BOTH}'),
        (
            "unknown-reference",
            "briefs/b.md:7:3+9",
            'no actor or theme "zzz"',
            f"{BOTH[:-1]}; `briefgen new actor zzz` creates a file.",
        ),
        ("unknown-actor", "actors/peskov.md.roles.0.of", 'no actor "kremlinn"', NO_ACTOR),
    ]


def test_a_metonym_is_only_suggested(project: Project) -> None:
    project.actor("kyiv-city", name="City of Kyiv", metonyms=["kyiv"])
    project.brief("b", entity("Kremlin"), actors=["Kyiv"])

    assert project.problems() == [
        (
            "unknown-actor",
            "briefs/b.md.actors.0",
            'no actor "Kyiv"',
            '"Kyiv" can mean City of Kyiv or Ukraine: write kyiv-city or ukraine explicitly',
        ),
        (
            "unknown-reference",
            "briefs/b.md:7:3+9",
            'no actor or theme "Kremlin"',
            '"Kremlin" can mean Vladimir Putin: write putin explicitly',
        ),
    ]


def test_a_shared_name_is_reported_at_both_places_and_causes_no_other_problem(project: Project) -> None:
    project.actor("zelenskyy", name="Zelenskyy", aliases=["President", "Ukraine"])
    project.actor("trump", name="Trump", aliases=["president", "PUTIN"]).brief("b", actors=["President"])

    keep = "keep it in one of them or make it a metonym of both"
    assert project.problems() == [
        ("shared-alias", "actors/putin.md", '"putin" also names the actor of content/actors/trump.md', keep),
        ("shared-alias", "actors/trump.md.aliases.1", '"PUTIN" also names the actor of content/actors/putin.md', keep),
        (
            "shared-alias",
            "actors/trump.md.aliases.0",
            '"president" also names the actor of content/actors/zelenskyy.md',
            keep,
        ),
        (
            "shared-alias",
            "actors/zelenskyy.md.aliases.0",
            '"President" also names the actor of content/actors/trump.md',
            keep,
        ),
        ("shared-alias", "actors/ukraine.md", '"ukraine" also names the actor of content/actors/zelenskyy.md', keep),
        (
            "shared-alias",
            "actors/ukraine.md.name",
            '"Ukraine" also names the actor of content/actors/zelenskyy.md',
            keep,
        ),
        (
            "shared-alias",
            "actors/zelenskyy.md.aliases.1",
            '"Ukraine" also names the actor of content/actors/ukraine.md',
            keep,
        ),
    ]


def test_an_actor_and_a_theme_may_share_a_name_and_one_may_repeat_its_own(project: Project) -> None:
    project.theme("putin", name="Vladimir Putin").actor("x", name="X", aliases=["x", "X"])

    assert project.problems() == []


def test_publishers_and_themes_share_no_names_either() -> None:
    project = Project().theme("a", aliases=["Z"]).theme("b", aliases=["z"]).publisher("c", name="Y").publisher("y")

    assert [(code, place) for code, place, _, _ in project.problems()] == [
        ("shared-alias", "themes/a.md.aliases.0"),
        ("shared-alias", "themes/b.md.aliases.0"),
        ("shared-alias", "publishers/c.yaml.name"),
        ("shared-alias", "publishers/y.yaml"),
        ("shared-alias", "publishers/y.yaml.name"),
    ]


def test_a_claim_is_resolved_with_the_id_of_its_brief(project: Project) -> None:
    project.brief("a", claims=[claim("x", contradicts=["y", "b#x"]), claim("y")]).brief("b", claims=[claim("x")])
    project.theme("t", disputes=[{"id": "d", "question": "?", "kind": "fact", "claims": ["a#x", "b#x"]}])

    assert project.site().briefs["a"].data.claims[0].contradicts == ("a#y", "b#x")


SPEAKS = "A claim of it has"
OTHER = "A claim of another file is written `brief-or-source#claim`."


def test_an_unknown_claim_is_reported_with_a_suggestion(project: Project) -> None:
    project.brief("a", claims=[claim("partial", contradicts=["partiel", "full", "b#fulll", "zzz"])])
    project.brief("b", claims=[claim("full")])
    dispute = {"id": "d", "question": "?", "kind": "fact", "claims": ["a#partial", "full", "zzz", "c#zzz"]}
    project.theme("t", disputes=[dispute])

    where = "Here a claim is written `brief-or-source#claim`."
    at = "briefs/a.md.claims.0.contradicts"
    assert project.problems() == [
        (
            "unknown-claim",
            f"{at}.0",
            'no claim "partiel"',
            f'did you mean "partial"? {OTHER}',
        ),
        ("unknown-claim", f"{at}.1", 'no claim "full"', 'did you mean "b#full"?'),
        (
            "unknown-claim",
            f"{at}.2",
            'no claim "b#fulll"',
            f'did you mean "b#full"? {OTHER}',
        ),
        ("unknown-claim", f"{at}.3", 'no claim "zzz"', OTHER),
        ("unknown-claim", "themes/t.md.disputes.0.claims.1", 'no claim "full"', 'did you mean "b#full"?'),
        ("unknown-claim", "themes/t.md.disputes.0.claims.2", 'no claim "zzz"', where),
        ("unknown-claim", "themes/t.md.disputes.0.claims.3", 'no claim "c#zzz"', OTHER),
    ]


def test_an_id_must_be_unique(project: Project) -> None:
    dispute = {"id": "d", "question": "?", "kind": "fact", "claims": ["a#x", "a#y"]}
    project.brief("a", source={"title": "x"}, claims=[claim("x"), claim("y"), claim("x")])
    project.brief("b", source={"title": "x", "id": "a"}).source("b2").brief("b2", source={"title": "x"})
    project.theme("s", disputes=[dispute]).theme("t", disputes=[dispute, dispute])

    other = "give one of them another id"
    assert project.problems() == [
        ("duplicate-id", "briefs/b.md.source.id", 'the source id "a" is already that of content/briefs/a.md', other),
        (
            "duplicate-id",
            "briefs/b2.md.source.id",
            'the source id "b2" is already that of content/sources/b2.yaml',
            "give this source an id of its own: `id: …`",
        ),
        ("duplicate-id", "briefs/a.md.claims.2.id", 'the claim id "x" is already that of claim 1 of this file', other),
        ("duplicate-id", "themes/t.md.disputes.0.id", 'the dispute id "d" is already in content/themes/s.md', other),
        ("duplicate-id", "themes/t.md.disputes.1.id", 'the dispute id "d" is already in content/themes/s.md', other),
    ]


def test_the_id_of_a_source_file_is_its_name() -> None:
    project = Project().source("a", id="a").source("b", id="c")

    assert project.problems() == [
        (
            "bad-id",
            "sources/b.yaml.id",
            'the id "c" is not the file\'s name',
            "leave the id out: the file's name is the id",
        )
    ]


def test_sources_are_those_of_briefs_and_those_of_their_own(project: Project) -> None:
    project.brief("b", source={"title": "x", "cites": ["s", "c2"]}).brief("c", source={"title": "y", "id": "c2"})
    project.brief("d").source("s", publisher="unknown", cites=["b"])

    sources = project.site().sources

    assert [(id, one.file, one.brief, one.publisher) for id, one in sources.items()] == [
        ("b", "content/briefs/b.md", "b", None),
        ("c2", "content/briefs/c.md", "c", None),
        ("s", "content/sources/s.yaml", None, None),
    ]
    assert sources["c2"].data is project.documents["brief"][1].data.source


def test_a_publisher_without_a_file_is_made_from_its_name() -> None:
    project = Project().publisher("bbc", name="BBC News", aliases=["BBC World"])
    names = [
        "BBC news",
        "bbc",
        "BBC World",
        "Fortune Fwd",
        "fortune fwd",
        "Fortune-FWD",
        "Українська правда",
        "unknown",
    ]
    for number, name in enumerate(names):
        project.source(f"s{number}", publisher=name)

    site = project.site()

    ukrainian = "ukrainska-pravda"
    assert [record.publisher for record in site.sources.values()] == [
        *["bbc"] * 3,
        *["fortune-fwd"] * 3,
        ukrainian,
        None,
    ]
    assert list(site.publishers) == ["bbc", "fortune-fwd", ukrainian]
    assert site.publishers["fortune-fwd"] == Document("fortune-fwd", "", Publisher(name="Fortune Fwd"))
    assert site.publishers[ukrainian].data.name == "Українська правда"


def publishers_of(project: Project) -> tuple[list[str | None], dict[str, str]]:
    """Return the publishers of all sources, and the names of all publishers."""
    site = project.resolve()[0]
    named = {id: document.data.name for id, document in site.publishers.items()}
    return [record.publisher for record in site.sources.values()], named


def test_names_that_differ_in_their_own_script_are_different_publishers() -> None:
    project = Project()
    for number, name in enumerate(["新京报", "新经报", "ТАСС", "TASS"]):
        project.source(f"s{number}", publisher=name)

    found, named = publishers_of(project)

    first, second, cyrillic, latin = map(str, found)
    assert latin == "tass"
    assert re.fullmatch(r"tass-[0-9a-f]{8}", cyrillic)
    assert [first, second.rpartition("-")[0]] == ["xinjingbao", "xinjingbao"]
    assert named == {first: "新京报", second: "新经报", cyrillic: "ТАСС", latin: "TASS"}
    assert [(code, place, message) for code, place, message, _ in project.problems()] == [
        ("unknown-publisher", "sources/s1.yaml.publisher", 'no publisher "新经报", but "新京报"'),
        ("unknown-publisher", "sources/s2.yaml.publisher", 'no publisher "ТАСС", but "TASS"'),
    ]


def test_the_address_of_a_name_stays_its_publishers_when_that_gets_a_file() -> None:
    project = Project().publisher("agency", name="TASS").source("s", publisher="ТАСС").source("t", publisher="T-A-S-S")

    found, named = publishers_of(project)

    assert project.resolve()[0].alias_addresses == {"publishers/tass": "publishers/agency"}
    assert found[1] == "t-a-s-s"
    assert str(found[0]).startswith("tass-")
    assert named[str(found[0])] == "ТАСС"


def test_spellings_of_a_name_lead_to_its_file_as_they_led_to_one_publisher_before() -> None:
    project = Project().publisher("sz", name="Süddeutsche Zeitung", aliases=["Munich Daily"])
    for number, name in enumerate(["Suddeutsche Zeitung", "Süddeutsche-Zeitung", "munich daily!"]):
        project.source(f"s{number}", publisher=name)

    assert publishers_of(project) == (["sz"] * 3, {"sz": "Süddeutsche Zeitung"})
    assert project.problems() == []


def test_a_credit_is_resolved_to_the_publisher_of_that_name() -> None:
    project = Project().publisher("dpa", name="Deutsche Presse-Agentur", aliases=["dpa-AFX"])
    project.source("made", publisher="Новая газета").source("latin", publisher="Herald")
    credits = {
        "dpa": "dpa", " DPA ": "dpa", "deutsche  presse-agentur": "dpa", "DPA-afx": "dpa",
        "новая ГАЗЕТА": "novaya-gazeta", "THE herald": "the-herald", "herald": "herald", "AP": "ap", "新京报": "新京报",
    }  # fmt: skip
    for number, credit in enumerate(credits):
        project.source(f"s{number}", credit=credit)

    sources = project.site().sources

    assert [sources[f"s{number}"].credit for number in range(len(credits))] == list(credits.values())
    assert sources["made"].credit is None


def test_a_credit_in_other_letters_is_no_publisher_that_is_written_alike_in_latin_ones() -> None:
    sources = Project().source("made", publisher="ТАСС").source("printed", credit="TASS").site().sources

    assert sources["made"].publisher == "tass"
    assert sources["printed"].credit not in (None, "tass")


@pytest.mark.parametrize("name", ["Kiyv Independent", "The Kyiv Independnt", "Kyiv Independents", "kyiv-indepandent"])
def test_a_publisher_that_is_almost_a_known_one_is_a_warning(name: str) -> None:
    project = Project().publisher("ki", name="Kyiv Independent").brief("b", source={"title": "x", "publisher": name})

    assert project.resolve()[1] == (
        Problem(
            "unknown-publisher",
            f'no publisher "{name}", but "Kyiv Independent"',
            Pointer("content/briefs/b.md", ("source", "publisher")),
            f'write "Kyiv Independent", or give "{name}" a file of its own in content/publishers/',
            Severity.WARNING,
        ),
    )


@pytest.mark.parametrize("name", ["Kyiv Post", "Independent", "AFP", "Sky News UK"])
def test_a_publisher_that_is_merely_alike_is_another(name: str) -> None:
    project = Project().publisher("ki", name="Kyiv Independent").publisher("ap", name="AP", aliases=["Sky News"])

    assert name in [one.data.name for one in project.source("s", publisher=name).site().publishers.values()]


def test_references_to_an_unreadable_file_are_no_problems() -> None:
    project = Project().broken("actor", "putin", "Vladimir Putin").broken("theme", "us-plan", "The US plan")
    project.broken("brief", "c", "s2", "#x").broken("source", "s3", "x").broken("publisher", "p", "TASS")
    project.brief(
        "b",
        entity("VLADIMIR PUTIN"),
        entity("us-plan"),
        cite("s2"),
        actors=["vladimir putin"],
        themes=["the us plan"],
        source={"title": "x", "publisher": "TASS", "cites": ["s3", "c"]},
        claims=[claim(contradicts=["c#x"])],
    )

    assert project.problems() == []
    assert [code for code, *_ in project.brief("d", actors=["x"], claims=[claim(contradicts=["c#y"])]).problems()] == [
        "unknown-claim",
        "unknown-actor",
    ]


def test_an_unreadable_file_excuses_unknown_names_but_no_misspellings() -> None:
    project = Project().actor("witkoff").broken("actor", "x", unreadable=True).broken("brief", "c", unreadable=True)
    project.brief("b", cite("anything"), actors=["Anybody", "witkof"], claims=[claim(contradicts=["c#any", "d#any"])])

    assert [(code, place) for code, place, _, _ in project.problems()] == [
        ("unknown-claim", "briefs/b.md.claims.0.contradicts.1"),
        ("unknown-actor", "briefs/b.md.actors.1"),
    ]


def test_listings_do_not_depend_on_the_order_of_files(project: Project) -> None:
    for name, date in [("b", "2025-01-01"), ("c", "2025-02-01"), ("a", "2025-01-01")]:
        project.brief(name, date=date, source={"title": "x"})
    project.source("aa").publisher("z").publisher("y").file("page", "q").file("page", "p").actor("a")
    one = project.site()
    for documents in project.documents.values():
        documents.reverse()
    other = project.site()

    for site in (one, other):
        assert list(site.briefs) == ["c", "a", "b"]
        assert list(site.sources) == ["a", "aa", "b", "c"]
        assert list(site.publishers) == ["y", "z"]
        assert list(site.pages) == ["p", "q"]
        assert list(site.actors) == ["a", "putin", "ukraine"]


def test_an_empty_project_is_a_site() -> None:
    statics = (StaticFile("a.png", "content/static/a.png"),)

    site, problems = resolve(Config(title="x"), {}, statics)

    assert problems == ()
    assert astuple(site) == astuple(Site(Config(title="x"), {}, {}, {}, {}, {}, {}, statics))


def test_suggestions_are_limited_in_number() -> None:
    project = Project().brief("b", actors=[f"putim{number}" for number in range(300)])
    for number in range(20):
        project.actor(f"putin-{number}")

    hints = [hint for _, _, _, hint in project.problems()]

    assert len(hints) == 300
    assert [hint.startswith("did you mean") for hint in hints].index(False) == 200


def test_a_source_file_that_cannot_be_read_hides_only_its_own_id() -> None:
    project = (
        Project().broken("source", "bad", unreadable=True).brief("b", source={"title": "x", "cites": ["bad", "no"]})
    )

    assert [problem.message for problem in project.resolve()[1]] == ['no source "no"']


def test_a_name_shared_by_thousands_is_reported_without_listing_all() -> None:
    project = Project()
    for number in range(50):
        project.actor(f"a{number:02}", aliases=["Same"])

    _, problems = project.resolve()

    assert len(problems) == 50
    assert problems[0].message == (
        '"Same" also names the actor of content/actors/a01.md, content/actors/a02.md, content/actors/a03.md or 46 more'
    )


def test_a_name_of_another_kind_says_which(project: Project) -> None:
    project.publisher("river-post", name="The River Post", aliases=["Post"]).source("census", publisher="Gazette")
    project.brief("talks", source={"title": "x"}).file("page", "about")
    names = ["post", "gazette", "census", "talks", "about", "us-plan"]

    project.brief("b", cite("putin"), cite("about"), actors=names, themes=["Путин"])

    assert [(message, hint) for _, _, message, hint in project.problems()] == [
        ('no source "putin"', f'"putin" is an actor: content/actors/putin.md. {SOURCES}'),
        ('no source "about"', f'"about" is a page: content/pages/about.md. {SOURCES}'),
        (
            'no actor "post"',
            f'"post" is a publisher: content/publishers/river-post.yaml. {SPEAKS} `publisher: post`. {ACTORS}',
        ),
        (
            'no actor "gazette"',
            f'"gazette" is a publisher: sources name it. {SPEAKS} `publisher: gazette`. {ACTORS}',
        ),
        ('no actor "census"', f'"census" is a source: content/sources/census.yaml. {ACTORS}'),
        ('no actor "talks"', f'"talks" is a brief: content/briefs/talks.md. {ACTORS}'),
        ('no actor "about"', f'"about" is a page: content/pages/about.md. {ACTORS}'),
        ('no actor "us-plan"', f'"us-plan" is a theme: content/themes/us-plan.md. {ACTORS}'),
        ('no theme "Путин"', f'"Путин" is an actor: content/actors/putin.md. {THEMES}'),
    ]


def test_a_body_that_names_another_kind_gets_a_hint_how_to_link_it(project: Project) -> None:
    project.publisher("river-post", name="The River Post").source("census", publisher="Gazette").brief("talks")

    project.brief("b", *map(entity, ["The River Post", "census", "talks", "Gazette"]))

    assert [hint.partition(". ")[0] for *_, hint in project.problems()] == [
        '"The River Post" is a publisher: write [The River Post](../publishers/river-post.yaml)',
        '"census" is a source: write [@census]',
        '"talks" is a brief: write [talks](../briefs/talks.md)',
        '"Gazette" is a publisher: sources name it',
    ]


def test_a_former_id_is_reported_with_the_new_id(project: Project) -> None:
    project.actor("mark-rutte", name="Mark Rutte", former_ids=["dutch-premier"])
    project.source("census-2025", former_ids=["first-count"])

    project.brief("b", entity("Dutch-Premier"), cite("frist-count"), cite("census"), actors=["rutte", "dutch-premeir"])

    assert {(message, hint.partition("? ")[0]) for _, _, message, hint in project.problems()} == {
        ('the actor "Dutch-Premier" has another id now', 'write "mark-rutte"'),
        ('no actor "rutte"', 'did you mean "mark-rutte"'),
        ('no actor "dutch-premeir"', 'did you mean "mark-rutte"'),
        ('no source "frist-count"', 'did you mean "census-2025"'),
        ('no source "census"', 'did you mean "census-2025"'),
    }


def test_words_that_several_names_share_suggest_none_of_them(project: Project) -> None:
    project.actor("river-watch").actor("river-board").brief("b", actors=["river"])

    assert [hint for *_, hint in project.problems()] == [NO_ACTOR]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("محمد", "مُحَمَّد"),  # vowel signs
        ("محمد", "محـــمد"),  # stretched
        ("محمد", "\u200fمحمد\u200e"),  # direction marks
        ("محمد", "\u2067محمد\u2069"),  # isolates
        ("أحمد", "احمد"),  # hamza and its seats
        ("مؤتمر", "موتمر"),
        ("שלום", "שָׁלוֹם"),
        ("Zoë Ruiz", "Zoe\u0308 Ru\u00adiz"),
        ("Ada Miller", "\ufeffAda\u200b MILLER"),
    ],
)
def test_marks_that_may_be_left_out_of_a_name_make_no_other_name(project: Project, name: str, written: str) -> None:
    project.actor("known", name=name).brief("b", entity(written), actors=[written])
    project.actor("other", name=written + " II")

    site = project.site()

    assert site.briefs["b"].data.actors == ("known",)
    assert site.briefs["b"].body.references[0].target == "actors/known"
    assert site.briefs["b"].body.references[0].label == written


def test_a_letter_that_differs_makes_another_name() -> None:
    for one, other in (("Zoe", "Zoë"), ("كتاب", "كاتب"), ("हिन्दी", "हन्द"), ("آب", "اب"), ("A B", "AB")):
        assert fold(one) != fold(other)


def test_a_source_has_the_defaults_of_its_publisher_where_it_says_nothing() -> None:
    project = Project().publisher("post", name="The Post", defaults={"kind": "opinion", "language": "uk"})
    project.source("plain", publisher="the post").source("own", publisher="post", kind="report", language="fa")
    project.source("other", publisher="Another").source("without")
    project.brief("talks", source={"title": "x", "publisher": "post"})

    site, problems = resolve(Config(title="x"), project.documents)

    own = site.briefs["talks"].data.source
    assert own is not None
    found = {id: (record.data.kind, record.data.language) for id, record in site.sources.items()}
    assert found == {
        "plain": ("opinion", "uk"),
        "own": ("report", "fa"),
        "other": ("report", None),
        "without": ("report", None),
        "talks": ("opinion", "uk"),
    }
    assert (own.kind, own.language) == ("opinion", "uk")
    assert problems == ()
