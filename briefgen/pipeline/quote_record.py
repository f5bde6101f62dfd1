"""`content/checks.yaml`: the record of which quotations copies have, and of what was published."""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.check.check_record import make_record
from briefgen.check.published import record_published
from briefgen.kernel.disk import Disk
from briefgen.kernel.record_file import write_record
from briefgen.kernel.stat_cache import StatCache, stamp
from briefgen.load.content import parse
from briefgen.model.checks import Checks, SourceCheck
from briefgen.model.content import Id
from briefgen.model.problem import Place, Problem
from briefgen.model.site import Site
from briefgen.pipeline.incremental.cached_content import ContentCache
from briefgen.pipeline.incremental.cached_copies import check_cached
from briefgen.pipeline.incremental.context import RunContext, open_context
from briefgen.pipeline.incremental.inputs import scan_inputs
from briefgen.pipeline.options import Options
from briefgen.pipeline.report import has_blocking

RECORD_FILE = "content/checks.yaml"
_RESULTS = ("absent-quote", "wrong-check")
_COMMENT = "Which quotations were found in copies, and what was published; written by `briefgen check --record`."


class QuoteRecord(Struct, frozen=True):
    """What became of the record, and the captured files that are not what was captured."""

    state: Literal["written", "up to date", "refused"]
    problems: tuple[Problem, ...] = ()


def record_quotations(options: Options, disk: Disk | None = None) -> QuoteRecord:
    """Check all quotations, and write the record if it is another now; with errors, as silent edits, write nothing.

    Raises:
        Failure: the machine refused something.
    """
    disk = disk or Disk()
    with open_context(options.root, disk=disk) as context:
        content, _ = ContentCache(context).load(scan_inputs(options.root, context), options.jobs)
        checked = check_cached(content, options.day, context.cache)
        site = content.site
        # Absent words are a result like others, and what errors hide might be missing in the record.
        if site is None or has_blocking(each for each in checked.problems if each.code not in _RESULTS):
            return QuoteRecord("refused")
        captured, problems = _hash_captured_files(options.root, site, context)
        if problems:
            return QuoteRecord("refused", problems)
        sources = make_record(site, checked.proofs, content.text, captured, options.day)
        record = Checks(sources=sources, published=record_published(site, options.day))
        is_new = _write(options.root / RECORD_FILE, record, disk)
        return QuoteRecord("written" if is_new else "up to date")


def update_quote_record(
    root: Path, change: Callable[[tuple[SourceCheck, ...]], tuple[SourceCheck, ...]], disk: Disk
) -> bool:
    """Change the entries of the record, if there is one without mistakes. Return whether it was written.

    Raises:
        Failure: the machine refused something.
    """
    path = root / RECORD_FILE
    if not path.is_file():
        return False
    document = parse("checks", "checks", RECORD_FILE, disk.read(path)).document
    if document is None:
        return False
    return _write(path, replace(document.data, sources=change(document.data.sources)), disk)


def _write(path: Path, record: Checks, disk: Disk) -> bool:
    return write_record(path, _COMMENT, {"sources": [], **msgspec.to_builtins(record)}, disk)


def _hash_captured_files(root: Path, site: Site, context: RunContext) -> tuple[dict[Id, str], tuple[Problem, ...]]:
    """Return the SHA-256 of the captured files of sources, and a problem for each that is another one now."""
    stats = StatCache(context.cache, "captured files")
    captured: dict[Id, str] = {}
    problems: list[Problem] = []

    def read(path: str) -> str:
        stats.look_for_writers(path)
        state = sha256()
        for part in context.disk.parts(path):
            state.update(part)
        return state.hexdigest()

    for id, copy in site.copies.items():
        name = copy.capture.file
        path = f"{root}/{copy.folder}/{name}"
        status = _stat(path) if name and copy.capture.sha256 and id in site.sources else None
        if status is not None:
            captured[id] = stats.digest_of(path, stamp(status), read)
            if captured[id] != copy.capture.sha256:
                message = "this is not the file that was captured: capture.yaml has another `sha256`"
                hint = "restore it, or remove the folder and capture the source again"
                problems.append(Problem("changed-copy", message, Place(f"{copy.folder}/{name}"), hint))
    stats.flush()
    return captured, tuple(problems)


def _stat(path: str) -> os.stat_result | None:
    """Return the stat of a file; None if there is none, or no plain one."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found if S_ISREG(found.st_mode) else None
