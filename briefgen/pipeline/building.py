"""Build a site, or look for everything that is wrong with it."""

import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec.structs import replace

from briefgen.kernel.disk import Disk
from briefgen.kernel.garbage import few_cycles
from briefgen.kernel.lock import held, held_folder
from briefgen.kernel.memo import Memo
from briefgen.kernel.workers import aside, processors
from briefgen.model.content import Config
from briefgen.model.page import Copy
from briefgen.model.problem import Place, Problem, Severity
from briefgen.pipeline.delivery import Delivery, files_digest
from briefgen.pipeline.inputs import Inputs, state, take
from briefgen.pipeline.options import LOCK, Options, Progress, Report
from briefgen.pipeline.standing import Standing, recall, remember
from briefgen.pipeline.tools import Tools, memory, silent
from briefgen.write import folder
from briefgen.write.changes import Changes
from briefgen.write.schemas import SCHEMA_FOLDER
from briefgen.write.stage import Stage

if TYPE_CHECKING:
    from briefgen.pipeline.basis import Basis
    from briefgen.pipeline.making import Made
    from briefgen.pipeline.planning import Planned

# What only some runs need is imported where they need it, because a build has mostly nothing to do.

OUTPUTS_PER_WORKER = 300
OUTPUTS_ASIDE = 1500
"""From so many outputs on, looking at them in another process saves more time than it takes to start one."""


def build(options: Options, progress: Progress | None = None, disk: Disk | None = None) -> Report:
    """Build the site. With any error, or any problem under `strict`, nothing is written.

    Raises:
        Failure: the machine refused something, or another build of this project or into its output folder is under way.
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
        self.base_url: str | None = None
        self.started = time.monotonic()
        self.output_lock = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.output_lock.close()
        self.memo.keep()
        self.memo.close()

    def build(self) -> Report:
        last = recall(self.memo, self.options)
        # Somebody may have removed the schemas, which only a plan brings back.
        if last is None or not (self.options.root / SCHEMA_FOLDER).exists():
            inputs = take(self.options.root, self.tools)
            return self.anew(inputs)
        delivery, self.base_url = self.delivery(Path(last.output)), last.base_url
        self.lock(delivery)

        def stands() -> bytes:
            return b"yes" if delivery.stands(last.files) else b""

        with aside(stands, worth=last.outputs > OUTPUTS_ASIDE) as answer:
            inputs = take(self.options.root, self.tools)
            now = state(self.options, inputs)
            as_left = last.state.around == now.around and answer()
        if as_left and last.state == now:
            return replace(self.report(last.problems, delivery), unchanged=last.outputs)
        if as_left:
            delivery.trust()
            return self.reworded(last, delivery, inputs) or self.anew(inputs, delivery)
        return self.anew(inputs)

    def reworded(self, last: Standing, delivery: Delivery, inputs: Inputs) -> Report | None:
        """The build where only words have changed since the last one; None where more may have."""
        from briefgen.pipeline.kept_pages import KeptPages
        from briefgen.pipeline.making import Record
        from briefgen.pipeline.rewording import rewording

        found = rewording(self.options, last, inputs, self.tools)
        if found is None:
            return None
        left = delivery.owned() or {}
        wanted = left | {path: one.made.digest for path, one in found.items()}

        def make(stage: Stage) -> Mapping[str, str]:
            stage.expect(found)
            for path, one in found.items():
                stage.put(path, one.data)
            return wanted

        done = delivery.deliver(left, left, make).changes
        if done is None:
            return None
        kept, record = KeptPages(self.memo, last.output), Record(self.memo, last.output)
        for one in found.values():
            kept.keep(one.page)
        record.remember_some({path: one.made for path, one in found.items()})
        standing = replace(last, state=state(self.options, inputs), files=files_digest(wanted))
        remember(self.memo, self.options, standing, inputs.content)
        return self.report(last.problems, delivery, done)

    def anew(self, inputs: Inputs, trusted: Delivery | None = None) -> Report:
        """The build where it is not known what has changed; an output folder that is `trusted` is as it was left."""
        from briefgen.pipeline.basis import basis
        from briefgen.pipeline.making import Record
        from briefgen.pipeline.planning import planned

        problems, whole, written = planned(self.options, inputs, self.tools)
        self.problems.extend(problems)
        self.base_url = written.config.base_url if written else None
        output = output_folder(self.options, written.config if written else None)
        as_left = trusted is not None and trusted.output == output
        delivery = trusted if trusted is not None and as_left else self.delivery(output)
        if danger := folder.dangerous(delivery.output, self.options.root, delivery.shown):
            self.problems.append(danger)
        if whole is None or self.stopped:
            return self.finished(delivery)
        if not as_left:
            self.disk.make_folder(delivery.output)
            self.lock(delivery)
        made: dict[str, Made] = {}
        ground = basis(whole.site, whole.parsed)

        def make(stage: Stage) -> Mapping[str, str] | None:
            stage.expect(output.path for output in whole.outputs)
            made.update(self.made(whole, ground, str(delivery.output), present, stage))
            if self.stopped:
                return None
            self.tell("Writing", 0, 0)
            return {path: one.digest for path, one in made.items()}

        ours = delivery.owned() or {}
        wanted = dict.fromkeys((*(output.path for output in whole.outputs), *ours))
        present = delivery.survey(wanted, ours if as_left else {})
        done = delivery.deliver(ours, present, make)
        self.problems.extend(done.problems)
        if done.changes is None:
            return self.finished(delivery)
        self.memo.trim()
        report = self.finished(delivery, done.changes)
        record = Record(self.memo, str(delivery.output)).remember(made, ground)
        files = files_digest({path: one.digest for path, one in made.items()})
        now = state(self.options, inputs)
        standing = Standing(now, str(delivery.output), len(made), files, record, self.base_url, report.problems)
        remember(self.memo, self.options, standing, inputs.content)
        return report

    def check(self) -> Report:
        from briefgen.pipeline.basis import basis
        from briefgen.pipeline.making import Record
        from briefgen.pipeline.planning import planned

        inputs = take(self.options.root, self.tools)
        problems, whole, _ = planned(self.options, inputs, self.tools)
        self.problems.extend(problems)
        if whole is not None and not self.stopped:
            output = str(output_folder(self.options, whole.site.config))
            ground = basis(whole.site, whole.parsed)
            made = self.made(whole, ground, output, {}, None)
            if not self.stopped:
                Record(self.memo, output).remember(made, ground)
        return self.finished()

    def delivery(self, output: Path) -> Delivery:
        """An output folder, as a user would name it."""
        root = self.options.root
        shown = output.relative_to(root).as_posix() if output.is_relative_to(root) else str(output)
        return Delivery(output, shown, self.disk, self.memo)

    def lock(self, delivery: Delivery) -> None:
        """Keep other builds, be they of another project, out of this output folder until the run ends, and no other."""
        self.output_lock.close()
        self.output_lock.enter_context(held_folder(delivery.output, delivery.shown))

    @property
    def stopped(self) -> bool:
        """Whether what was found keeps a build from writing."""
        strict = self.options.strict
        return any(strict or problem.severity is Severity.ERROR for problem in self.problems)

    def made(
        self, whole: "Planned", ground: "Basis", output: str, present: Mapping[str, str], stage: Stage | None
    ) -> "dict[str, Made]":
        """Every output by path; empty if that is not to be. Bytes that are not `present` go to the stage."""
        from briefgen.pipeline.basis import Comparison
        from briefgen.pipeline.kept_pages import KeptPages
        from briefgen.pipeline.making import Maker, Record
        from briefgen.pipeline.rendering import Rendering

        rendering = Rendering(self.options.root, whole.theme, whole.body, self.disk)
        self.problems.extend(rendering.problems(whole.outputs, self.memo))
        if self.stopped:
            return {}
        # What workers read of the memory must be on disk.
        self.memo.keep()
        last = Record(self.memo, output).recall()
        maker = Maker(
            rendering,
            last.made,
            present,
            sources=whole.sources,
            since=Comparison(last.basis, ground),
            places={id: place for place, id in enumerate(whole.site.briefs)},
            notes=whole.notes,
            shelf=stage,
            kept=KeptPages(self.memo, output),
        )
        made, problems = maker.make(whole.outputs, self.workers, self.tell)
        self.problems.extend(problems)
        for copy in (output for output in whole.outputs if isinstance(output, Copy) and output.path in made):
            whole.sources[str(rendering.source(copy))] = made[copy.path].digest
        return made

    def workers(self, work: int) -> int:
        """How many processes to use for so much work, in outputs; a further one pays from some hundreds on."""
        return max(1, min(self.options.jobs or processors(), work // OUTPUTS_PER_WORKER))

    def finished(self, delivery: Delivery | None = None, done: Changes | None = None) -> Report:
        """The report with everything that was found; without a delivery of what it was only looked for."""
        problems = sorted_problems(self.options.root, self.problems, self.disk)
        ok = done is not None if delivery else not self.stopped
        return self.report(problems, delivery, done, ok=ok)

    def report(
        self, problems: tuple[Problem, ...], delivery: Delivery | None, done: Changes | None = None, *, ok: bool = True
    ) -> Report:
        shown, seconds = delivery.shown if delivery else "", time.monotonic() - self.started
        report = Report(problems, ok, shown, seconds=seconds, base_url=self.base_url)
        if done is None:
            return report
        return replace(report, written=done.write, unchanged=len(done.unchanged), removed=done.remove)
