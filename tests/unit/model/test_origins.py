from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.origins import circles, independent_origins, origins, shared_traces
from briefgen.model.site import SourceRecord
from support.sites import a_site

IDS = [f"s-{number}" for number in range(6)]


def records(**sources: dict[str, Any]) -> dict[str, SourceRecord]:
    return a_site(sources=sources).sources


def independent(*source_ids: str, **sources: dict[str, Any]) -> int:
    return independent_origins(records(**sources), source_ids)


def test_sources_that_share_no_known_origin_are_independent() -> None:
    assert independent("a", "b", "c", a={}, b={}, c={}) == 3


def test_a_source_named_twice_is_one() -> None:
    assert independent("a", "a", a={}) == 1


def test_an_unknown_source_counts_for_nothing() -> None:
    assert independent("a", "elsewhere", a={}) == 1
    assert independent() == 0


def test_a_source_counts_as_what_it_goes_back_to() -> None:
    assert independent("rewrite", "report", rewrite={"cites": ["blog"]}, blog={"cites": ["report"]}, report={}) == 1
    assert independent("rewrite", "other", rewrite={"cites": ["report"]}, other={}, report={}) == 2


def test_two_rewrites_of_one_report_are_one_origin() -> None:
    assert independent("one", "two", one={"cites": ["report"]}, two={"cites": ["report"]}, report={}) == 1


def test_a_source_that_cites_several_is_still_one_witness() -> None:
    assert independent("digest", digest={"cites": ["a", "b"]}, a={}, b={}) == 1
    assert independent("digest", "b", digest={"cites": ["a", "b"]}, a={}, b={}) == 1
    assert independent("digest", "c", digest={"cites": ["a", "b"]}, a={}, b={}, c={}) == 2


def test_one_publisher_is_one_origin() -> None:
    assert independent("a", "b", a={"publisher": "TASS"}, b={"publisher": "TASS"}) == 1
    assert independent("a", "b", a={"publisher": "TASS"}, b={"publisher": "Gazette"}) == 2


def test_one_agency_in_two_papers_is_one_origin() -> None:
    gazette, herald = {"publisher": "Gazette", "credit": "Reuters"}, {"publisher": "Herald", "credit": "reuters"}

    assert independent("a", "b", a=gazette, b=herald) == 1


def test_an_agency_and_a_paper_that_prints_it_are_one_origin() -> None:
    assert independent("a", "b", a={"publisher": "dpa-AFX"}, b={"publisher": "Herald", "credit": "dpa-AFX"}) == 1


def test_an_agency_is_behind_a_text_of_it_that_cites_something() -> None:
    carried: dict[str, Any] = {"cites": ["report"], "credit": "dpa"}

    assert independent("a", "b", a=carried, b={"publisher": "Herald", "credit": "dpa"}, report={}) == 1
    assert independent("a", "b", a=carried, b={"cites": ["law"], "credit": "dpa"}, report={}, law={}) == 1
    assert independent("c", "b", a=carried, b={"credit": "dpa"}, c={"cites": ["a"]}, report={}) == 1
    assert independent("a", "b", a=carried, b={"cites": ["law"], "credit": "AFP"}, report={}, law={}) == 2


def test_an_agency_that_one_of_a_circle_carries_is_behind_the_circle() -> None:
    circle: dict[str, Any] = {"a": {"cites": ["b"]}, "b": {"cites": ["a"], "credit": "dpa"}}

    assert independent("a", "c", c={"credit": "dpa"}, **circle) == 1


def test_a_third_source_that_clashes_with_both_takes_nothing_away() -> None:
    own, printed = {"publisher": "Gazette"}, {"publisher": "Gazette", "credit": "AP"}
    elsewhere = {"publisher": "Herald", "credit": "AP"}

    assert independent("a", "c", a=own, c=elsewhere) == 2
    assert independent("b", "a", "c", a=own, b=printed, c=elsewhere) == 2


def test_a_circle_is_one_origin() -> None:
    circle = {"a": {"cites": ["b"]}, "b": {"cites": ["c"]}, "c": {"cites": ["a"]}}

    assert origins(records(**circle), "abc") == dict.fromkeys("abc", frozenset({"a"}))
    assert independent("a", "b", "c", **circle) == 1


def test_a_circle_with_a_way_out_goes_back_to_where_it_leads() -> None:
    sources = records(a={"cites": ["b"]}, b={"cites": ["a", "report"]}, report={})

    assert origins(sources, "a")["a"] == {"report"}


def test_shared_traces_name_what_two_sources_share() -> None:
    sources = records(a={"publisher": "TASS"}, b={"publisher": "Tass", "cites": []}, c={"cites": ["d"]}, d={})

    assert shared_traces(sources, "a", "b") == ("tass",)
    assert shared_traces(sources, "c", "d") == ("d",)
    assert shared_traces(sources, "a", "c") == ()


@given(st.dictionaries(st.sampled_from(IDS), st.lists(st.sampled_from(IDS)), min_size=1))
def test_origins_are_the_ends_of_all_ways(cites: dict[str, list[str]]) -> None:
    sources = records(**{source_id: {"cites": cited} for source_id, cited in cites.items()})

    def reached(source_id: str) -> set[str]:
        found = [source_id]
        for one in found:
            found.extend(cited for cited in sources[one].data.cites if cited not in found)
        return set(found)

    # A source at the end of a way is one from which every way leads back.
    ends = {
        one: {min(reached(end)) for end in reached(one) if all(end in reached(x) for x in reached(end))}
        for one in sources
    }

    assert origins(sources, sources) == ends


@given(st.dictionaries(st.sampled_from(IDS), st.lists(st.sampled_from(IDS)), min_size=1))
def test_a_circle_lists_each_of_its_members_once(cites: dict[str, list[str]]) -> None:
    sources = records(**{source_id: {"cites": cited} for source_id, cited in cites.items()})

    for circle in circles(sources):
        assert len(set(circle)) == len(circle)
        assert circle[0] == min(circle)
        for one, following in zip(circle, (*circle[1:], circle[0]), strict=True):
            assert following in sources[one].data.cites


PUBLISHERS = st.sampled_from(["unknown", "Gazette", "Herald"])
CREDITS = st.sampled_from([None, "AP", "Reuters", "Herald"])


@given(st.lists(st.tuples(PUBLISHERS, CREDITS, st.lists(st.sampled_from(IDS), max_size=2)), min_size=2, max_size=6))
def test_two_are_independent_exactly_if_some_two_share_nothing(
    written: list[tuple[str, str | None, list[str]]],
) -> None:
    sources = records(
        **{
            f"s-{number}": {"publisher": publisher, "credit": credit, "cites": cited}
            for number, (publisher, credit, cited) in enumerate(written)
        }
    )
    ids = list(sources)

    some_two = any(not shared_traces(sources, one, other) for one in ids for other in ids if one != other)

    assert (independent_origins(sources, ids) >= 2) == some_two


def test_a_chain_longer_than_the_stack_is_followed_to_its_end() -> None:
    chain = {f"s{number:05}": {"cites": [f"s{number + 1:05}"]} for number in range(20_000)}
    sources = records(**chain)

    assert origins(sources, sources)["s00000"] == {"s20000"}
    assert independent_origins(sources, ("s00000", "s10000")) == 1
