"""A project in a folder of its own: write content, build it, look at what came out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from briefgen import pipeline
from briefgen.pipeline import Options, Report
from briefgen.write import manifest

DAY = date(2025, 12, 31)


class Project:
    """A folder with content, built with the shipped site theme."""

    def __init__(self, root: Path, files: Mapping[str, str | bytes] | None = None, *, day: date = DAY) -> None:
        self.root = root
        self._day = day
        self.write({"content/site.yaml": "title: A site\n", **(files or {})})

    def write(self, files: Mapping[str, str | bytes]) -> Project:
        for path, text in files.items():
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def remove(self, path: str) -> Project:
        """Remove a file, and the folders that are empty without it."""
        target = self.root / path
        target.unlink()
        for folder in target.parents:
            if folder == self.root or any(folder.iterdir()):
                break
            folder.rmdir()
        return self

    def forget_published(self) -> Project:
        """Take what briefs claim out of the record of checks, so that a changed claim needs no correction."""
        record = self.root / "content/checks.yaml"
        record.write_bytes(record.read_bytes().partition(b"published:")[0])
        return self

    def options(self, **options: Any) -> Options:
        return Options(root=self.root, day=options.pop("day", self._day), **options)

    def build(self, **options: Any) -> Report:
        return pipeline.build(self.options(**options))

    def plain_build(self, **options: Any) -> Report:
        return pipeline.plain_build(self.options(**options))

    def check(self, **options: Any) -> Report:
        return pipeline.check(self.options(**options))

    def built(self, folder: str = "site") -> dict[str, bytes]:
        """Everything in the output folder but briefgen's own record."""
        return {path: data for path, data in self.output(folder).items() if path != manifest.NAME}

    def output(self, folder: str = "site") -> dict[str, bytes]:
        """Everything in the output folder, whoever put it there."""
        output = self.root / folder
        return {
            path.relative_to(output).as_posix(): path.read_bytes()
            for path in sorted(output.rglob("*"))
            if path.is_file()
        }


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]
