"""All outputs of a plan, each made only if it differs from the last build; over several processes if that pays."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.cache import Cache
from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.kernel.workers import parallel_map, process_count
from briefgen.model.page import Constant, Copy, Output, Page
from briefgen.model.problem import Problem
from briefgen.pipeline.incremental.body_fast_path import bodies_of
from briefgen.pipeline.incremental.output_records import (
    OutputRecord,
    PageFingerprint,
    page_fingerprint,
    share_values,
    view_cache_key,
)
from briefgen.pipeline.incremental.view_invalidation import ViewInvalidation
from briefgen.pipeline.options import Progress
from briefgen.pipeline.stages import OutputRenderer, Plan
from briefgen.render.html import RenderError
from briefgen.write.stage import Stage

OUTPUTS_PER_WORKER = 300  # from this number on, another process saves more time than its start takes
BRIEFS_PER_OUTPUT = 10  # listing this many briefs takes as long as making a typical page
# Of a batch all views are made before the first is rendered: a processor repeats one step faster than it changes.
OUTPUTS_PER_BATCH = 32
BATCHES_PER_PROCESS = 16  # of each page kind: enough that all processes end at about the same time
MAX_VIEW_SIZE = 100_000  # in bytes; a larger view, as of a long list, is made again faster than cached

_encode = msgspec.msgpack.Encoder().encode


class PreviousState(Struct, frozen=True):
    """What earlier builds left: records, and digests of files in the output folder, both by path from there.

    `inputs` has the digests of files that may be copied, by their path.
    """

    records: Mapping[str, OutputRecord]
    invalidation: ViewInvalidation
    present: Mapping[str, str]
    inputs: Mapping[str, str]


class OutputBuilder:
    """Makes the outputs of a plan. Without a stage it only finds out whether every page can be made."""

    def __init__(
        self, plan: Plan, renderer: OutputRenderer, last: PreviousState, cache: Cache, stage: Stage | None
    ) -> None:
        self._plan = plan
        self._renderer = renderer
        self._last = last
        self._cache = cache
        self._stage = stage
        self._over_limit: dict[str, Problem] = {}  # by template, the first page that exceeded a limit
        self._positions = {id: position for position, id in enumerate(plan.site.briefs)}

    def build(
        self, prefetch: Callable[[Iterable[str]], None], jobs: int | None, progress: Progress
    ) -> tuple[dict[str, OutputRecord], list[Problem]]:
        """Return the records of all outputs by path, and the problems of templates.

        `prefetch` is called with the content files whose bodies are needed next; `jobs` limits the number of processes.
        """
        records: dict[str, OutputRecord] = {}
        problems: dict[Problem, None] = {}
        pending: list[Output] = []
        positions = tuple(self._positions.values())
        for output in self._plan.outputs:
            if (record := self._valid_record(output)) is None:
                pending.append(output)
            else:
                records[output.path] = record
        count = process_count(sum(map(self._work, pending)), OUTPUTS_PER_WORKER, jobs)
        # Files of data come first, since they take much memory, of which least is used now; then the longest batches,
        # so that no process is still busy when the others have finished.
        batches = sorted(
            _batches(pending, count), key=lambda batch: (not any(map(_is_data, batch)), -sum(map(self._work, batch)))
        )
        build_batch = partial(self._build_batch, prefetch=prefetch)
        for batch, answer in parallel_map(build_batch, batches, count, self._cache.flush):
            for output, found in zip(batch, _decode(answer), strict=True):
                if isinstance(found, _Failed):
                    problems[found.problem] = None
                else:
                    records[output.path] = share_values(found, positions)
            progress("Rendering", len(records), len(self._plan.outputs))
        return records, list(problems)

    def _work(self, output: Output) -> int:
        """Return how long an output takes, as a multiple of a typical one: lists take longer."""
        record = self._last.records.get(output.path)
        return 1 + len(record.briefs) // BRIEFS_PER_OUTPUT if record else 1

    def _build_batch(self, batch: Sequence[Output], prefetch: Callable[[Iterable[str]], None]) -> bytes:
        outputs = [self._prepare(output) if isinstance(output, Page) else output for output in batch]
        prefetch(output.page.origin for output in outputs if isinstance(output, _PendingPage))
        return _encode(list(map(self._finish, outputs)))

    def _valid_record(self, output: Output) -> OutputRecord | None:
        """Return the record of an output that need not be made, if that is certain without its view."""
        if isinstance(output, Page):
            record = self._record_in_place(output)
            before = record.fingerprint if record else None
            if record is None or before is None or not self._last.invalidation.is_valid(output, record.briefs):
                return None
            return record if before == page_fingerprint(self._renderer, output, before.view) else None
        if isinstance(output, Copy):
            known = self._last.inputs.get(str(self._renderer.source(output)))
            in_place = self._stage is None or known == self._last.present.get(output.path)
            return OutputRecord(known) if known and in_place else None
        return None

    def _record_in_place(self, page: Page) -> OutputRecord | None:
        """Return the record of a page if the file that it describes is in the output folder."""
        record = self._last.records.get(page.path)
        if record is None or record.fingerprint is None or bool(record.markdown) is not page.has_markdown:
            return None
        present = self._last.present
        is_in_place = record.digest == present.get(page.path) and record.markdown == present.get(page.markdown, "")
        return record if self._stage is None or is_in_place else None

    def _prepare(self, page: Page) -> "_PendingPage | OutputRecord":
        """Return a page with its view; or its record if the file in the output folder is what that would give."""
        view, names = self._plan.dependencies.collect(page.view)
        encoded = _encode(view)
        fingerprint = page_fingerprint(self._renderer, page, digest(encoded))
        briefs = tuple(sorted(map(self._positions.__getitem__, names)))
        record = self._record_in_place(page)
        if record is not None and record.fingerprint == fingerprint:
            return replace(record, briefs=briefs)
        return _PendingPage(page, view, encoded, fingerprint, briefs)

    def _finish(self, pending: "_PendingPage | OutputRecord | Copy | Constant") -> "OutputRecord | _Failed":
        match pending:
            case OutputRecord():
                return pending
            case Copy():
                source = self._renderer.source(pending)
                return OutputRecord(self._stage.copy(pending.path, source) if self._stage else Disk().digest(source))
            case Constant():
                return OutputRecord(self._put(pending.path, pending.content))
            case _:
                return self._render(pending)

    def _render(self, pending: "_PendingPage") -> "OutputRecord | _Failed":
        template = pending.page.template
        if (problem := self._over_limit.get(template)) is not None:
            # Most pages of a template exceed a limit in the same way, and each may take a second until it does.
            return _Failed(problem)
        try:
            page = replace(pending.page, view=lambda: pending.view)
            names = [self._put(path, data) for path, data in self._renderer.files(page).items()]
        except RenderError as error:
            if error.problem.code == "template-limit":
                self._over_limit[template] = error.problem
            return _Failed(error.problem)
        record = OutputRecord(names[0], pending.fingerprint, names[1] if page.has_markdown else "", pending.briefs)
        if len(pending.encoded) > MAX_VIEW_SIZE or not bodies_of(pending.view):
            return record
        self._cache.put(view_cache_key(pending.fingerprint.view), pending.encoded)
        return replace(record, view_type=type(pending.view).__name__)

    def _put(self, path: str, data: bytes) -> str:
        """Put the bytes of an output onto the stage if they are not in the output folder. Return their digest."""
        name = digest(data)
        if self._stage is not None and name != self._last.present.get(path):
            self._stage.put(path, data)
        return name


class _PendingPage(Struct, frozen=True):
    """A page with its view, not rendered yet."""

    page: Page
    view: Struct
    encoded: bytes  # the view
    fingerprint: PageFingerprint
    briefs: tuple[int, ...]


class _Failed(Struct, frozen=True, array_like=True, tag=True):
    problem: Problem


def _is_data(output: Output) -> bool:
    """Return whether an output may list all that the site has."""
    return isinstance(output, Page) and output.format in ("data", "csv", "csl", "bibtex", "ris")


def _batches(outputs: Iterable[Output], processes: int) -> Iterator[Sequence[Output]]:
    """Yield the outputs in batches of neighbours, because what these show is close together in memory."""
    for _, group in groupby(outputs, key=lambda output: output.kind if isinstance(output, Page) else ""):
        # Of a kind with few pages, each may be a long list.
        alike = tuple(group)
        size = max(1, min(OUTPUTS_PER_BATCH, len(alike) // (BATCHES_PER_PROCESS * processes)))
        yield from (alike[start : start + size] for start in range(0, len(alike), size))


# Made once, because analysing a union takes ten times as long as decoding one.
_decode = msgspec.msgpack.Decoder(list[OutputRecord | _Failed]).decode
