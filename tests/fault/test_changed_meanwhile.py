"""When files change while a build reads them, the next build still equals a clean one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.kernel.cache import Cache
from briefgen.kernel.disk import Disk
from briefgen.model.failure import Failure
from briefgen.pipeline.incremental.cached_content import ContentCache
from briefgen.pipeline.incremental.context import RunContext, open_context
from briefgen.pipeline.incremental.inputs import scan_inputs
from briefgen.render import site_theme
from support.project import Project

PAGE = "---\ntitle: About\n---\n{}\n"
TEMPLATE = "<!doctype html><html><body>{}</body></html>"
FILES = {
    "content/site.yaml": "title: A site\nsite_theme: own\n",
    "content/pages/about.md": PAGE.format("old"),
    "content/static/a.txt": "old",
    "themes/own/theme.yaml": "theme_api: 1\nextends: briefing\n",
    "themes/own/assets/own.css": "p {color: red}",
    "themes/own/templates/page.html": TEMPLATE.format("old"),
}
SAVED = {
    "content/pages/about.md": (PAGE.format("saved"), PAGE.format("again")),
    "content/static/a.txt": ("saved", "again"),
    "themes/own/assets/own.css": ("p {color: tan}", "p {color: sea}"),
    "themes/own/templates/page.html": (TEMPLATE.format("saved"), TEMPLATE.format("again")),
}


class Saving(Disk):
    """Somebody saves a file just before it is read for the n-th time."""

    def __init__(self, path: Path, text: str, at: int) -> None:
        self.path = path
        self.text = text
        self.left = at

    def read(self, path: Path | str) -> bytes:
        self.save(path)
        return super().read(path)

    def parts(self, path: Path | str) -> Iterator[bytes]:
        self.save(path)
        return super().parts(path)

    def save(self, path: Path | str) -> None:
        if Path(path) == self.path:
            self.left -= 1
            if self.left == 0:
                self.path.write_text(self.text, "utf-8")


@pytest.mark.parametrize("built", [False, True], ids=["first-build", "later-build"])
@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("file", SAVED)
def test_a_save_that_is_taken_back_after_it_was_read(tmp_path: Path, file: str, at: int, *, built: bool) -> None:
    project = Project(tmp_path / "project", FILES)
    assert not built or project.build().ok
    text, other = SAVED[file]
    project.write({file: text})
    assert pipeline.build(project.options(), disk=Saving(project.root / file, other, at)).ok

    project.write({file: text})
    assert project.build().ok

    fresh = Project(tmp_path / "clean", FILES | {file: text})
    assert fresh.build().ok
    assert project.output() == fresh.output()


@pytest.mark.parametrize("is_patch", [False, True], ids=["full", "patch"])
def test_a_template_that_is_saved_after_its_digest_was_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_patch: bool
) -> None:
    file = "themes/own/templates/page.html"
    project = Project(tmp_path / "project", FILES)
    assert not is_patch or project.build().ok
    project.write({"content/pages/about.md": PAGE.format("new"), file: FILES[file]})
    load = site_theme.load

    def saved_then_loaded(*arguments: object, **named: object) -> object:
        project.write({file: TEMPLATE.format("meanwhile")})
        return load(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(site_theme, "load", saved_then_loaded)
    assert project.build().ok
    monkeypatch.undo()

    project.write({file: FILES[file]})
    assert project.build().ok

    fresh = Project(tmp_path / "clean", FILES | {"content/pages/about.md": PAGE.format("new")})
    assert fresh.build().ok
    assert project.output() == fresh.output()


def test_a_body_lost_from_the_cache_is_not_read_from_a_changed_file(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES)
    with open_context(tmp_path) as context:
        inputs = scan_inputs(tmp_path, context)
        site = ContentCache(context).load(inputs)[0].site
    assert site is not None
    about = site.pages["about"].body.digest
    content = ContentCache(RunContext(Disk(), Cache(None)))
    file = next(file for file in inputs.discovery.files if file.kind == "page")
    content._body_files[about] = file
    assert "old" in content.html(about)

    project.write({"content/pages/about.md": PAGE.format("new")})
    content = ContentCache(RunContext(Disk(), Cache(None)))
    content._body_files[about] = file
    with pytest.raises(Failure, match=r"content/pages/about\.md was changed while it was read"):
        content.html(about)
