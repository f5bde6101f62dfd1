"""Law 1: after any edits a build equals a clean one, byte for byte, and writes nothing that did not change."""

import os
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from briefgen.model.links import LINK_STATES
from briefgen.pipeline import Report, SnapshotBuilder, record_quotations
from briefgen.pipeline.quote_record import RECORD_FILE
from briefgen.render import site_theme
from briefgen.write import manifest
from support.project import DAY, Project
from support.strategies import (
    ACTORS,
    ADDRESS,
    BRIEFS,
    SOURCES,
    THEMES,
    Written,
    bodies,
    contents,
    days,
    plain,
    written_briefs,
)

CONFIG = "content/site.yaml"
SHIPPED = site_theme.shipped() / "briefing"
TEMPLATES = sorted(path.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob("*.html"))
# Files where another name needs a folder, pages where a static file may want to be.
STATICS = ("a", "a/b", "a/b/c", "b/c", "briefs/meeting", "actors/mayor/index.html", ".well-known/key")


MORE_WORDS = st.sampled_from(["More *words*.", "More `code`.", "<b>", "- more", "## More", "More[^1].\n\n[^1]: Note."])


class Seen(NamedTuple):
    """A file with all that would show that it was written."""

    data: bytes
    modified: int
    inode: int


def deceive(path: Path, data: bytes) -> None:
    """Write a file in place so that the time of its last change does not tell."""
    status = path.stat()
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def quotes_in(file: Written) -> list[str]:
    """The quotes of the claims in a file."""
    return [claim["quote"] for claim in file.values.get("claims", ()) if "quote" in claim]


def _files(folder: str) -> st.SearchStrategy[str]:
    names = {"briefs": BRIEFS, "actors": ACTORS, "themes": THEMES}[folder]
    return st.sampled_from(names).map(lambda name: f"content/{folder}/{name}.md")


class Desk(RuleBasedStateMachine):
    """People who edit a project, and build it now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.folders = ExitStack()
        self.project = Project(Path(self.folders.enter_context(TemporaryDirectory())))
        self.content: dict[str, Written] = {}
        self.others: dict[str, bytes] = {}
        self.options: dict[str, Any] = {"day": DAY}
        self.good: tuple[dict[str, Written], dict[str, bytes]] = {}, {}
        self.strangers: dict[str, bytes] = {}
        self.on_disk: dict[str, bytes] = {}
        self.in_secret: set[str] = set()
        self.edits_to_come = 0

    def teardown(self) -> None:
        self.folders.close()

    @initialize(content=contents())
    def begin(self, content: dict[str, Written]) -> None:
        self.content = content

    # Edits of content

    @rule(path=_files("briefs"), brief=written_briefs())
    def write_a_brief_anew(self, path: str, brief: Written) -> None:
        self.content[path] = brief

    @rule(data=st.data(), body=bodies)
    def edit_a_body(self, data: st.DataObject, body: str) -> None:
        path = data.draw(st.sampled_from([path for path in self.content if path.endswith(".md")]))
        self.content[path] = replace(self.content[path], body=body)

    @rule(data=st.data(), words=MORE_WORDS)
    def add_words_to_a_text(self, data: st.DataObject, words: str) -> None:
        path = data.draw(st.sampled_from([path for path in self.content if path.endswith(".md")]))
        old = self.content[path]
        self.content[path] = replace(old, body=f"{old.body}\n\n{words}\n")

    @rule(
        path=_files("briefs") | _files("actors"), old=st.lists(st.sampled_from(["old", *BRIEFS, *ACTORS]), max_size=2)
    )
    def remember_former_ids(self, path: str, old: list[str]) -> None:
        self.set(path, former_ids=old)

    @rule(path=_files("briefs"), title=plain)
    def edit_a_title(self, path: str, title: str) -> None:
        self.set(path, title=title)

    @rule(path=_files("actors") | _files("themes"), name=plain, aliases=st.lists(plain, max_size=2))
    def rename_an_actor_or_a_theme(self, path: str, name: str, aliases: list[str]) -> None:
        self.set(path, name=name, aliases=aliases)

    @rule(path=_files("briefs"), actors=st.lists(st.sampled_from(ACTORS), unique=True), theme=st.sampled_from(THEMES))
    def tag_a_brief_anew(self, path: str, actors: list[str], theme: str) -> None:
        self.set(path, actors=actors, themes=[theme])

    @rule(path=_files("briefs"), day=days, expires=days)
    def move_a_brief_in_time(self, path: str, day: str, expires: str) -> None:
        self.set(path, date=min(day, expires), expires=max(day, expires))

    @rule(path=_files("briefs"), status=st.sampled_from(["draft", "published", "needs-second-source", "retracted"]))
    def give_a_brief_another_status(self, path: str, status: str) -> None:
        notice = {"retraction": {"date": "2029-12-31", "why": "It was wrong."}} if status == "retracted" else {}
        self.set(path, status=status, **notice)

    @rule(old=_files("briefs"), new=_files("briefs"))
    def give_a_brief_another_id(self, old: str, new: str) -> None:
        if old in self.content:
            self.content[new] = self.content.pop(old)

    @rule(path=_files("briefs"), id=st.sampled_from(["rector", "a-b"]), alias=plain)
    def bring_in_an_actor_under_an_alias(self, path: str, id: str, alias: str) -> None:
        self.content[f"content/actors/{id}.md"] = Written({"name": id, "kind": "person", "aliases": [alias]})
        self.set(path, actors=[alias])

    @rule(data=st.data())
    def delete_a_file(self, data: st.DataObject) -> None:
        self.content.pop(data.draw(st.sampled_from(sorted(self.content.keys() - {CONFIG}))))

    @rule(id=st.sampled_from(["about", "index", "method"]), title=plain, body=bodies)
    def write_a_page(self, id: str, title: str, body: str) -> None:
        self.content[f"content/pages/{id}.md"] = Written({"title": title}, body)

    @rule(state=st.sampled_from(sorted(LINK_STATES)), day=days, archive=st.booleans())
    def record_how_an_address_answers(self, state: str, day: str, *, archive: bool) -> None:
        link = {"address": ADDRESS, "state": state, "answered": day, "since": day}
        copy = {"archive": "https://archive.example/a"} if archive else {}
        self.content["content/links.yaml"] = Written({"links": [link | copy]})

    # Copies of sources, and the record of what was found in them

    @rule(data=st.data(), id=st.sampled_from([*BRIEFS, *SOURCES]), extent=st.sampled_from(["", "whole", "part"]))
    def write_a_copy(self, data: st.DataObject, id: str, extent: str) -> None:
        quotes = sorted({quote for file in self.content.values() for quote in quotes_in(file)})
        lines = data.draw(st.lists(st.sampled_from([*quotes, "so", "A line."]), max_size=8))
        text = "\n".join(lines).encode()
        self.others[f"content/copies/{id}/text.txt"] = text
        self.others.pop(f"content/copies/{id}/capture.yaml", None)
        if extent:
            capture = f"extent: {extent}\ntext_sha256: '{sha256(text).hexdigest()}'\n"
            self.others[f"content/copies/{id}/capture.yaml"] = capture.encode()

    @precondition(lambda self: self.content)
    @rule(day=days, has_published=st.booleans())
    def record_checks(self, day: str, *, has_published: bool) -> None:
        self.save()
        record_quotations(self.project.options(day=date.fromisoformat(day)))
        record = self.project.root / RECORD_FILE
        if record.exists():
            if not has_published:  # else most edits from now on are refused
                self.project.forget_published()
            self.others[RECORD_FILE] = self.on_disk[RECORD_FILE] = record.read_bytes()

    @precondition(lambda self: RECORD_FILE in self.others)
    @rule(old=st.sampled_from([b"found", b"ambiguous", b"exact"]), new=st.sampled_from([b"absent", b"found"]))
    def edit_the_record(self, old: bytes, new: bytes) -> None:
        self.others[RECORD_FILE] = self.others[RECORD_FILE].replace(old, new)

    # Edits of everything else

    @rule(
        changes=st.fixed_dictionaries(
            {},
            optional={
                "title": plain,
                "description": plain,
                "page_size": st.integers(1, 4),
                "base_url": st.sampled_from(["https://example.org", "https://example.org/deep/er/"]),
                "language": st.sampled_from(["en", "de", "uk"]),
                "publisher": plain,
                "markdown": st.booleans(),
            },
        )
    )
    def edit_the_configuration(self, changes: dict[str, Any]) -> None:
        self.set(CONFIG, **changes)

    @rule(name=st.sampled_from(["briefing", "own"]))
    def choose_a_site_theme(self, name: str) -> None:
        self.others.setdefault("themes/own/theme.yaml", b"{theme_api: 1, extends: briefing}")
        self.set(CONFIG, site_theme=name)

    @rule(
        name=st.sampled_from(["briefing", "own"]), template=st.sampled_from(TEMPLATES), addition=st.sampled_from("xy")
    )
    def override_a_template(self, name: str, template: str, addition: str) -> None:
        self.others[f"themes/{name}/theme.yaml"] = b"{theme_api: 1, extends: briefing}"
        text = (SHIPPED / template).read_text()
        # Where a child of another template may not show text, it may stand inside its blocks.
        self.others[f"themes/{name}/{template}"] = text.replace("%}\n", f"%}}\n{addition}\n").encode()

    @rule(text=st.sampled_from([b"p {color: red}", b"p {color: tan}"]), name=st.sampled_from(["style.css", "own.css"]))
    def edit_a_stylesheet(self, text: bytes, name: str) -> None:
        self.others["themes/briefing/theme.yaml"] = b"{theme_api: 1, extends: briefing}"
        self.others[f"themes/briefing/assets/{name}"] = text

    @rule(name=st.sampled_from(STATICS), data=st.binary(max_size=3))
    def put_a_static_file_and_take_away_what_is_in_its_way(self, name: str, data: bytes) -> None:
        path = f"content/static/{name}"
        self.others = {
            other: kept
            for other, kept in self.others.items()
            if not other.startswith(f"{path}/") and not path.startswith(f"{other}/")
        }
        self.others[path] = data

    @rule()
    def turn_a_file_into_a_folder_or_back(self) -> None:
        deeper = self.others.pop("content/static/a/b/c", None)
        for path in ("content/static/a", "content/static/a/b"):
            self.others.pop(path, None)
        self.others["content/static/a/b/c" if deeper is None else "content/static/a"] = b"x"

    @precondition(lambda self: self.others)
    @rule(data=st.data())
    def delete_a_static_file_or_one_of_a_site_theme(self, data: st.DataObject) -> None:
        self.others.pop(data.draw(st.sampled_from(sorted(self.others))))

    @rule(day=st.dates(date(2019, 12, 31), date(2030, 1, 1)), drafts=st.booleans(), future=st.booleans())
    def build_on_another_day(self, day: date, *, drafts: bool, future: bool) -> None:
        self.options = {"day": day, "drafts": drafts, "future": future, "expired": drafts}

    # What no build would expect

    @rule(data=st.data())
    def turn_a_text_around_and_restore_the_time(self, data: st.DataObject) -> None:
        named = [path for path, file in self.content.items() if {"title", "name"} & file.values.keys()]
        read = ("content/static/", "content/copies/")
        copied = [path for path in self.others if path.startswith(read) or path.endswith(".css")]
        path = data.draw(st.sampled_from(sorted(named + copied)))
        if path in self.others:
            self.others[path] = self.others[path][::-1]
        else:
            key = "title" if "title" in self.content[path].values else "name"
            self.set(path, **{key: self.content[path].values[key][::-1]})
        self.in_secret.add(path)

    @rule(data=st.data(), how=st.sampled_from(["removed", "longer", "as long"]))
    def meddle_with_the_built_site(self, data: st.DataObject, how: str) -> None:
        built = sorted(self.project.built().keys() - self.strangers.keys())
        if built:
            path = self.project.root / "site" / data.draw(st.sampled_from(built))
            if how == "removed":
                path.unlink()
            else:
                content = path.read_bytes()
                deceive(path, content + b"!" if how == "longer" else content.swapcase())

    @rule(folder=st.sampled_from(["", "briefs/", "actors/"]))
    def put_a_file_of_ones_own_beside_the_pages(self, folder: str) -> None:
        place = self.project.root / "site" / folder
        if place.is_dir() and (self.project.root / "site" / manifest.NAME).is_file():
            (place / "own.txt").write_bytes(b"mine")
            self.strangers[f"{folder}own.txt"] = b"mine"

    @precondition(lambda self: self.content)
    @rule(elsewhere=st.booleans(), drafts=st.booleans())
    def check_or_build_elsewhere_in_between(self, *, elsewhere: bool, drafts: bool) -> None:
        self.save()
        options = self.options | {"drafts": drafts}
        if elsewhere:
            self.project.build(output_dir=self.project.root / "elsewhere", **options)
        else:
            self.project.check(**options)

    @precondition(lambda self: not self.edits_to_come)
    @rule()
    def make_two_edits_before_the_next_build(self) -> None:
        self.edits_to_come = 3

    # The law

    @invariant()
    def a_build_equals_a_clean_one(self) -> None:
        self.edits_to_come = max(0, self.edits_to_come - 1)
        if self.edits_to_come or not self.content:
            return
        self.save()
        before = self.look()
        report = self.project.build(**self.options)
        after = self.look()
        with TemporaryDirectory() as folder:
            fresh = Project(Path(folder), dict(self.on_disk))
            clean = fresh.build(**self.options)
            expected = fresh.output()
        assert (report.ok, report.problems, report.quotes) == (clean.ok, clean.problems, clean.quotes)
        if report.ok:
            assert self.project.output() == expected | self.strangers
            self.good = dict(self.content), dict(self.others)
        else:
            assert after == before
            self.content, self.others = dict(self.good[0]), dict(self.good[1])
        self.nothing_else_was_touched(report, before, after)

    def nothing_else_was_touched(self, report: Report, before: dict[str, Seen], after: dict[str, Seen]) -> None:
        pages = after.keys() - {manifest.NAME}
        changed = {path for path in pages if path not in before or before[path].data != after[path].data}
        assert set(report.written) == changed
        assert set(report.removed) == before.keys() - after.keys()
        assert {path: before[path] for path in pages - changed} == {path: after[path] for path in pages - changed}
        if not report.written and not report.removed:
            assert before == after

    # Means

    def set(self, path: str, **values: Any) -> None:
        """Give keys of a file other values, if there is such a file."""
        if path in self.content:
            old = self.content[path]
            self.content[path] = Written(old.values | values, old.body)

    def save(self) -> None:
        """Bring the disk up to date with what was edited."""
        files = {path: file.bytes(path) for path, file in self.content.items()} | self.others
        for path in self.on_disk.keys() - files.keys():
            self.project.remove(path)
        for path, data in files.items():
            if path in self.in_secret and path in self.on_disk:
                deceive(self.project.root / path, data)
            elif self.on_disk.get(path) != data:
                self.project.write({path: data})
        self.in_secret.clear()
        self.on_disk = files

    def look(self) -> dict[str, Seen]:
        """The output folder as it is."""
        stats = {path: (self.project.root / "site" / path).stat() for path in self.project.output()}
        return {
            path: Seen(data, stats[path].st_mtime_ns, stats[path].st_ino)
            for path, data in self.project.output().items()
        }


@given(contents(), st.data())
@settings(max_examples=max(1, settings().max_examples // 4), suppress_health_check=[HealthCheck.too_slow])
def test_repeated_edits_of_one_text_equal_clean_builds(content: dict[str, Written], data: st.DataObject) -> None:
    texts = sorted(path for path, file in content.items() if path.endswith(".md") and file.body)
    planner = SnapshotBuilder()
    with TemporaryDirectory() as folder, TemporaryDirectory() as other:
        project = Project(Path(folder), {path: file.bytes(path) for path, file in content.items()})
        assert project.build().ok
        for number in range(4 if texts else 0):
            edits = data.draw(st.dictionaries(st.sampled_from(texts), MORE_WORDS, min_size=1, max_size=2))
            for path, words in edits.items():
                content[path] = replace(content[path], body=f"{content[path].body}\n\n{words}\n")
                project.write({path: content[path].bytes(path)})
            before = project.built()
            report, shown = project.build(), planner.take_snapshot(project.options())
            clean = Path(other) / str(number)
            fresh = project.plain_build(output_dir=clean)

            assert (report.ok, report.problems) == (fresh.ok, fresh.problems)
            if fresh.ok:
                assert project.output() == project.output(str(clean))
                assert {path: shown.render(path) for path in shown.paths} == project.built()
            else:
                assert project.built() == before


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=max(1, settings().max_examples // 8),
    stateful_step_count=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
