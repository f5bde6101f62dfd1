"""A site as everybody would build it: from the content alone, without a memory, in a folder of its own."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from briefgen import pipeline
from briefgen.pipeline import Options, Progress, Report
from briefgen.pipeline.options import no_progress
from briefgen.write import manifest

Files = dict[str, Path]
"""The files of a site by their path in it."""


class CleanBuild(Struct, frozen=True):
    """What was built, and from what; there are no files where `report` has errors."""

    report: Report
    files: Files


@contextmanager
def clean_build(options: Options, progress: Progress | None = None) -> Iterator[CleanBuild]:
    """The project's site as it would be published; the files are there until the block ends.

    Raises:
        Failure: the machine refused something.
    """
    with tempfile.TemporaryDirectory(prefix="briefgen-publish-") as folder:
        output = Path(folder, "site")
        report = pipeline.plain_build(replace(options, output_dir=output), progress or no_progress)
        yield CleanBuild(report, _files(output) if report.ok else {})


def _files(output: Path) -> Files:
    found = {path.relative_to(output).as_posix(): path for path in output.rglob("*") if path.is_file()}
    return {path: found[path] for path in sorted(found) if path != manifest.NAME}
