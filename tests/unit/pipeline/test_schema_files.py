"""Every build leaves the schemas for editors, and a build with nothing to do does not open them."""

import json
import shutil
import sys
import time
from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.pipeline import SnapshotBuilder
from fault.disks import CountingDisk
from support.project import Project

ACTOR = "---\nname: Ada\nkind: person\n---\n"
SCHEMA = ".briefgen/schema/brief.json"
NAMES = ["actor", "brief", "capture", "checks", "links", "page", "publisher", "site", "source", "theme"]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project", {"content/actors/ada.md": ACTOR})


def ids(project: Project) -> list[str]:
    """Return the actors that an editor offers in a brief."""
    schema = json.loads((project.root / SCHEMA).read_text("utf-8"))
    actors = schema["$defs"]["Brief"]["properties"]["actors"]
    return actors["items"]["anyOf"][0]["enum"]  # type: ignore[no-any-return]


def test_a_build_of_a_fresh_clone_writes_all_schemas(project: Project) -> None:
    assert project.build().ok

    assert sorted(path.stem for path in (project.root / SCHEMA).parent.iterdir()) == NAMES
    assert ids(project) == ["ada"]


def test_a_build_updates_the_schemas_when_ids_change(project: Project) -> None:
    project.build()
    project.write({"content/actors/bob.md": ACTOR.replace("Ada", "Bob")})
    project.build()

    assert ids(project) == ["ada", "bob"]


def test_a_build_with_errors_writes_the_schemas(project: Project) -> None:
    project.write({"content/briefs/x.md": "---\ntitle: x\ndate: never\n---\n"})

    assert not project.build().ok
    assert ids(project) == ["ada"]


def test_a_preview_writes_the_schemas(project: Project) -> None:
    SnapshotBuilder().take_snapshot(project.options())

    assert ids(project) == ["ada"]


@pytest.mark.parametrize("lost", [SCHEMA, ".briefgen/schema", ".briefgen"])
def test_schemas_that_were_removed_come_back(project: Project, lost: str) -> None:
    project.build()
    path = project.root / lost
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
        project.write({"content/pages/about.md": "---\ntitle: About\n---\nText.\n"})
    project.build()

    assert sorted(path.stem for path in (project.root / SCHEMA).parent.iterdir()) == NAMES


def test_clean_leaves_the_schemas_and_nothing_else(project: Project) -> None:
    project.build()
    (project.root / ".briefgen/schema/.brief.json.123").write_text("left by a build that was killed")
    pipeline.clean(project.root)

    left = sorted(path.relative_to(project.root / ".briefgen") for path in (project.root / ".briefgen").rglob("*.*"))
    assert left == [Path(f"schema/{name}.json") for name in NAMES]


def test_schemas_that_cannot_be_written_stop_no_build(project: Project) -> None:
    project.write({".briefgen/schema": "a file in the way"})

    assert project.build().ok
    assert (project.root / ".briefgen/schema").read_text() == "a file in the way"


def test_a_plain_build_writes_no_schemas(project: Project, tmp_path: Path) -> None:
    assert project.plain_build(output_dir=tmp_path / "site").ok

    assert not (project.root / SCHEMA).exists()


def test_a_build_with_nothing_to_do_writes_nothing_and_opens_no_content_and_no_schema(project: Project) -> None:
    project.write({f"content/pages/page-{number}.md": "---\ntitle: x\n---\nText.\n" for number in range(5)})
    time.sleep(0.05)  # so that their stats can be trusted
    project.build()
    time.sleep(0.05)
    project.build()
    opened: list[str] = []
    watching = True

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if watching and event == "open":
            opened.append(str(arguments[0]))

    sys.addaudithook(watch)
    disk = CountingDisk()
    report = pipeline.build(project.options(), disk=disk)
    watching = False

    assert report.ok
    assert disk.count == 0
    assert opened
    # The folder of copies is opened to take stats in it, and none of its files.
    opened = [path for path in opened if not path.endswith("/content/copies")]
    assert not [path for path in opened if "/content/" in path or "/schema/" in path]
