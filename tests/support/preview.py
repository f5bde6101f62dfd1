"""A project of a few lines with a preview.

`content/briefs/x.md`: the first line is the title, the rest is the text of the page; `!wrong` makes it a problem,
`!fails` a page that cannot be rendered. `content/static/` is copied, `themes/plain/style.css` is the stylesheet,
`content/base` the base path.
"""

import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from briefgen.kernel.digest import digest
from briefgen.model.problem import Place, Problem
from briefgen.pipeline import PreviewSnapshot
from briefgen.preview.last_good_site import Status
from briefgen.preview.preview import Rebuilt
from briefgen.preview.server import PreviewServer

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="{root}assets/style.css"></head>
<body><main><h1>{title}</h1><div>{text}</div><img src="{root}dot.svg" alt=""></main></body></html>
"""
_BRIEFS = "content/briefs"
_LOOKS = "themes/plain/style.css"


class PageError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class SmallSnapshot(PreviewSnapshot):
    """The project at one moment."""

    def __init__(self, root: Path) -> None:
        texts = {path.stem: path.read_text("utf-8") for path in sorted((root / _BRIEFS).glob("*.md"))}
        base = root / "content" / "base"
        problems = tuple(
            Problem(
                "wrong-type", "this is wrong", Place(f"{_BRIEFS}/{name}.md", number, line.index("!") + 1, 6), "mend it"
            )
            for name, text in texts.items()
            for number, line in enumerate(text.split("\n"), start=1)
            if "!wrong" in line
        )
        super().__init__(problems, base.read_text("utf-8").strip() if base.exists() else "/")
        self.ok = not problems
        self._texts = {f"briefs/{name}/index.html": text for name, text in texts.items()}
        self._files = {
            path.relative_to(root / "content" / "static").as_posix(): path
            for path in sorted((root / "content" / "static").rglob("*"))
            if path.is_file()
        }
        if (root / _LOOKS).exists():
            self._files["assets/style.css"] = root / _LOOKS

    @property
    def paths(self) -> Collection[str]:
        return frozenset(("index.html", "404.html", *self._texts, *self._files) if self.ok else ())

    def file(self, path: str) -> Path | None:
        return self._files.get(path)

    def render(self, path: str) -> bytes:
        if path in self._files:
            return self._files[path].read_bytes()
        title, text = self._content(path)
        if "!fails" in text:
            place = Place(f"{_BRIEFS}/{path.split('/')[1]}.md", 2, 1, 6)
            raise PageError(Problem("template-error", "the template fails", place))
        root = self.base_path if path == "404.html" else "../" * path.count("/")
        return _PAGE.format(title=title, text=text, root=root).encode()

    def fingerprint(self, path: str) -> str:
        stat = self._files[path].stat() if path in self._files else None
        known = (stat.st_mtime_ns, stat.st_size, stat.st_ino) if stat else self._content(path)
        return digest(repr(known).encode())

    def _content(self, path: str) -> tuple[str, str]:
        if path == "404.html":
            return "Not found", "There is no such page."
        if path == "index.html":
            titles = (f'<a href="{page[:-10]}">{text.partition(chr(10))[0]}</a>' for page, text in self._texts.items())
            return "All briefs", ", ".join(titles)
        title, _, text = self._texts[path].partition("\n")
        return title, text


class Small:
    """A project with its preview: how often it was read, and the events of the preview."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.readings = 0
        self.read_paths: list[Collection[str] | None] = []
        self.rebuilt: list[Rebuilt] = []
        self.statuses: list[Status] = []
        self.write({f"{_BRIEFS}/one.md": "One\nThe first.", f"{_BRIEFS}/two.md": "Two\nThe second.", _LOOKS: "h1 {}"})

    def write(self, files: dict[str, str]) -> None:
        for path, text in files.items():
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")

    def read(self, paths: Collection[str] | None = None) -> SmallSnapshot:
        self.readings += 1
        self.read_paths.append(paths)
        return SmallSnapshot(self.root)

    def handle_event(self, event: Rebuilt | Status) -> None:
        if isinstance(event, Rebuilt):
            self.rebuilt.append(event)
        else:
            self.statuses.append(event)

    def wait_for_rebuilds(self, times: int) -> Rebuilt:
        """Return the last rebuild, once there have been so many."""
        end = time.monotonic() + 20
        while len(self.rebuilt) < times:
            assert time.monotonic() < end
            time.sleep(0.01)
        return self.rebuilt[-1]

    @contextmanager
    def served(self, **options: Any) -> Iterator[PreviewServer]:
        """Provide the preview in a thread of its own, on a free port."""
        tops = (self.root / "content", self.root / "themes")
        server = PreviewServer(self.read, self.root, tops, self.handle_event, **({"port": 0} | options))
        with running(server.run, server.stop):
            yield server


@contextmanager
def running(run: Callable[[], None], stop: Callable[[], None]) -> Iterator[None]:
    """Call `run` in a thread, and `stop` at the end of the block."""
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop()
        thread.join(10)
        assert not thread.is_alive()
