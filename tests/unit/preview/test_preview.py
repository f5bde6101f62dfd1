"""Responses to requests and messages to open pages when the project changes."""

import threading
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest

from briefgen.model.failure import Failure
from briefgen.preview.page_hub import Message, OpenPage, Reload, SetFingerprints, ShowProblems, SwapStyles
from briefgen.preview.preview import Preview
from support.preview import Small

ONE = "briefs/one/index.html"
STYLE = "assets/style.css"


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


@pytest.fixture
def preview(small: Small) -> Iterator[Preview]:
    preview = Preview(small.read, small.root, small.handle_event)
    preview.update().result(10)
    yield preview
    preview.stop()


class Tab:
    """A page that is open in a browser, and the messages for it."""

    def __init__(self, preview: Preview, small: Small, path: str = ONE, **known: Any) -> None:
        self.preview = preview
        self.messages: list[Message] = []
        snapshot = small.read()
        defaults = {
            "fingerprint": snapshot.fingerprint(path) if path in snapshot.paths else "",
            "base": snapshot.base_path,
            "styles": frozenset({STYLE}),
        }
        self.page = OpenPage(send=self.messages.append, path=path, **(defaults | known))
        preview.add_page(self.page)
        self.first = self.take_messages()

    def take_messages(self) -> list[Message]:
        """Return the messages since the last call."""
        self.preview._worker.submit(lambda: None).result(10)
        messages, self.messages[:] = list(self.messages), []
        return messages

    def take_reloads(self) -> list[Reload]:
        return [message for message in self.take_messages() if isinstance(message, Reload)]


def edit(preview: Preview, small: Small, **files: str) -> None:
    small.write({f"content/briefs/{name}.md": text for name, text in files.items()})
    preview.update().result(10)


def test_only_a_page_that_has_changed_gets_a_message(preview: Preview, small: Small) -> None:
    one, two = Tab(preview, small), Tab(preview, small, "briefs/two/index.html")
    home = Tab(preview, small, "index.html")
    edit(preview, small, one="One\nA new text.")

    assert one.take_messages() == [Reload()]
    assert two.take_messages() == []
    assert home.take_messages() == []


def test_a_changed_title_reloads_the_pages_that_show_it(preview: Preview, small: Small) -> None:
    home = Tab(preview, small, "index.html")
    edit(preview, small, one="A new title\nThe first.")

    assert home.take_messages() == [Reload()]


def test_a_reading_without_a_change_sends_no_message(preview: Preview, small: Small) -> None:
    one = Tab(preview, small)
    preview.update().result(10)

    assert one.take_messages() == []
    assert small.wait_for_rebuilds(2).changed == 0


def test_a_changed_stylesheet_is_swapped(preview: Preview, small: Small) -> None:
    one = Tab(preview, small)
    small.write({"themes/plain/style.css": "h1 { color: red }"})
    preview.update().result(10)

    [swap] = one.take_messages()
    assert swap == SwapStyles({STYLE: small.read().fingerprint(STYLE)})


def test_another_changed_file_reloads_the_pages_that_use_it(preview: Preview, small: Small) -> None:
    one = Tab(preview, small, files={"dot.svg": ""})
    small.write({"content/static/dot.svg": "<svg/>"})
    preview.update().result(10)

    assert one.take_messages() == [Reload(full=True)]


def test_a_request_for_a_file_that_was_just_removed_gets_one_sentence(preview: Preview, small: Small) -> None:
    small.write({"content/static/dot.svg": "<svg/>", "content/static/own.html": "<!doctype html>"})
    preview.update().result(10)
    for name in ("dot.svg", "own.html"):
        (small.root / "content/static" / name).unlink()

    file, page = (preview.respond(f"/{name}").result(10) for name in ("dot.svg", "own.html"))

    assert (file.status, page.status) == (404, 500)
    assert file.body.endswith(b"dot.svg: no such file or directory")
    assert b"This page cannot be" in page.body


def test_a_page_that_connects_again_gets_what_it_has_missed(preview: Preview, small: Small) -> None:
    before = Tab(preview, small)
    [known] = [message for message in before.first if isinstance(message, SetFingerprints)]
    preview.remove_page(before.page)
    small.write({"themes/plain/style.css": "h1 { color: red }"})
    preview.update().result(10)
    assert before.take_messages() == []

    again = Tab(preview, small, files=known.files)

    assert [type(message) for message in again.first] == [SwapStyles, ShowProblems, SetFingerprints]


def test_a_new_page_gets_what_has_changed_since_its_files_were_served(preview: Preview, small: Small) -> None:
    for path in ("/briefs/one/", f"/{STYLE}", "/dot.svg"):
        preview.respond(path).result(10)
    small.write({"themes/plain/style.css": "h1 { color: red }"})
    preview.update().result(10)
    assert [type(message) for message in Tab(preview, small).first] == [SwapStyles, ShowProblems, SetFingerprints]

    small.write({"content/static/dot.svg": "<svg/>"})
    preview.update().result(10)
    assert Tab(preview, small, files={"dot.svg": ""}).first == [Reload(full=True)]


def test_the_number_of_remembered_served_files_is_limited(preview: Preview) -> None:
    answers = [preview.respond(f"/nothing{number}") for number in range(11_000)]
    answers[-1].result(60)

    assert len(preview._site._served) <= 10_000


def test_a_restarted_server_with_the_same_content_reloads_no_page(preview: Preview, small: Small) -> None:
    before = Tab(preview, small)
    [known] = [message for message in before.first if isinstance(message, SetFingerprints)]
    other = Preview(small.read, small.root, small.handle_event)
    other.update().result(10)

    again = Tab(other, small, files=known.files)
    other.stop()

    assert [type(message) for message in again.first] == [ShowProblems, SetFingerprints]


def test_a_deleted_page_is_reloaded_and_not_found(preview: Preview, small: Small) -> None:
    one = Tab(preview, small)
    (small.root / "content/briefs/one.md").unlink()
    preview.update().result(10)

    assert one.take_messages() == [Reload()]
    answer = preview.respond("/briefs/one/").result(10)
    assert answer.status == 404
    assert b"There is no such page" in answer.body


def test_problems_are_shown_while_the_last_good_page_is_served(preview: Preview, small: Small) -> None:
    one = Tab(preview, small)
    edit(preview, small, one="One\nThis is !wrong here.")

    [show] = one.take_messages()
    assert isinstance(show, ShowProblems)
    [problem] = show.problems
    assert (problem["place"], problem["excerpt"]) == ("content/briefs/one.md:2:9", ("This is ", "!wrong", " here."))
    assert (show.errors, show.warnings) == (1, 0)
    assert b"The first." in preview.respond("/briefs/one/").result(10).body

    edit(preview, small, one="One\nMended.")
    assert one.take_reloads() == [Reload()]
    assert [len(status.problems) for status in small.statuses] == [1, 0]


def test_going_back_to_the_last_good_state_reloads_no_page(preview: Preview, small: Small) -> None:
    one = Tab(preview, small)
    edit(preview, small, one="One\n!wrong")
    one.take_messages()
    edit(preview, small, one="One\nThe first.")

    assert one.take_messages() == [ShowProblems((), 0, 0)]


def test_a_changed_line_with_the_same_problem_is_shown_without_an_event(preview: Preview, small: Small) -> None:
    one = Tab(preview, small)
    edit(preview, small, one="One\n!wrong and so")
    edit(preview, small, one="One\n!wrong and other")

    assert [type(message) for message in one.take_messages()] == [ShowProblems] * 2
    assert len(small.statuses) == 1


def test_a_page_whose_template_fails_stays_as_it_was(preview: Preview, small: Small) -> None:
    preview.respond("/briefs/one/").result(10)
    one = Tab(preview, small)
    edit(preview, small, one="One\n!fails")

    [show] = one.take_messages()
    assert isinstance(show, ShowProblems)
    assert show.problems[0]["code"] == "template-error"
    answer = preview.respond("/briefs/one/").result(10)
    assert (answer.status, b"The first." in answer.body) == (200, True)

    edit(preview, small, one="One\nMended.")
    assert one.take_reloads() == [Reload()]
    assert small.statuses[-1].problems == ()


def test_a_page_that_could_never_be_rendered_is_replaced_until_it_can(preview: Preview, small: Small) -> None:
    edit(preview, small, three="Three\n!fails")
    answer = preview.respond("/briefs/three/").result(10)
    assert answer.status == 500
    assert b'data-fingerprint="failing"' in answer.body
    assert [problem.code for problem in small.statuses[-1].problems] == ["template-error"]

    three = Tab(preview, small, "briefs/three/index.html", fingerprint="failing")
    assert [type(message) for message in three.first] == [ShowProblems, SetFingerprints]
    edit(preview, small, three="Three\nMended.")
    assert three.take_reloads() == [Reload()]


def test_a_preview_that_starts_with_errors_shows_them_until_they_are_fixed(small: Small) -> None:
    small.write({"content/briefs/one.md": "One\n!wrong"})
    preview = Preview(small.read, small.root, small.handle_event)
    preview.update().result(10)
    answer = preview.respond("/briefs/one/").result(10)
    assert answer.status == 503
    tab = Tab(preview, small, "", fingerprint="nothing", base="", styles=frozenset())
    assert [type(message) for message in tab.first] == [ShowProblems, SetFingerprints]

    edit(preview, small, one="One\nMended.")

    assert tab.take_reloads() == [Reload()]
    assert preview.respond("/briefs/one/").result(10).status == 200
    preview.stop()


def test_open_pages_move_to_a_new_base_path(preview: Preview, small: Small) -> None:
    one = Tab(preview, small)
    small.write({"content/base": "/repo/"})
    preview.update().result(10)

    assert one.take_messages() == [Reload("/repo/briefs/one/")]
    assert preview.respond("/").result(10).location == "/repo/"


@pytest.mark.parametrize("error", [KeyError("x"), RecursionError(), Failure("the disk is full", "Make room.")])
def test_an_exception_in_a_reading_is_shown_and_the_preview_continues(
    preview: Preview, small: Small, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Tab(preview, small)

    def fail(_: Collection[str] | None) -> None:
        raise error

    monkeypatch.setattr(preview, "_read", fail)
    preview.update({"a.md"}).result(10)
    [show] = one.take_messages()
    assert isinstance(show, ShowProblems)
    assert show.errors == 1
    failure = small.statuses[-1].failure
    assert failure is not None
    assert show.problems[0]["message"] == failure.message
    assert failure is error or failure.__cause__ is error
    assert preview.respond("/briefs/one/").result(10).status == 200

    monkeypatch.setattr(preview, "_read", small.read)
    preview.update({"b.md"}).result(10)
    assert one.take_messages() == [ShowProblems((), 0, 0)]
    assert small.read_paths[-1] is None  # because a.md has not been read yet
    assert small.statuses[-1].failure is None


def test_while_one_reading_runs_at_most_one_more_waits(small: Small) -> None:
    begun, go_on, readings = threading.Event(), threading.Event(), 0

    def read(paths: Collection[str] | None = None) -> Any:  # noqa: ARG001 (as in `Read`)
        nonlocal readings
        readings += 1
        begun.set()
        assert go_on.wait(10)
        return small.read()

    preview = Preview(read, small.root, small.handle_event)
    running = preview.update()
    assert begun.wait(10)
    waiting = {preview.update() for _ in range(1000)}
    go_on.set()
    for each in (running, *waiting):
        each.result(10)
    preview.stop()

    assert readings == 2


def test_a_reading_gets_all_paths_that_changed_since_the_last_one(small: Small, preview: Preview) -> None:
    small.read_paths.clear()
    blocked = threading.Event()
    preview._worker.submit(lambda: blocked.wait(10))
    waiting = {preview.update(paths) for paths in ({"a.md"}, {"a.md", "b.md"})}
    blocked.set()
    for each in waiting:
        each.result(10)
    preview.update({"c.md"}).result(10)
    assert small.read_paths == [{"a.md", "b.md"}, {"c.md"}]


def test_an_event_has_the_number_of_changed_pages(preview: Preview, small: Small) -> None:
    edit(preview, small, one="One\nA new text.")
    assert small.wait_for_rebuilds(2).changed == 1

    edit(preview, small, one="A new title\nA new text.", three="Three\nNew.")
    assert small.wait_for_rebuilds(3).changed == 3


def test_a_site_that_takes_too_long_is_not_counted(small: Small) -> None:
    ticks = iter(range(10_000))
    preview = Preview(small.read, small.root, small.handle_event, clock=lambda: float(next(ticks)))
    preview.update().result(10)
    edit(preview, small, one="One\nA new text.")
    assert small.wait_for_rebuilds(2).changed is None
    preview.stop()


def test_only_one_count_waits_for_the_worker_to_be_idle(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.preview.preview.PAUSE_S", 60.0)
    preview = Preview(small.read, small.root, small.handle_event)
    for number in range(10):
        edit(preview, small, one=f"One\nText {number}.")
    assert [rebuilt.changed for rebuilt in small.rebuilt] == [None] * 9
    assert preview._worker._idle_task is not None
    preview.stop()


def test_the_number_of_cached_pages_is_limited(small: Small, preview: Preview) -> None:
    edit(preview, small, **{f"n{number}": f"{number}\nText." for number in range(100)})
    for number in range(100):
        assert preview.respond(f"/briefs/n{number}/").result(10).status == 200

    assert len(preview._site._cache) <= 64
