"""After a rename, the pages are the same but for the id."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.kernel.disk import Disk
from briefgen.rename.apply import apply_renaming
from briefgen.rename.new_ids import KINDS
from briefgen.rename.plan import plan_renaming
from support.demo import demo_in
from support.project import Project
from support.strategies import ACTORS, BRIEFS, PUBLISHERS, SOURCES, THEMES, projects

IDS = {
    "actor": ACTORS,
    "theme": THEMES,
    "publisher": tuple(name.lower().replace(" ", "-") for name in PUBLISHERS),
    "source": (*SOURCES, *BRIEFS),
    "brief": BRIEFS,
}
SUFFIX = "-zq"  # of new ids, so that lists keep their order
RENAMED_IN_DEMO = (
    ("actor", "russia"),
    ("theme", "us-plan"),
    ("publisher", "tass"),
    ("source", "afp-28-points"),
    ("source", "fortune-fwd-stalemate"),
    ("brief", "kremlin-meeting"),
)
BASE = "https://example.org/"


def rename(project: Project, kind: str, old: str, new: str) -> bool:
    """Whether there was anything with the old id."""
    folder = KINDS[kind]
    if kind == "source" and old in BRIEFS and not (project.root / f"content/briefs/{old}.md").exists():
        return False
    if kind == "brief" and not (project.root / f"content/{folder}/{old}.md").exists():
        return False
    found, problems = plan_renaming(project.root, kind, old, new, Disk())
    assert found is not None, problems
    apply_renaming(project.root, found, Disk())
    return True


def pages(project: Project) -> dict[str, bytes]:
    """Return what a build makes, apart from redirects and feeds at former addresses, with the old ids for the new ones.

    The files with the terms of the search count as one: a digest of a term, so of an id as well, says which it is in.
    """
    report = project.build(base_url=BASE, future=True, drafts=True, expired=True)
    assert report.ok, report.problems
    built = project.built()
    kept = {path.replace(SUFFIX, ""): path for path in sorted(built, key=lambda path: SUFFIX in path)}
    made = {short: built[path].replace(SUFFIX.encode(), b"") for short, path in kept.items()}
    terms = {short: json.loads(data) for short, data in made.items() if short.startswith("search/terms/")}
    every = sorted(item for file in terms.values() for item in file.items())
    return {short: data for short, data in made.items() if short not in terms} | {"terms": repr(every).encode()}


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(files=projects(), kind=st.sampled_from(sorted(KINDS)), data=st.data())
def test_renamed_content_makes_the_same_pages_but_for_the_id(
    files: dict[str, bytes], kind: str, data: st.DataObject
) -> None:
    old = data.draw(st.sampled_from(IDS[kind]))
    new = old + SUFFIX
    with TemporaryDirectory() as folder:
        project = Project(Path(folder), files)
        before = pages(project)

        if rename(project, kind, old, new):
            assert pages(project) == before
            again, _ = plan_renaming(project.root, kind, old, new, Disk())
            assert again is not None
            assert not again.changes


def test_the_demo_makes_the_same_pages_after_renames(tmp_path: Path) -> None:
    project = demo_in(tmp_path)
    before = pages(project)

    for kind, old in RENAMED_IN_DEMO:
        assert rename(project, kind, old, old + SUFFIX)

    assert pages(project) == before
