"""The changes that an output folder needs."""

from hypothesis import given
from hypothesis import strategies as st

from briefgen.write.changes import IN_THE_WAY, find_changes, foreign_problems

names = st.sampled_from(["a", "b", "a/x", "a/y", "b/x/y", "c"])
states = st.dictionaries(names, st.sampled_from("123"))


def test_what_differs_is_written_and_what_is_equal_is_left_alone() -> None:
    found = find_changes({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "old"}, ours=["a", "b"])

    assert found.write == ("b", "c")
    assert found.unchanged == ("a",)
    assert found.remove == ()


def test_only_owned_files_are_removed() -> None:
    found = find_changes({}, {"ours": "1", "theirs": "2"}, ours=["ours", "gone"])

    assert found.remove == ("ours",)


def test_a_foreign_file_in_the_way_is_a_problem_and_stays() -> None:
    found = find_changes({"index.html": "1"}, {"index.html": "2"}, ours=[])

    assert found.foreign == ("index.html",)
    [problem] = foreign_problems(found, "site")
    assert problem.code == "foreign-file"
    assert problem.at.file == "site/index.html"


def test_a_foreign_file_where_a_folder_has_to_be_is_in_the_way_too() -> None:
    found = find_changes({"actors/putin/index.html": "1"}, {"actors": "2"}, ours=[])

    assert found.foreign == ("actors",)


def test_a_foreign_file_that_holds_the_wanted_bytes_is_taken_as_it_is() -> None:
    found = find_changes({"index.html": "1"}, {"index.html": "1"}, ours=[])

    assert (found.write, found.foreign) == ((), ())


@given(wanted=states, present=states, ours=st.sets(names))
def test_foreign_files_are_never_overwritten_or_removed(
    wanted: dict[str, str], present: dict[str, str], ours: set[str]
) -> None:
    found = find_changes(wanted, present, ours)

    assert set(found.remove) <= ours
    assert not set(found.remove) & wanted.keys()
    overwritten = {path for path in found.write if path in present}
    assert overwritten <= ours | set(found.foreign)
    assert set(found.write) | set(found.unchanged) == wanted.keys()


def test_anything_but_a_plain_file_in_the_place_of_an_owned_file_is_foreign() -> None:
    found = find_changes({"a": "1"}, {"a": IN_THE_WAY, "gone": IN_THE_WAY}, ours=["a", "gone"])

    assert found.foreign == ("a",)
    assert found.remove == ()
