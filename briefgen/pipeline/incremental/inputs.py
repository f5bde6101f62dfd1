"""All files that a build reads: content, static files and site themes. Only those with a new stat are read again."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from stat import S_ISREG

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.kernel.stat_cache import StatCache, stamp
from briefgen.load.discover import CONTENT, MAX_SIZE, Discovery, discover
from briefgen.load.discover_copies import copies_fingerprint
from briefgen.model.failure import Failure
from briefgen.pipeline.incremental.code_fingerprint import code_fingerprint
from briefgen.pipeline.incremental.context import RunContext
from briefgen.pipeline.options import Options
from briefgen.render import site_theme

MAX_CHANGED_FILES = 50  # with more, a full build is as fast as one of bodies alone


class Inputs(Struct, frozen=True):
    """The files of a project, and a digest of each: of content by its path from the project's root, of others by path.

    A file may change while a build reads it. So each reader returns the digests of the bytes that it got, and the
    fingerprint of a build is taken of these.
    """

    root: Path
    discovery: Discovery
    content: Mapping[str, str]
    others: Mapping[str, str]  # static files, and all site themes that there are
    copies: str = ""  # a fingerprint of the stats of private copies, which are many: see `copies_fingerprint`

    def with_others(self, read: Mapping[str, str]) -> "Inputs":
        """Return the inputs with the digests of other files as they were read."""
        return replace(self, others={**self.others, **read})


class InputFingerprint(Struct, frozen=True):
    """Digests of all that a build depends on: of what content files hold, of private copies, and of everything else."""

    content: str
    copies: str
    rest: str

    def has_same_rest(self, other: "InputFingerprint") -> bool:
        """Return whether both are equal but for what content files hold."""
        return (self.copies, self.rest) == (other.copies, other.rest)


def scan_inputs(root: Path, context: RunContext) -> Inputs:
    """Return the inputs of a project as they are now.

    If nothing is known from earlier builds, content is read only once, when it is parsed; until then its digests are
    empty, and `context.deferred_stats` is where to record them.
    """
    stats, found = StatCache(context.cache, "inputs"), discover(root)
    is_unread = stats.is_empty and context.cache.is_persistent

    def read(path: str) -> str:
        stats.look_for_writers(path)
        return context.disk.digest(path)

    if is_unread:
        for file in found.files:
            stats.look_for_writers(file.path)
    content = {file.file: "" if is_unread else stats.digest_of(file.path, file.stat, read) for file in found.files}
    paths = [str(root / static.file) for static in found.statics]
    for folder in (root / "themes", site_theme.shipped()):
        paths.extend(_site_theme_files(folder))
    others = {path: _digest(path, stats, read) for path in sorted(paths)}
    context.deferred_stats = stats if is_unread else None
    if not is_unread:
        stats.flush()
    return Inputs(root, found, content, others, copies_fingerprint(root))


def rescan_files(root: Path, inputs: Inputs, paths: Collection[str]) -> Inputs | None:
    """Return the inputs after changes of content files at these absolute paths; None if more has changed."""
    if len(paths) > MAX_CHANGED_FILES:
        return None
    top = os.path.realpath(root / CONTENT)
    known = {file.file: file for file in inputs.discovery.files}
    content = dict(inputs.content)
    for path in paths:
        name = f"{CONTENT}{path.removeprefix(top)}" if path.startswith(top + os.sep) else ""
        file = known.get(name)
        data = _read(file.path) if file else None
        if data is not None:
            content[name] = digest(data)
        elif file or not name or not _came_and_went(path, name, inputs):
            return None
    return replace(inputs, content=content)


def store_content_digests(inputs: Inputs, content: Mapping[str, str], context: RunContext) -> None:
    """Store the digests (by file) of content that was read for the first time, so that the next build need not."""
    if context.deferred_stats is not None:
        for file in inputs.discovery.files:
            context.deferred_stats.record(file.path, file.stat, content[file.file], was_read=True)
        context.deferred_stats.flush()
        context.deferred_stats = None


def input_fingerprint(options: Options, inputs: Inputs) -> InputFingerprint:
    """Return a fingerprint that is equal as long as a build with these options would give the same site."""
    settings = {name: str(getattr(options, name)) for name in sorted(options.__struct_fields__) if name != "jobs"}
    rest = (
        code_fingerprint(
            "check",
            "kernel",
            "load",
            "locale",
            "model",
            "pipeline",
            "plan",
            "quotes",
            "render",
            "search",
            "views",
            "write",
        ),
        settings,
        [file.file for file in inputs.discovery.files],
        inputs.discovery.statics,
        inputs.discovery.problems,
        inputs.others,
    )
    return InputFingerprint(
        digest(msgspec.msgpack.encode(inputs.content)), inputs.copies, digest(msgspec.msgpack.encode(rest))
    )


def _digest(path: str, stats: StatCache, read: Callable[[str], str]) -> str:
    """Return the digest of a file, or an empty one if it cannot be read; the stage that needs it reports that."""
    try:
        status = os.stat(path)  # noqa: PTH116 (faster, and called for each of many files)
        # A pipe or a device may have no end.
        return stats.digest_of(path, stamp(status), read) if S_ISREG(status.st_mode) else ""
    except (OSError, Failure):
        return ""


def _site_theme_files(folder: Path) -> Iterator[str]:
    """Yield all files of the site themes in a folder; each site theme, and its two folders, may be a link."""
    for theme in site_theme.names((folder,)):
        yield f"{folder}/{theme}/{site_theme.MANIFEST}"
        for part in ("templates", "assets", "messages"):
            for where, _, names in os.walk(f"{folder}/{theme}/{part}"):
                yield from (f"{where}/{name}" for name in names)


def _came_and_went(path: str, name: str, inputs: Inputs) -> bool:
    """Return whether a file was not there before and is gone again, like the temporary files of editors."""
    before = (
        *inputs.content,
        *(static.file for static in inputs.discovery.statics),
        *(problem.at.file for problem in inputs.discovery.problems),
    )
    return not os.path.lexists(path) and not any(other == name or other.startswith(f"{name}/") for other in before)


def _read(path: str) -> bytes | None:
    try:
        status = os.lstat(path)
        if not S_ISREG(status.st_mode) or status.st_size > MAX_SIZE:
            return None
        return Path(path).read_bytes()
    except OSError:
        return None
