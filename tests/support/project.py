"""A project in a folder of its own: write content, build it, look at what came out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from briefgen import pipeline
from briefgen.pipeline import Options, Report
from briefgen.write import manifest

DAY = date(2025, 12, 31)


class Project:
    """A folder with content, built with the shipped site theme."""

    def __init__(self, root: Path, files: dict[str, str | bytes] | None = None) -> None:
        self.root = root
        self.write({"content/site.yaml": "title: A site\n"} | (files or {}))

    def write(self, files: dict[str, str | bytes]) -> Project:
        for path, text in files.items():
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def remove(self, path: str) -> Project:
        (self.root / path).unlink()
        return self

    def options(self, **options: Any) -> Options:
        return Options(root=self.root, day=options.pop("day", DAY), **options)

    def build(self, **options: Any) -> Report:
        return pipeline.build(self.options(**options))

    def check(self, **options: Any) -> Report:
        return pipeline.check(self.options(**options))

    def built(self, folder: str = "site") -> dict[str, bytes]:
        """Everything in the output folder but briefgen's own record."""
        output = self.root / folder
        return {
            path.relative_to(output).as_posix(): path.read_bytes()
            for path in sorted(output.rglob("*"))
            if path.is_file() and path.name != manifest.NAME
        }


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]
