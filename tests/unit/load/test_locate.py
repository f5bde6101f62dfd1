"""Pointers → places."""

from hypothesis import given
from hypothesis import strategies as st

from briefgen.load.content import located
from briefgen.model.failure import Failure
from briefgen.model.problem import Place, Pointer, Problem

FILE = "content/briefs/x.md"


def at(pointer: Pointer | Place, data: bytes) -> Place | Pointer:
    return located(Problem("code", "message", pointer), lambda _: data).at


def test_lines_are_counted_from_the_top_of_the_file() -> None:
    data = "\ufeff---\r\ntitle: é\r\nclaims:\r\n- id: a\r\n  actor: é witkof\r\n---\r\nText".encode()

    assert at(Pointer(FILE, ("claims", 0, "actor")), data) == Place(FILE, 5, 10, 8)
    assert at(Pointer(FILE, ("claims", 0, "actor"), key=True), data) == Place(FILE, 5, 3, 5)
    assert at(Pointer("content/site.yaml", ("b",)), b"a: 1\nb: 2\n") == Place("content/site.yaml", 2, 4, 1)


def test_a_place_stays_as_it_is() -> None:
    def unread(_: str) -> bytes:
        raise AssertionError

    problem = Problem("code", "message", Place(FILE, 1, 2, 3))

    assert located(problem, unread) is problem


def test_a_problem_in_a_changed_or_missing_file_is_placed_at_the_whole_file() -> None:
    def gone(_: str) -> bytes:
        raise FileNotFoundError

    def refused(_: str) -> bytes:
        raise Failure("no")

    problem = Problem("code", "message", Pointer(FILE, ("title",)))

    assert located(problem, gone).at == Place(FILE)
    assert located(problem, refused).at == Place(FILE)
    assert at(Pointer(FILE, ("title",)), b"") == Place(FILE)
    assert at(Pointer(FILE, ("title",)), b"\0") == Place(FILE)
    assert at(Pointer(FILE, ("title",)), b"---\na: [\n---\n") == Place(FILE)


@given(
    st.binary() | st.text().map(lambda text: f"---\n{text}\n---\n".encode()),
    st.sampled_from([FILE, "content/site.yaml"]),
    st.lists(st.sampled_from(["a", "b", 0, 1, -1]), max_size=4),
)
def test_locating_never_fails_after_a_file_has_changed(data: bytes, file: str, keys: list[str | int]) -> None:
    place = at(Pointer(file, tuple(keys)), data)

    assert isinstance(place, Place)
    assert place.length >= 1
    assert (place.line > 0) == (place.column > 0)
