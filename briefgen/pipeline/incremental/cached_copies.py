"""Private copies → what is known of them and of the quotations in them. Only what has changed is read again."""

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from briefgen.check.proofs import Proofs
from briefgen.kernel.cache import Cache
from briefgen.kernel.stat_cache import StatCache, stamp
from briefgen.load.content import Content, Parsed
from briefgen.load.copies import hash_text, parse_capture, read_copies
from briefgen.load.discover_copies import CAPTURE, TEXT, CopyFiles, FoundCopies, find_copies
from briefgen.model.checks import Capture, CopyInfo
from briefgen.model.content import Id
from briefgen.model.problem import Problem
from briefgen.pipeline.incremental.code_fingerprint import code_fingerprint
from briefgen.pipeline.incremental.context import RunContext
from briefgen.pipeline.incremental.inputs import Inputs

if TYPE_CHECKING:
    from briefgen.pipeline.stages import CheckResult

_Captures = dict[str, tuple[str, Parsed[Capture]]]
"""By file, the digest of its bytes and what they were parsed to."""


def load_copies(
    inputs: Inputs, context: RunContext
) -> tuple[FoundCopies, dict[Id, CopyInfo], tuple[Problem, ...], Inputs]:
    """Return all copies, what is known of those of use, the problems of all, and the inputs as they were read."""
    found = find_copies(inputs.root)
    if not found.files:
        return found, {}, found.problems, inputs
    stats = StatCache(context.cache, "copies")
    key = b"captures " + code_fingerprint("kernel", "load", "model").encode()
    known = context.cache.load(key, _Captures) or {}
    captures: _Captures = {}

    def hash_changed(files: CopyFiles) -> str:
        def read(path: str) -> str:
            stats.look_for_writers(path)
            return hash_text(files, context.disk)

        # `read_copies` calls this for texts that are there only.
        return stats.digest_of(f"{files.path}/{TEXT}", stamp(files.text), read) if files.text else ""

    def parse_changed(files: CopyFiles) -> Parsed[Capture]:
        path = f"{files.path}/{CAPTURE}"
        parsed: Parsed[Capture] | None = None

        def read(path: str) -> str:
            nonlocal parsed
            stats.look_for_writers(path)
            digest, parsed = parse_capture(files, context.disk)
            return digest

        digest = stats.digest_of(path, stamp(files.capture), read) if files.capture else ""
        before = known.get(path)
        if parsed is None:
            parsed = before[1] if before and before[0] == digest else parse_capture(files, context.disk)[1]
        captures[path] = (digest, parsed)
        return parsed

    copies, problems = read_copies(found, hash_changed, parse_changed, context.disk)
    if captures != known:
        context.cache.store(key, captures)
    is_reliable = stats.flush()
    # Such a fingerprint is never equal to that of the next build.
    return found, copies, problems, inputs if is_reliable else replace(inputs, copies="unreliable")


def check_cached(content: Content, day: date, cache: Cache) -> "CheckResult":
    """Check content as every build does, but make no proof again that an earlier run has made."""
    from briefgen.pipeline.stages import check_content

    key = b"proofs " + code_fingerprint("check", "kernel", "model", "quotes").encode()
    known = cache.load(key, Proofs) or Proofs()
    checked = check_content(content, day, known)
    if checked.proofs != known:
        cache.store(key, checked.proofs)
    return checked
