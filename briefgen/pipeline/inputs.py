"""Everything that a build reads, recognised by stat where possible: content, static files and site themes."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from stat import S_ISREG

import msgspec
from msgspec import Struct

from briefgen.kernel.digest import digest
from briefgen.kernel.file_digests import FileDigests
from briefgen.load.discover import Discovery, discover
from briefgen.model.problem import Failure
from briefgen.pipeline.engine import engine
from briefgen.pipeline.options import Options
from briefgen.pipeline.tools import Tools
from briefgen.render import site_theme


class Inputs(Struct, frozen=True):
    """What lies there, and the digest of each file: of content by its path from the project's root.

    Files may change while a build reads them. Whoever reads one notes the digest of the bytes that it got, so that in
    the end these are the inputs that the build was made of. Where nothing is known from earlier builds, no content file
    is read twice: its digest is empty until somebody has read it, and `unread` waits for all of them.
    """

    discovery: Discovery
    content: dict[str, str]
    others: dict[str, str]  # static files, and all site themes that there are
    unread: "Unread | None" = None

    def have_been_read(self) -> None:
        """Recognise the content files from now on."""
        if self.unread is not None:
            for file in self.discovery.files:
                self.unread.known.note(file.path, file.stat, self.content[file.file], self.unread.since)
            self.unread.known.keep()


class Unread(Struct, frozen=True):
    """Who is to know the digests of files once they are read, and when none was; nanoseconds."""

    known: FileDigests
    since: int


def take(root: Path, tools: Tools) -> Inputs:
    """A project's inputs as they are now. Only files that are not recognised by their stat are read.

    Raises:
        Failure: the machine refused to read a content file.
    """
    since, found = time.time_ns(), discover(root)
    known = FileDigests(tools.memo, "inputs")
    unread = Unread(known, since) if known.blank and tools.memo.lasting else None

    def digest_of(path: str) -> str:
        known.look_for_writers(path)
        return tools.disk.digest(path)

    if unread:
        for file in found.files:
            known.look_for_writers(file.path)
    content = {file.file: "" if unread else known.of(file.path, file.stat, digest_of) for file in found.files}
    paths = [str(root / static.file) for static in found.statics]
    for folder in (root / "themes", site_theme.shipped()):
        paths.extend(_below(folder))
    others = {path: _digest(path, known, digest_of) for path in sorted(paths)}
    if unread is None:
        known.keep()
    return Inputs(found, content, others, unread)


class State(Struct, frozen=True):
    """All that a build depends on, as two digests: of what content files hold, and of everything else."""

    content: str
    around: str


def state(options: Options, inputs: Inputs) -> State:
    """Equal as long as a build with these options would do the same."""
    asked = {name: str(getattr(options, name)) for name in sorted(options.__struct_fields__) if name != "jobs"}
    everything = (
        engine("check", "kernel", "load", "model", "pipeline", "plan", "render", "write"),
        asked,
        [file.file for file in inputs.discovery.files],
        inputs.discovery.statics,
        inputs.discovery.problems,
        inputs.others,
    )
    return State(digest(encoded_content(inputs.content)), digest(msgspec.msgpack.encode(everything)))


def encoded_content(content: Mapping[str, str]) -> bytes:
    """Digests by content file, as bytes."""
    return msgspec.msgpack.encode(content)


def _digest(path: str, known: FileDigests, digest_of: Callable[[str], str]) -> str:
    """Empty where the file cannot be read: whoever needs it will say so."""
    try:
        status = os.stat(path)  # noqa: PTH116 (quicker, and 10,000 times)
        # A pipe or a device may have no end.
        return known.of(path, status, digest_of) if S_ISREG(status.st_mode) else ""
    except (OSError, Failure):
        return ""


def _below(folder: Path) -> Iterator[str]:
    """All that site themes are read from; each of them, and its two folders, may be a link."""
    for theme in site_theme.names((folder,)):
        yield f"{folder}/{theme}/{site_theme.MANIFEST}"
        for part in ("templates", "assets"):
            for where, _, names in os.walk(f"{folder}/{theme}/{part}"):
                yield from (f"{where}/{name}" for name in names)
