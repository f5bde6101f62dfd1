"""What each open page is told when the project changes."""

import threading
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest

from briefgen.model.problem import Failure
from briefgen.preview.messages import Know, Message, Reload, Show, Swap
from briefgen.preview.state import Client, Preview
from support.preview import Small

ONE = "briefs/one/index.html"
STYLE = "assets/style.css"


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


@pytest.fixture
def preview(small: Small) -> Iterator[Preview]:
    preview = Preview(small.read, small.root, small.tell)
    preview.changed().result(10)
    yield preview
    preview.stop()


class Tab(Client):
    """A page that is open in a browser, and what it was told since the last look."""

    def __init__(self, preview: Preview, small: Small, page: str = ONE, **known: Any) -> None:
        self.heard: list[Message] = []
        self.preview = preview
        snapshot = small.read()
        defaults = {
            "fingerprint": snapshot.fingerprint(page) if page in snapshot.paths else "",
            "base": snapshot.base_path,
            "styles": frozenset({STYLE}),
        }
        super().__init__(self.heard.append, page=page, **(defaults | known))
        preview.join(self)
        self.first = self.news()

    def news(self) -> list[Message]:
        self.preview._worker.do(lambda: None).result(10)
        heard, self.heard[:] = list(self.heard), []
        return heard

    def of(self, kind: type[Message]) -> list[Message]:
        return [message for message in self.news() if isinstance(message, kind)]


def edit(preview: Preview, small: Small, **files: str) -> None:
    small.write({f"content/briefs/{name}.md": text for name, text in files.items()})
    preview.changed().result(10)


def test_only_the_page_that_has_changed_is_loaded_again(preview: Preview, small: Small) -> None:
    one, two = Tab(preview, small), Tab(preview, small, "briefs/two/index.html")
    home = Tab(preview, small, "index.html")
    edit(preview, small, one="One\nA new text.")

    assert one.news() == [Reload()]
    assert two.news() == []
    assert home.news() == []


def test_a_title_changes_the_pages_that_show_it(preview: Preview, small: Small) -> None:
    home = Tab(preview, small, "index.html")
    edit(preview, small, one="A new title\nThe first.")

    assert home.news() == [Reload()]


def test_reading_without_a_change_is_told_to_nobody(preview: Preview, small: Small) -> None:
    one = Tab(preview, small)
    preview.changed().result(10)

    assert one.news() == []
    assert small.counted(2).changed == 0


def test_a_stylesheet_is_swapped(preview: Preview, small: Small) -> None:
    one = Tab(preview, small)
    small.write({"themes/plain/style.css": "h1 { color: red }"})
    preview.changed().result(10)

    [swap] = one.news()
    assert swap == Swap({STYLE: small.read().fingerprint(STYLE)})


def test_another_file_that_the_page_uses_loads_it_again(preview: Preview, small: Small) -> None:
    one = Tab(preview, small, assets={"dot.svg": ""})
    small.write({"content/static/dot.svg": "<svg/>"})
    preview.changed().result(10)

    assert one.news() == [Reload(whole=True)]


def test_a_file_that_was_removed_a_moment_ago_is_told_in_a_sentence(preview: Preview, small: Small) -> None:
    small.write({"content/static/dot.svg": "<svg/>", "content/static/own.html": "<!doctype html>"})
    preview.changed().result(10)
    for name in ("dot.svg", "own.html"):
        (small.root / "content/static" / name).unlink()

    file, page = (preview.answer(f"/{name}").result(10) for name in ("dot.svg", "own.html"))

    assert (file.status, page.status) == (404, 500)
    assert file.body.endswith(b"dot.svg: no such file or directory")
    assert b"This page cannot be made" in page.body


def test_a_page_that_comes_back_after_a_sleep_is_told_what_it_missed(preview: Preview, small: Small) -> None:
    before = Tab(preview, small)
    [know] = [message for message in before.first if isinstance(message, Know)]
    preview.leave(before)
    small.write({"themes/plain/style.css": "h1 { color: red }"})
    preview.changed().result(10)
    assert before.news() == []

    again = Tab(preview, small, assets=know.assets)

    assert [type(message) for message in again.first] == [Swap, Show, Know]


def test_a_page_gets_what_has_changed_since_it_got_it(preview: Preview, small: Small) -> None:
    for path in ("/briefs/one/", f"/{STYLE}", "/dot.svg"):
        preview.answer(path).result(10)
    small.write({"themes/plain/style.css": "h1 { color: red }"})
    preview.changed().result(10)
    assert [type(message) for message in Tab(preview, small).first] == [Swap, Show, Know]

    small.write({"content/static/dot.svg": "<svg/>"})
    preview.changed().result(10)
    assert Tab(preview, small, assets={"dot.svg": ""}).first == [Reload(whole=True)]


def test_what_was_asked_for_is_not_remembered_without_end(preview: Preview) -> None:
    answers = [preview.answer(f"/nothing{number}") for number in range(11_000)]
    answers[-1].result(60)

    assert len(preview._given) <= 10_000


def test_a_restarted_server_with_the_same_content_reloads_nothing(preview: Preview, small: Small) -> None:
    before = Tab(preview, small)
    [know] = [message for message in before.first if isinstance(message, Know)]
    other = Preview(small.read, small.root, small.tell)
    other.changed().result(10)

    again = Tab(other, small, assets=know.assets)
    other.stop()

    assert [type(message) for message in again.first] == [Show, Know]


def test_a_page_that_is_gone_is_loaded_again_and_then_is_not_found(preview: Preview, small: Small) -> None:
    one = Tab(preview, small)
    (small.root / "content/briefs/one.md").unlink()
    preview.changed().result(10)

    assert one.news() == [Reload()]
    answer = preview.answer("/briefs/one/").result(10)
    assert answer.status == 404
    assert b"There is no such page" in answer.body


def test_problems_are_told_over_the_last_good_page_and_vanish(preview: Preview, small: Small) -> None:
    one = Tab(preview, small)
    edit(preview, small, one="One\nThis is !wrong here.")

    [show] = one.news()
    assert isinstance(show, Show)
    [problem] = show.problems
    assert (problem["place"], problem["excerpt"]) == ("content/briefs/one.md:2:9", ("This is ", "!wrong", " here."))
    assert (show.errors, show.warnings) == (1, 0)
    assert b"The first." in preview.answer("/briefs/one/").result(10).body

    edit(preview, small, one="One\nMended.")
    assert one.of(Reload) == [Reload()]
    assert [len(status.problems) for status in small.told] == [1, 0]


def test_going_back_to_what_was_only_closes_the_overlay(preview: Preview, small: Small) -> None:
    one = Tab(preview, small)
    edit(preview, small, one="One\n!wrong")
    one.news()
    edit(preview, small, one="One\nThe first.")

    assert one.news() == [Show((), 0, 0)]


def test_the_same_problem_on_another_line_is_shown_but_not_told_twice(preview: Preview, small: Small) -> None:
    one = Tab(preview, small)
    edit(preview, small, one="One\n!wrong and so")
    edit(preview, small, one="One\n!wrong and other")

    assert len(one.of(Show)) == 2
    assert len(small.told) == 1


def test_a_page_whose_template_fails_stays_as_it_was(preview: Preview, small: Small) -> None:
    preview.answer("/briefs/one/").result(10)
    one = Tab(preview, small)
    edit(preview, small, one="One\n!fails")

    [show] = one.news()
    assert isinstance(show, Show)
    assert show.problems[0]["code"] == "template-error"
    answer = preview.answer("/briefs/one/").result(10)
    assert (answer.status, b"The first." in answer.body) == (200, True)

    edit(preview, small, one="One\nMended.")
    assert one.of(Reload) == [Reload()]
    assert small.told[-1].problems == ()


def test_a_page_that_never_could_be_made_says_so_and_comes_when_it_can(preview: Preview, small: Small) -> None:
    edit(preview, small, three="Three\n!fails")
    answer = preview.answer("/briefs/three/").result(10)
    assert answer.status == 500
    assert b'data-print="failing"' in answer.body
    assert [problem.code for problem in small.told[-1].problems] == ["template-error"]

    three = Tab(preview, small, "briefs/three/index.html", fingerprint="failing")
    assert [type(message) for message in three.first] == [Show, Know]
    edit(preview, small, three="Three\nMended.")
    assert three.of(Reload) == [Reload()]


def test_a_start_with_errors_shows_them_until_they_are_mended(small: Small) -> None:
    small.write({"content/briefs/one.md": "One\n!wrong"})
    preview = Preview(small.read, small.root, small.tell)
    preview.changed().result(10)
    answer = preview.answer("/briefs/one/").result(10)
    assert answer.status == 503
    tab = Tab(preview, small, "", fingerprint="nothing", base="", styles=frozenset())
    assert [type(message) for message in tab.first] == [Show, Know]

    edit(preview, small, one="One\nMended.")

    assert tab.of(Reload) == [Reload()]
    assert preview.answer("/briefs/one/").result(10).status == 200
    preview.stop()


def test_a_new_base_path_moves_the_open_pages(preview: Preview, small: Small) -> None:
    one = Tab(preview, small)
    small.write({"content/base": "/repo/"})
    preview.changed().result(10)

    assert one.news() == [Reload("/repo/briefs/one/")]
    assert preview.answer("/").result(10).location == "/repo/"


@pytest.mark.parametrize("error", [KeyError("x"), RecursionError(), Failure("the disk is full", "Make room.")])
def test_whatever_goes_wrong_while_reading_is_shown_and_ends_nothing(
    preview: Preview, small: Small, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Tab(preview, small)

    def fail(_: Collection[str] | None) -> None:
        raise error

    monkeypatch.setattr(preview, "_read", fail)
    preview.changed({"a.md"}).result(10)
    [show] = one.news()
    assert isinstance(show, Show)
    assert show.errors == 1
    trouble = small.told[-1].trouble
    assert trouble is not None
    assert show.problems[0]["message"] == trouble.message
    assert trouble is error or trouble.__cause__ is error
    assert preview.answer("/briefs/one/").result(10).status == 200

    monkeypatch.setattr(preview, "_read", small.read)
    preview.changed({"b.md"}).result(10)
    assert one.news() == [Show((), 0, 0)]
    assert small.asked[-1] is None  # since nobody has read a.md
    assert small.told[-1].trouble is None


def test_while_one_reading_runs_another_waits_and_no_third(small: Small) -> None:
    begun, go_on, readings = threading.Event(), threading.Event(), 0

    def read(paths: Collection[str] | None = None) -> Any:  # noqa: ARG001 (as a `Read`)
        nonlocal readings
        readings += 1
        begun.set()
        assert go_on.wait(10)
        return small.read()

    preview = Preview(read, small.root, small.tell)
    running = preview.changed()
    assert begun.wait(10)
    waiting = {preview.changed() for _ in range(1000)}
    go_on.set()
    for each in (running, *waiting):
        each.result(10)
    preview.stop()

    assert readings == 2


def test_a_reading_is_told_of_all_that_changed_since_the_last_good_one(small: Small, preview: Preview) -> None:
    small.asked.clear()
    blocked = threading.Event()
    preview._worker.do(lambda: blocked.wait(10))
    waiting = {preview.changed(paths) for paths in ({"a.md"}, {"a.md", "b.md"})}
    blocked.set()
    for each in waiting:
        each.result(10)
    preview.changed({"c.md"}).result(10)
    assert small.asked == [{"a.md", "b.md"}, {"c.md"}]


def test_changed_pages_are_counted(preview: Preview, small: Small) -> None:
    edit(preview, small, one="One\nA new text.")
    assert small.counted(2).changed == 1

    edit(preview, small, one="A new title\nA new text.", three="Three\nNew.")
    assert small.counted(3).changed == 3


def test_counting_gives_up_on_a_site_that_takes_too_long(small: Small) -> None:
    ticks = iter(range(10_000))
    preview = Preview(small.read, small.root, small.tell, clock=lambda: float(next(ticks)))
    preview.changed().result(10)
    edit(preview, small, one="One\nA new text.")
    assert small.counted(2).changed is None
    preview.stop()


def test_where_there_is_never_a_moment_to_count_no_states_pile_up(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.preview.worker.PAUSE_S", 60.0)
    preview = Preview(small.read, small.root, small.tell)
    for number in range(10):
        edit(preview, small, one=f"One\nText {number}.")
    assert [rebuilt.changed for rebuilt in small.rebuilt] == [None] * 9
    assert len(preview._worker._idle) == 1
    preview.stop()


def test_pages_that_were_looked_at_are_not_all_kept(small: Small, preview: Preview) -> None:
    edit(preview, small, **{f"n{number}": f"{number}\nText." for number in range(100)})
    for number in range(100):
        assert preview.answer(f"/briefs/n{number}/").result(10).status == 200

    assert len(preview._kept) <= 64
