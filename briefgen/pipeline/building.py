"""Build a site, or look for everything that is wrong with it."""

import os
import time
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec.structs import replace

from briefgen.kernel.disk import Disk
from briefgen.kernel.file_digests import FileDigests
from briefgen.kernel.garbage import few_cycles
from briefgen.kernel.lock import held
from briefgen.kernel.memo import Memo
from briefgen.kernel.workers import processors
from briefgen.model.content import Config
from briefgen.model.problem import Place, Problem, Severity
from briefgen.pipeline.inputs import state, take
from briefgen.pipeline.options import LOCK, Options, Progress, Report
from briefgen.pipeline.standing import Standing, recall, remember
from briefgen.pipeline.tools import Tools, memory, silent
from briefgen.write import changes as diff
from briefgen.write import folder, manifest
from briefgen.write.manifest import Manifest
from briefgen.write.stage import Stage

if TYPE_CHECKING:
    from briefgen.pipeline.planning import Planned

OUTPUTS_PER_WORKER = 300


def build(options: Options, progress: Progress | None = None, disk: Disk | None = None) -> Report:
    """Build the site. With any error, or any problem under `strict`, nothing is written.

    Raises:
        Failure: the machine refused something, or another build of this project is under way.
    """
    with few_cycles(), held(options.root / LOCK), _Run(options, progress, disk or Disk()) as run:
        return run.build()


def check(options: Options, progress: Progress | None = None) -> Report:
    """Everything that a build would find, without writing anything to the output folder.

    Raises:
        Failure: the machine refused something.
    """
    with few_cycles(), _Run(options, progress, Disk()) as run:
        return run.check()


def output_folder(options: Options, config: Config | None) -> Path:
    """Where a build writes to."""
    return options.output_dir or options.root / (config.output_dir if config else "site")


def sorted_problems(root: Path, problems: Iterable[Problem], disk: Disk) -> tuple[Problem, ...]:
    """The problems at their places in their files, by file and line, each once."""
    from briefgen.load.locate import located

    @lru_cache(maxsize=4)  # problems of one file mostly come together
    def read(file: str) -> bytes:
        return disk.read(root / file)

    def order(problem: Problem) -> tuple[str, int, int, str, str]:
        at = problem.at
        where = (at.line, at.column) if isinstance(at, Place) else (0, 0)
        return at.file, *where, problem.code, problem.message

    return tuple(sorted(dict.fromkeys(located(problem, read) for problem in problems), key=order))


class _Run:
    """One build or check: what it was asked, what it found so far."""

    def __init__(self, options: Options, progress: Progress | None, disk: Disk) -> None:
        self.options = options
        self.tools = Tools(disk, memory(options.root) if options.remembering else Memo(None), progress or silent)
        self.disk, self.memo, self.tell = self.tools.disk, self.tools.memo, self.tools.tell
        self.problems: list[Problem] = []
        self.started = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.memo.keep()
        self.memo.close()

    def build(self) -> Report:
        inputs = take(self.options.root, self.tools)
        now = state(self.options, inputs)
        last = recall(self.memo, self.options)
        if last is not None and last.state == now and (left := self.stands(Path(last.output))):
            return self.unchanged(last, len(left.files))
        # Only now, because there is mostly nothing to do.
        from briefgen.pipeline.planning import planned

        problems, whole, written = planned(self.options, inputs, self.tools)
        self.problems.extend(problems)
        output = output_folder(self.options, written.config if written else None)
        report = Report((), ok=False, output=self.shown(output))
        danger = folder.dangerous(output, self.options.root, report.output)
        if danger:
            self.problems.append(danger)
        if whole is not None and not self.stopped:
            report = self.written(whole, output, report)
        report = self.finished(report)
        if report.ok:
            remember(self.memo, self.options, Standing(now, str(output), report.problems))
        return report

    def check(self) -> Report:
        from briefgen.pipeline.planning import planned

        inputs = take(self.options.root, self.tools)
        problems, whole, _ = planned(self.options, inputs, self.tools)
        self.problems.extend(problems)
        if whole is not None and not self.stopped:
            self.made(whole, output_folder(self.options, whole.site.config), {}, None)
        return self.finished(Report((), ok=not self.stopped))

    def stands(self, output: Path) -> Manifest | None:
        """What the last build left in the output folder, if that is as it was."""
        left = None if Stage(output, self.disk).leftovers() else manifest.read(output, self.disk)
        if left is None:
            return None
        return left if self.survey(output, left.files, self.digests(output)) == left.files else None

    def unchanged(self, last: Standing, files: int) -> Report:
        """The report of a build with nothing to do."""
        output = self.shown(Path(last.output))
        seconds = time.monotonic() - self.started
        return Report(last.problems, ok=True, output=output, unchanged=files, seconds=seconds)

    def shown(self, output: Path) -> str:
        """The output folder as a user would name it."""
        root = self.options.root
        return output.relative_to(root).as_posix() if output.is_relative_to(root) else str(output)

    def digests(self, output: Path) -> FileDigests:
        """What is known of the files in an output folder."""
        return FileDigests(self.memo, f"outputs {output}")

    def survey(self, output: Path, paths: Collection[str], digests: FileDigests) -> dict[str, str]:
        """Digests of what lies at these paths of the output folder; see `folder.survey`."""
        found = digests.recognised(output, paths)
        found |= self.looked_at(output, [path for path in paths if path not in found], paths, digests)
        digests.keep()
        return found

    def looked_at(
        self, output: Path, paths: Iterable[str], among: Collection[str], digests: FileDigests
    ) -> dict[str, str]:
        """As `survey`, with a look at the folders above them as well."""

        def digest_of(path: str, status: os.stat_result) -> str:
            return digests.of(path, status, lambda: self.disk.read(output / path))

        return folder.survey(output, paths, among, digest_of)

    @property
    def stopped(self) -> bool:
        """Whether what was found keeps a build from writing."""
        strict = self.options.strict
        return any(strict or problem.severity is Severity.ERROR for problem in self.problems)

    def written(self, whole: "Planned", output: Path, report: Report) -> Report:
        """Bring the output folder up to date."""
        before = manifest.read(output, self.disk)
        ours = before.files if before else {}
        paths = dict.fromkeys((*(planned.path for planned in whole.outputs), *ours))
        digests = self.digests(output)
        present = self.survey(output, paths, digests)
        stage = Stage(output, self.disk)
        try:
            stage.expect(planned.path for planned in whole.outputs)
            wanted = self.made(whole, output, present, stage)
            found = diff.changes(wanted, present, ours)
            # Where something is going to be done, it matters whether a link leads there.
            present |= self.looked_at(output, (*found.write, *found.remove), paths, digests)
            found = diff.changes(wanted, present, ours)
            self.problems.extend(diff.foreign_problems(found, report.output))
            if self.stopped:
                return report
            self.tell("Writing", 0, 0)
            stage.commit(found, wanted, ours)
            for path in found.write:
                digests.note(path, os.lstat(output / path), wanted[path])
            digests.keep()
            self.memo.trim()
        finally:
            stage.clear()
        return replace(report, ok=True, written=found.write, unchanged=len(found.unchanged), removed=found.remove)

    def made(self, whole: "Planned", output: Path, present: dict[str, str], stage: Stage | None) -> dict[str, str]:
        """Digest of every output by path. The bytes of those that differ from what is `present` go to the stage."""
        from briefgen.pipeline import making
        from briefgen.pipeline.basis import bases
        from briefgen.pipeline.rendering import Rendering

        rendering = Rendering(self.options.root, whole.theme, whole.body, self.disk)
        self.problems.extend(rendering.problems(whole.outputs, self.memo))
        if self.stopped:
            return {}
        # What workers read of the memory must be on disk.
        self.memo.keep()
        last = making.recall(self.memo, str(output))
        maker = making.Maker(rendering, last, present, sources=whole.sources, basis=bases(whole.site), shelf=stage)
        made, problems = maker.make(whole.outputs, self.workers, self.tell)
        self.problems.extend(problems)
        if not problems:
            making.remember(self.memo, str(output), made)
        return {path: one.digest for path, one in made.items()}

    def workers(self, outputs: int) -> int:
        """How many processes to use for so many outputs; a further one pays from some hundreds on."""
        return max(1, min(self.options.jobs or processors(), outputs // OUTPUTS_PER_WORKER))

    def finished(self, report: Report) -> Report:
        """The report with everything that was found."""
        problems = sorted_problems(self.options.root, self.problems, self.disk)
        return replace(report, problems=problems, seconds=time.monotonic() - self.started)
