from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from briefgen.check import CHECKS, run
from briefgen.model.codes import CODES
from briefgen.model.problem import Pointer
from briefgen.model.site import Document, Site
from briefgen.model.texts import Reference
from support.sites import a_site, cite, mention

DAY = date(2025, 12, 31)
T = TypeVar("T")
IDS = st.sampled_from(["putin", "talks", "herald", "meeting", "offer", "speaker"])
REFS = st.builds("{}#claim-{}".format, IDS, st.integers(1, 3))
DAYS = st.dates().map(str)
DATES = st.one_of(
    st.just("unknown"),
    st.builds("{}{}".format, DAYS, st.sampled_from(["", "?", "~", "%"])),
    DAYS.map(lambda day: day[:7]),
    st.sampled_from(["2024", "2025", "2025?", "0001", "9999"]),
)
WORDS = st.sampled_from(
    ["likely", "Low confidence", ". ", "? ", "U.S. ", "\n\n", " ", "in", "(", "”", "Mr. ", "x" * 301]
)
TEXTS = st.one_of(st.lists(WORDS, min_size=1).map("".join), st.text(min_size=1))


def entries(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Mappings with some of these keys."""
    return st.fixed_dictionaries({}, optional=values)


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, max_size=3)


REFERENCES = st.one_of(
    IDS.map(cite),
    st.builds("{}/{}".format, st.sampled_from(["actors", "themes"]), IDS).map(mention),
    st.text().map(lambda target: Reference(kind="link", target=target)),
)
FLAGS = st.fixed_dictionaries({"kind": st.just("outdated"), "note": TEXTS, "evidence": some(IDS)})
SOURCES = entries(
    published=DATES, publisher=st.sampled_from(["A", "B"]), credit=TEXTS, cites=some(IDS), flags=some(FLAGS)
)
FINDINGS = st.fixed_dictionaries(
    {"verdict": st.just("mixed"), "note": TEXTS}, optional={"date": DATES, "evidence": some(IDS)}
)
CLAIMS = entries(
    **{"for": IDS},
    actor=IDS,
    role=TEXTS,
    theme=IDS,
    date=DATES,
    quote=TEXTS,
    note=TEXTS,
    credibility=st.just(1),
    confirmed_by=some(IDS),
    contradicts=some(REFS),
    supersedes=some(REFS),
    corroborates=some(REFS),
    undercuts=some(REFS),
    kind=st.just("fact"),
    finding=FINDINGS,
)
BRIEFS = entries(
    date=DAYS,
    lede=TEXTS,
    as_of=DAYS,
    expires=DAYS,
    status=st.sampled_from(["draft", "retracted"]),
    key_points=some(TEXTS),
    source=SOURCES,
    actors=some(IDS),
    themes=some(IDS),
    claims=some(CLAIMS),
    assessments=some(st.fixed_dictionaries({"says": TEXTS, "basis": TEXTS})),
    corrections=some(st.fixed_dictionaries({"date": DAYS, "was": TEXTS, "now": TEXTS, "why": TEXTS})),
    retraction=st.fixed_dictionaries({"date": DAYS, "why": TEXTS}),
    body=some(REFERENCES),
)
ROLES = st.fixed_dictionaries({"title": TEXTS}, optional={"of": IDS, "from": DATES, "until": DATES})
DISPUTES = st.fixed_dictionaries({"claims": some(REFS), "kind": st.sampled_from(["fact", "internal"])})
SITES = st.builds(
    a_site,
    briefs=st.dictionaries(IDS, BRIEFS, max_size=4),
    actors=st.dictionaries(IDS, entries(roles=some(ROLES), body=some(REFERENCES)), max_size=3),
    themes=st.dictionaries(IDS, entries(disputes=some(DISPUTES), body=some(REFERENCES)), max_size=3),
    sources=st.dictionaries(IDS, SOURCES, max_size=3),
    pages=st.dictionaries(IDS, entries(body=some(REFERENCES)), max_size=1),
)


@given(SITES)
def test_every_problem_of_any_site_has_a_code_and_a_place_in_a_file(site: Site) -> None:
    files = files_of(site)
    for problem in run(site, DAY):
        assert problem.code in CODES
        assert problem.message
        assert problem.hint
        assert isinstance(problem.at, Pointer)
        value = files[problem.at.file]
        for key in problem.at.keys:
            value = value[key]  # it is there


def files_of(site: Site) -> dict[str, Any]:
    """What stands in the files, by the keys of the YAML."""
    documents: list[Document[Any]] = [*site.briefs.values(), *site.actors.values(), *site.themes.values()]
    files = {entry.file: msgspec.to_builtins(entry.data) for entry in documents}
    own = {source.file: msgspec.to_builtins(source.data) for source in site.sources.values() if source.brief is None}
    return files | own


@given(SITES, st.sets(IDS))
def test_references_that_lead_nowhere_disturb_no_check(site: Site, gone: set[str]) -> None:
    def rest(entries: Mapping[str, T]) -> dict[str, T]:
        return {entry_id: entry for entry_id, entry in entries.items() if entry_id not in gone}

    holed = msgspec.structs.replace(
        site,
        briefs=rest(site.briefs),
        actors=rest(site.actors),
        themes=rest(site.themes),
        sources=rest(site.sources),
    )

    assert {problem.code for problem in run(holed, DAY, complete=False)} <= CODES.keys()


def test_nothing_is_unused_for_sure_while_some_of_the_site_is_missing() -> None:
    site = a_site(themes={"talks": {}})

    assert [problem.code for problem in run(site, DAY)] == ["unused-theme"]
    assert run(site, DAY, complete=False) == []


@given(SITES)
def test_a_site_is_checked_alike_each_time(site: Site) -> None:
    assert run(site, DAY) == run(site, DAY)


def test_every_check_has_a_name_of_its_own() -> None:
    assert len({check.__name__ for check in CHECKS}) == len(CHECKS)


def test_a_site_in_order_has_no_problems() -> None:
    site = a_site(
        briefs={
            "meeting": {
                "as_of": "2025-12-03",
                "themes": ["talks"],
                "source": {
                    "published": "2025-12?",
                    "flags": [{"kind": "outdated", "note": "Old.", "evidence": ["un"]}],
                },
                "claims": [
                    {
                        "actor": "peskov",
                        "role": "Spokesman",
                        "credibility": 1,
                        "confirmed_by": ["un"],
                        "contradicts": ["no"],
                    },
                    {
                        "id": "no",
                        "date": "2025-12-02",
                        "kind": "forecast",
                        "finding": {"verdict": "open", "note": "Wait."},
                    },
                ],
            }
        },
        actors={"peskov": {"roles": [{"title": "Spokesman", "from": "2012"}]}},
        themes={"talks": {"disputes": [{"kind": "internal", "claims": ["meeting#claim-1", "meeting#no"]}]}},
    )

    assert run(site, DAY) == []
