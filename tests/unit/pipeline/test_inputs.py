"""Everything that a build reads."""

import fcntl
import mmap
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.kernel.cache import Cache
from briefgen.kernel.disk import Disk
from briefgen.pipeline import build
from briefgen.pipeline.incremental.context import RunContext, open_context
from briefgen.pipeline.incremental.inputs import scan_inputs
from support.project import Project

MANIFEST = "theme_api: 1\nextends: briefing\n"


def test_only_plain_files_of_a_site_theme_are_opened(tmp_path: Path) -> None:
    project = Project(tmp_path, {"themes/mine/theme.yaml": MANIFEST})
    assets = project.root / "themes" / "mine" / "assets"
    assets.mkdir()
    os.mkfifo(assets / "pipe")
    (assets / "endless").symlink_to("/dev/zero")

    found = scan_inputs(tmp_path, RunContext(Disk(), Cache(tmp_path / "cache"))).others

    assert {path: name for path, name in found.items() if path.startswith(str(assets))} == {
        str(assets / "pipe"): "",
        str(assets / "endless"): "",
    }


@pytest.mark.parametrize("link", ["themes", "themes/mine", "themes/mine/templates"])
def test_a_change_in_a_linked_site_theme_is_noticed(tmp_path: Path, link: str) -> None:
    project = Project(
        tmp_path / "project",
        {
            "content/site.yaml": "title: A site\nsite_theme: mine\n",
            "themes/mine/theme.yaml": MANIFEST,
            "themes/mine/templates/home.html": "<!doctype html><html><body>ONE</body></html>",
        },
    )
    place = project.root / link
    # Templates may lie elsewhere in their site theme, the others anywhere.
    real = place.with_name("other") if link.endswith("templates") else tmp_path / "elsewhere"
    place.rename(real)
    place.symlink_to(real)
    assert project.build().ok

    project.write({"themes/mine/templates/home.html": "<!doctype html><html><body>TWO</body></html>"})
    project.build()

    assert b"TWO" in project.built()["index.html"]


def test_a_link_to_other_templates_changes_the_pages(tmp_path: Path) -> None:
    project = Project(
        tmp_path,
        {
            "content/site.yaml": "title: A site\nsite_theme: mine\n",
            "themes/mine/theme.yaml": MANIFEST,
            "themes/mine/one/home.html": "<!doctype html><html><body>ONE</body></html>",
            "themes/mine/two/home.html": "<!doctype html><html><body>TWO</body></html>",
        },
    )
    templates = project.root / "themes" / "mine" / "templates"
    for folder in ("one", "two"):
        templates.unlink(missing_ok=True)
        templates.symlink_to(folder)
        project.build()
        assert folder.upper().encode() in project.built()["index.html"]


class Reads(Disk):
    """A disk that records what was read."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def read(self, path: Path | str) -> bytes:
        self.paths.append(str(path))
        return super().read(path)

    def parts(self, path: Path | str) -> Iterator[bytes]:
        self.paths.append(str(path))
        return super().parts(path)


def test_a_first_build_reads_every_content_file_once_and_the_next_none(tmp_path: Path) -> None:
    project = Project(
        tmp_path, {"content/site.yaml": "title: A site\n", "content/pages/a.md": "---\ntitle: A\n---\nText.\n"}
    )
    content = [str(project.root / "content" / name) for name in ("site.yaml", "pages/a.md")]
    time.sleep(0.05)  # so that their stats can be trusted
    first, second = Reads(), Reads()

    build(project.options(), disk=first)
    project.write({"content/static/new.txt": "something else"})
    build(project.options(), disk=second)

    assert sorted(path for path in first.paths if path in content) == sorted(content)
    assert [path for path in second.paths if path in content] == []


@pytest.mark.skipif(not hasattr(fcntl, "F_SETLEASE"), reason="the system has no leases")
@pytest.mark.parametrize("file", ["content/pages/a.md", "content/static/a.txt", "themes/own/assets/a.css"])
@pytest.mark.parametrize("built", [False, True], ids=["first-build", "later-build"])
def test_a_file_that_a_program_changes_through_memory_is_read_again(tmp_path: Path, file: str, *, built: bool) -> None:
    files = {
        "content/site.yaml": "title: A site\nsite_theme: own\n",
        "content/pages/a.md": "---\ntitle: A\n---\nText one.\n",
        "content/static/a.txt": "Text one.",
        "themes/own/theme.yaml": "theme_api: 1\nextends: briefing\n",
        "themes/own/assets/a.css": "/* one */",
    }
    project = Project(tmp_path / "project", files)
    if built:
        project.build()
    with (project.root / file).open("r+b") as opened:
        memory = mmap.mmap(opened.fileno(), 0)
    at = memory.find(b"one")
    memory[at : at + 3] = b"two"
    time.sleep(0.05)  # so that stats can be trusted
    project.build()

    memory[at : at + 3] = b"six"

    assert project.build().written
    memory.close()
    fresh = Project(tmp_path / "fresh", {**files, file: files[file].replace("one", "six")})
    fresh.build()
    assert project.output() == fresh.output()
    assert not project.build().written


def test_a_cache_of_parsed_files_is_used_where_stats_are_not_known(tmp_path: Path) -> None:
    """As on a machine that gets a fresh checkout and the memory of another."""
    project = Project(
        tmp_path, {"content/site.yaml": "title: A site\n", "content/pages/a.md": "---\ntitle: A\n---\nText.\n"}
    )
    project.build()
    for file in (project.root / "content").rglob("*.*"):
        os.utime(file, (1, 1))

    with open_context(project.root) as context:
        inputs = scan_inputs(project.root, context)

    assert context.deferred_stats is None
    assert all(inputs.content.values())
