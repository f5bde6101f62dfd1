"""The files of an index: changes of some entries give what a new index gives."""

import json
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from briefgen.search.files import Change, IndexBuilder, change_buckets
from briefgen.search.postings import GONE, PostingsBuilder, replace_entry
from briefgen.search.terms import NAME, TITLE, WORD, Places, index_body, index_entry, places_of
from briefgen.views.search import FoundClaim, SearchEntry, bucket_count, index_paths

PLACES: st.SearchStrategy[Places] = st.tuples(
    st.sampled_from([NAME, TITLE, WORD]), st.sets(st.integers(0, 90), max_size=3).map(sorted).map(tuple)
)
ENTRY = st.dictionaries(st.sampled_from(["dam", "dams", "river", "=kind:brief", "堤防"]), PLACES, max_size=4)


def made(entries: list[dict[str, Places]]) -> dict[str, bytes]:
    builder = IndexBuilder()
    for number, places in enumerate(entries):
        builder.add(json.dumps(number).encode(), places)
    return dict(builder.files())


def terms(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if path.startswith("search/terms/")}


@given(st.lists(ENTRY, min_size=1, max_size=40), st.data())
def test_changed_entries_give_the_files_that_all_entries_give(
    before: list[dict[str, Places]], data: st.DataObject
) -> None:
    changed = data.draw(st.dictionaries(st.integers(0, len(before) - 1), ENTRY, max_size=4))
    after = [changed.get(number, entry) for number, entry in enumerate(before)]
    files = made(before)

    new = change_buckets(
        len(before), [(number, before[number], entry) for number, entry in changed.items()], files.__getitem__
    )

    assert terms(files) | new == terms(made(after))


@given(st.lists(ENTRY, max_size=40), st.lists(ENTRY, min_size=1, max_size=3))
def test_new_entries_at_the_end_give_the_files_that_all_entries_give(
    before: list[dict[str, Places]], new: list[dict[str, Places]]
) -> None:
    files = made(before)
    changes: list[Change] = [(len(before) + number, {}, entry) for number, entry in enumerate(new)]

    changed = change_buckets(len(before) + len(new), changes, files.__getitem__)

    assert bucket_count(len(before)) == bucket_count(len(before) + len(new))
    assert terms(files) | changed == terms(made([*before, *new]))


def test_the_paths_of_an_index_depend_on_the_number_of_entries_alone() -> None:
    for count in (1, 16, 17, 400):
        assert set(made([{"dam": (WORD, ())}] * count)) == set(index_paths(count))


def test_places_are_written_as_gaps() -> None:
    builder = PostingsBuilder()
    for number, places in ((2, (NAME, ())), (3, (WORD, (0, 4))), (40, (WORD, ()))):
        builder.add(number, {"dam": places})

    assert {term: builder.text(term) for term in builder.terms()} == {"dam": "C..DlB.DAAE"}
    assert replace_entry("C..DlB.DAAE", 3, GONE) == "C..oB"
    assert replace_entry("C", 2, GONE) == ""


def test_an_entry_is_found_by_its_title_its_words_and_those_of_its_claims() -> None:
    claim = FoundClaim("a", "The dam will hold.", "Mayor Lund", "Bürgermeister", ("=kind:claim",))
    entry = SearchEntry("briefs/x/", "brief", "Talks", "2025-01-02", "On the dam", "Talks", "council", (), (claim,))

    found = places_of(index_entry(entry), index_body("<p>The river</p>"))

    assert found["talks"] == (TITLE, ())
    assert found["river"] == found["council"] == (WORD, ())
    assert found["dam"] == (WORD, (0,))
    assert found["burgermeister"] == (0, (0,))
