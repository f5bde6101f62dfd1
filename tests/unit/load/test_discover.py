"""Which files there are."""

import os
from pathlib import Path

import pytest

from briefgen.kernel.stat_cache import stamp
from briefgen.load.discover import MAX_SIZE, Discovery, Failed, discover, find_root
from briefgen.model.problem import Place, Problem, Severity
from briefgen.model.site import StaticFile

PUT_STATIC = "put a file that is to be copied into content/static/"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    put(root, "site.yaml")
    return root


def put(root: Path, *files: str, data: bytes = b"x") -> None:
    for file in files:
        path = root / "content" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def link(root: Path, file: str, target: Path | str) -> None:
    path = root / "content" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def told(found: Discovery) -> list[tuple[str, str, str]]:
    """File, code and hint of each problem."""
    assert all(isinstance(problem.at, Place) and problem.at.line == 0 for problem in found.problems)
    return [(problem.at.file, problem.code, problem.hint) for problem in found.problems]


def test_files_are_sorted_by_kind_and_id(root: Path) -> None:
    put(root, "themes/z.md", "briefs/b.md", "briefs/a-1.md", "actors/p.md", "publishers/q.yaml", "sources/s.yaml")
    put(root, "pages/about.md", "static/map.png", "static/a/b c.TXT", "copies/secret.txt", "copies/x/y.md")

    found = discover(root)

    assert [(file.kind, file.id, file.file) for file in found.files] == [
        ("actor", "p", "content/actors/p.md"),
        ("brief", "a-1", "content/briefs/a-1.md"),
        ("brief", "b", "content/briefs/b.md"),
        ("config", "site", "content/site.yaml"),
        ("page", "about", "content/pages/about.md"),
        ("publisher", "q", "content/publishers/q.yaml"),
        ("source", "s", "content/sources/s.yaml"),
        ("theme", "z", "content/themes/z.md"),
    ]
    assert found.statics == (
        StaticFile("a/b c.TXT", "content/static/a/b c.TXT"),
        StaticFile("map.png", "content/static/map.png"),
    )
    assert (found.problems, found.failed) == ((), ())


def test_a_file_has_the_status_that_changes_with_its_content(root: Path) -> None:
    status = (root / "content/site.yaml").stat()

    (file,) = discover(root).files

    assert Path(file.path).read_bytes() == b"x"
    assert file.stat == stamp(status)


@pytest.mark.parametrize(
    "name", [".x.md", "x.md~", ".#x.md", "#x.md#", ".x.md.swp", "x.md.tmp", ".DS_Store", "x.md.bak"]
)
def test_temporary_files_of_editors_are_ignored(root: Path, name: str) -> None:
    put(root, name, f"briefs/{name}", f"static/{name}", f"static/deep/{name}")

    found = discover(root)

    assert ([file.id for file in found.files], found.statics, found.problems) == (["site"], (), ())


def test_the_one_hidden_folder_that_servers_ask_for_is_copied(root: Path) -> None:
    put(root, "static/.well-known/security.txt", "static/.git/config")

    assert [file.path for file in discover(root).statics] == [".well-known/security.txt"]


@pytest.mark.parametrize(
    ("file", "at", "hint"),
    [
        ("briefs/x.markdown", None, "rename it to x.md"),
        ("briefs/Xy Z.yaml", None, "rename it to xy-z.md"),
        ("briefs/x.MD", None, "rename it to x.md"),
        ("sources/x.yml", None, "rename it to x.yaml"),
        ("publishers/x.md", None, "rename it to x.yaml"),
        ("briefs/map.png", None, PUT_STATIC),
        ("briefs/2025/x.md", "briefs/2025", "files lie in content/briefs/ itself, not in folders below it"),
        ("site.yml", None, "rename it to site.yaml"),
        ("x.md", None, "put it into a folder: briefs, actors, themes or pages"),
        ("x.yaml", None, "put it into a folder: publishers or sources"),
        ("map.png", None, PUT_STATIC),
        ("brief/x.md", "brief", 'did you mean "briefs"?'),
        (
            "zzz/x.md",
            "zzz",
            "folders are briefs, actors, themes, publishers, sources, pages, static, copies",
        ),
    ],
)
def test_a_misplaced_file_is_a_warning_with_a_hint_where_it_belongs(
    root: Path, file: str, at: str | None, hint: str
) -> None:
    put(root, file)

    assert discover(root).problems == (
        Problem(
            "misplaced-file",
            "briefgen does not look here",
            Place(f"content/{at or file}"),
            hint,
            Severity.WARNING,
        ),
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Five Hours.md", "rename it to five-hours.md"),
        ("a--b.md", "rename it to a-b.md"),
        ("a_b.md", "rename it to a-b.md"),
        ("Путин.md", "rename it to putin.md"),
        ("….md", "use letters a–z and digits, joined by hyphens"),
        (f"{'a' * 101}.md", f"rename it to {'a' * 100}.md"),
    ],
)
def test_a_name_that_is_no_id_is_refused_with_one_that_is(root: Path, name: str, hint: str) -> None:
    put(root, f"briefs/{name}")

    found = discover(root)

    assert told(found) == [(f"content/briefs/{name}", "bad-file-name", hint)]
    assert [failed.kind for failed in found.failed] == ["brief"]


def test_no_hint_gives_the_name_of_another_file(root: Path) -> None:
    put(root, "briefs/vote.md", "briefs/Vote.md")

    found = discover(root)

    hint = "rename it to what no other file has; vote.md is there already"
    assert told(found) == [("content/briefs/Vote.md", "bad-file-name", hint)]


def test_a_name_that_cannot_stand_in_an_address_is_refused(root: Path) -> None:
    put(root, "static/a\\b.txt", "static/line\nbreak.txt")
    (root / "content/static" / os.fsdecode(b"\xff.txt")).write_bytes(b"x")

    found = discover(root)

    assert found.statics == ()
    assert {code for _, code, _ in told(found)} == {"bad-file-name"}
    assert len(found.problems) == 3
    assert all(problem.at.file.encode() for problem in found.problems)


def test_a_folder_where_a_file_should_be_is_a_problem(root: Path) -> None:
    put(root, "actors/putin.md/x.md")
    (root / "content/site.yaml").unlink()
    put(root, "site.yaml/x")

    found = discover(root)

    assert told(found) == [
        ("content/actors/putin.md", "not-a-file", "rename or remove it"),
        ("content/site.yaml", "not-a-file", "rename or remove it"),
    ]
    assert found.failed == (Failed("actor", "putin", ()),)


def test_a_pipe_is_no_file(root: Path) -> None:
    put(root, "static/x.txt", "briefs/x.md")
    os.mkfifo(root / "content/briefs/pipe.md")
    os.mkfifo(root / "content/static/pipe")

    assert told(discover(root)) == [
        ("content/briefs/pipe.md", "not-a-file", "rename or remove it"),
        ("content/static/pipe", "not-a-file", "remove it"),
    ]


def test_a_huge_content_file_is_reported_without_being_read(root: Path) -> None:
    put(root, "briefs/huge.md", "briefs/large.md", "static/huge.bin")
    os.truncate(root / "content/briefs/huge.md", 50_000_000)
    os.truncate(root / "content/briefs/large.md", MAX_SIZE)
    os.truncate(root / "content/static/huge.bin", 50_000_000)

    found = discover(root)

    assert [(problem.code, problem.message, problem.at.file) for problem in found.problems] == [
        ("file-too-large", "the file has 47.7 MiB; the limit is 4 MiB", "content/briefs/huge.md")
    ]
    assert [file.id for file in found.files] == ["large", "site"]
    assert found.failed == (Failed("brief", "huge"),)


def test_a_link_that_leaves_the_project_is_refused_wherever_it_is(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    put(outside, "x.md", "folder/x.md")
    link(root, "briefs/x.md", outside / "content/x.md")
    link(root, "actors", outside / "content/folder")
    link(root, "static/x.md", outside / "content/x.md")
    link(root, "static/folder", outside / "content/folder")
    link(root, "static/one/step", "../../../../outside/content/folder")
    # A folder beside the project whose name begins like the project's.
    put(tmp_path / "project-private", "x.md")
    link(root, "themes/x.md", tmp_path / "project-private/content/x.md")

    found = discover(root)

    hint = "put a copy of the file here instead"
    assert told(found) == [
        (f"content/{file}", "outside-project", hint)
        for file in ("actors", "briefs/x.md", "static/folder", "static/one/step", "static/x.md", "themes/x.md")
    ]
    assert ([file.id for file in found.files], found.statics) == (["site"], ())
    assert found.failed == (Failed("actor", ""), Failed("brief", "x"), Failed("theme", "x"))


def test_a_link_inside_the_project_is_followed(root: Path) -> None:
    put(root, "briefs/x.md")
    (root / "assets").mkdir()
    (root / "assets/map.png").write_bytes(b"x")
    link(root, "briefs/y.md", "x.md")
    link(root, "static", "../assets")

    found = discover(root)

    assert [file.id for file in found.files] == ["x", "y", "site"]
    assert found.statics == (StaticFile("map.png", "content/static/map.png"),)
    assert found.problems == ()


def test_a_project_that_is_reached_by_a_link_is_read_as_any_other(root: Path, tmp_path: Path) -> None:
    put(root, "briefs/x.md", "static/y.txt")
    (tmp_path / "alias").symlink_to(root)

    found = discover(tmp_path / "alias")

    assert ([file.id for file in found.files], len(found.statics), found.problems) == (["x", "site"], 1, ())


def test_private_copies_cannot_be_published_by_a_link(root: Path) -> None:
    put(root, "copies/secret.txt", "static/x.txt")
    link(root, "static/secret.txt", "../copies/secret.txt")
    link(root, "static/copies", "../copies")

    found = discover(root)

    hint = "texts in content/copies/ are private; quote from them instead"
    assert told(found) == [
        ("content/static/copies", "outside-project", hint),
        ("content/static/secret.txt", "outside-project", hint),
    ]
    assert [file.path for file in found.statics] == ["x.txt"]


def test_the_folder_of_copies_may_be_a_link_out_of_the_project(root: Path, tmp_path: Path) -> None:
    put(tmp_path / "elsewhere", "x.txt")
    link(root, "copies", tmp_path / "elsewhere")
    put(root, "static/y.txt")
    link(root, "static/x.txt", tmp_path / "elsewhere/content/x.txt")

    found = discover(root)

    assert told(found) == [("content/static/x.txt", "outside-project", "put a copy of the file here instead")]
    assert [file.path for file in found.statics] == ["y.txt"]


def test_links_in_a_circle_end(root: Path) -> None:
    put(root, "static/a/x.txt")
    link(root, "static/a/up", "..")
    link(root, "static/a/content", "../..")
    link(root, "static/self", "self")
    link(root, "static/other", "a")

    found = discover(root)

    assert [file.path for file in found.statics] == ["a/x.txt", "other/x.txt"]
    assert [(file, code) for file, code, _ in told(found)] == [
        ("content/static/a/content", "outside-project"),
        ("content/static/a/up", "not-a-file"),
        ("content/static/other/content", "outside-project"),
        ("content/static/other/up", "not-a-file"),
        ("content/static/self", "unreadable-file"),
    ]


def test_a_broken_symbolic_link_is_a_problem(root: Path) -> None:
    link(root, "briefs/x.md", "gone.md")

    found = discover(root)

    assert told(found) == [("content/briefs/x.md", "unreadable-file", "remove it, or link what it should show")]
    assert found.failed == (Failed("brief", "x"),)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is refused to root")
def test_a_folder_that_cannot_be_listed_is_a_problem(root: Path) -> None:
    put(root, "briefs/x.md")
    (root / "content/briefs").chmod(0)

    assert [(file, code) for file, code, _ in told(discover(root))] == [("content/briefs", "unreadable-file")]


def test_a_project_without_content_has_no_files(tmp_path: Path) -> None:
    assert discover(tmp_path) == Discovery()


def test_the_root_is_found_upward_by_its_configuration(root: Path, tmp_path: Path) -> None:
    put(root, "briefs/x.md")
    put(root / "nested", "site.yaml")

    assert find_root(root) == root
    assert find_root(root / "content/briefs") == root
    assert find_root(root / "nested/content") == root / "nested"
    assert find_root(tmp_path) is None


@pytest.mark.parametrize("target", ["..", ".", "../.."])
def test_a_link_to_a_folder_with_the_private_copies_is_refused(root: Path, target: str) -> None:
    put(root, "copies/secret.txt")
    link(root, "static", target if target != "../.." else root)

    found = discover(root)

    assert found.statics == ()
    assert [(file, code) for file, code, _ in told(found)] == [("content/static", "outside-project")]


def test_the_size_of_a_file_just_above_the_limit_is_rounded_up(root: Path) -> None:
    put(root, "briefs/huge.md")
    os.truncate(root / "content/briefs/huge.md", MAX_SIZE + 1)

    assert [problem.message for problem in discover(root).problems] == [
        "the file has 4.1 MiB; the limit is 4 MiB",
    ]
