"""Projects to measure: the corpus in a folder of its own, with a site theme, and the edits that a curator makes."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from bench.corpus import Corpus, corpus, path

BARE = "bare"
DEFAULT = "briefing"
CACHES = (".briefgen", "cache")

_HERE = Path(__file__).parent
_MEMORY = Path("/dev/shm")  # noqa: S108 - a memory file system, where there is one
_CONFIG = """title: Bench
base_url: https://example.org/
description: A corpus to build.
site_theme: {theme}
page_size: 100000
cards: none
"""


def place() -> tuple[str | None, str]:
    """Where to put projects, as `tempfile` takes it, and in words. Disks make folders slowly, and never twice alike."""
    if _MEMORY.is_dir():
        return str(_MEMORY), "on a memory file system"
    return None, "on a disk, for want of a memory file system: times of cold builds mean little"


class Site:
    """A project of `size` briefs. Every edit is a new one, and says which text must be where after the next build."""

    def __init__(self, root: Path, size: int, theme: str = BARE) -> None:
        self.root = root
        self.output = root / "site"
        self._numbers = count(1)
        whole: Corpus = corpus(size)
        whole.write(root)
        self._write("content/site.yaml", _CONFIG.format(theme=theme))
        # In the project, where it can be edited.
        source = _HERE / "site_theme" if theme == BARE else _HERE.parents[1] / "themes" / theme
        shutil.copytree(source, root / "themes" / theme)
        self.brief = whole.latest()
        [self.actor] = (actor for actor in whole.actors if actor.id == self.brief.actors[0])
        self._template = f"themes/{theme}/templates/brief.html"
        self._texts = {name: self._read(name) for name in (path(self.brief), self._actor_file, self._template)}
        self.page = f"briefs/{self.brief.id}/index.html"
        self.lists = (
            "briefs/index.html",
            f"actors/{self.actor.id}/index.html",
            f"themes/{self.brief.themes[0]}/index.html",
        )
        self.shared = frozenset((self.page, *self.lists[1:]))  # what other generators have, too

    def forget(self) -> None:
        """Remove everything that a build made."""
        for name in ("site", *CACHES):
            shutil.rmtree(self.root / name, ignore_errors=True)

    def restore(self) -> None:
        """Take back all edits."""
        for name, text in self._texts.items():
            self._write(name, text)

    def edit_body(self) -> dict[str, str]:
        mark, file = self._mark(), path(self.brief)
        self._write(file, self._texts[file].rstrip("\n") + f"\n\nA closing remark, {mark}.\n")
        return {self.page: mark}

    def edit_title(self) -> dict[str, str]:
        mark, file = self._mark(), path(self.brief)
        self._write(file, self._texts[file].replace(self.brief.title, f"{self.brief.title} {mark}", 1))
        return dict.fromkeys((self.page, *self.lists), mark)

    def rename_actor(self) -> dict[str, str]:
        mark, file = self._mark(), self._actor_file
        self._write(file, self._texts[file].replace(self.actor.name, f"{self.actor.name} {mark}", 1))
        return dict.fromkeys((self.page, f"actors/{self.actor.id}/index.html", "actors/index.html"), mark)

    def edit_template(self) -> dict[str, str]:
        mark, file = self._mark(), self._template
        head, found, tail = self._texts[file].rpartition("{% endblock %}")
        self._write(file, f"{head}<p>{mark}</p>\n{found}{tail}")
        return {self.page: mark}

    def stale(self, marks: dict[str, str]) -> list[str]:
        """Pages that do not show their mark."""
        return [page for page, mark in marks.items() if mark not in (self.output / page).read_text("utf-8")]

    @property
    def _actor_file(self) -> str:
        return f"content/actors/{self.actor.id}.md"

    def _mark(self) -> str:
        return f"edit{next(self._numbers)}x"

    def _read(self, name: str) -> str:
        return (self.root / name).read_text("utf-8")

    def _write(self, name: str, text: str) -> None:
        """Replace a file in one step, as editors do."""
        target = self.root / name
        new = target.with_name(f".{target.name}.new")
        new.write_text(text, encoding="utf-8", newline="\n")
        new.replace(target)


@contextmanager
def site(size: int, theme: str = BARE) -> Iterator[Site]:
    """A project that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="briefgen-bench-", dir=place()[0]) as folder:
        yield Site(Path(folder), size, theme)
