"""The output folder of a build: what lies in it, and how it becomes what is wanted."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec
from msgspec import Struct

from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.kernel.file_digests import FileDigests
from briefgen.kernel.memo import Memo
from briefgen.model.problem import Problem
from briefgen.write import changes as diff
from briefgen.write import folder, manifest
from briefgen.write.changes import Changes
from briefgen.write.stage import Stage


def files_digest(files: Mapping[str, str]) -> str:
    """Equal for equal digests by path."""
    return digest(msgspec.msgpack.encode(sorted(files.items())))


class Delivered(Struct, frozen=True):
    """What was done. With `changes` None nothing was."""

    changes: Changes | None
    problems: tuple[Problem, ...] = ()


class Delivery:
    """One output folder; `shown` is how a user would name it."""

    def __init__(self, output: Path, shown: str, disk: Disk, memo: Memo) -> None:
        self.output = output
        self.shown = shown
        self.disk = disk
        self.stage = Stage(output, disk)
        self._digests = FileDigests(memo, f"outputs {output}")

    def stands(self, files: str) -> bool:
        """Whether the folder is as a build left it; `files` is the `files_digest` of what that build wanted."""
        left = None if self.stage.leftovers() else self.owned()
        return left is not None and files_digest(left) == files and self.survey(left) == left

    def owned(self) -> dict[str, str] | None:
        """Digests by path as the last build recorded them; None if there is no record."""
        found = manifest.read(self.output, self.disk)
        return found.files if found else None

    def trust(self) -> None:
        """Take it from another process that everything `stands`."""
        self._digests.trust()

    def survey(self, paths: Collection[str], known: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
        """Digests of what lies at these paths, see `folder.survey`; those that are `known` are not looked at."""
        unknown = [path for path in paths if path not in known] if known else paths
        found = {**known, **self._digests.recognised(self.output, unknown)}
        if len(found) < len(paths):
            found |= self._looked_at([path for path in paths if path not in found], paths)
        self._digests.keep()
        return found

    def _looked_at(self, paths: Iterable[str], among: Collection[str]) -> dict[str, str]:
        """As `survey`, with a look at the folders above them as well."""

        def digest_of(path: str, status: os.stat_result) -> str:
            return self._digests.of(path, status, self._digest)

        return folder.survey(self.output, paths, among, digest_of)

    def _digest(self, path: str) -> str:
        return self.disk.digest(self.output / path)

    def deliver(
        self, ours: Mapping[str, str], present: Mapping[str, str], make: Callable[[Stage], Mapping[str, str] | None]
    ) -> Delivered:
        """Bring the folder up to date. Whatever goes wrong, nothing stays aside.

        `ours` are the paths that builds wrote, `present` has digests of what is there. `make` puts the bytes of what
        differs on the stage and returns the digests of everything that is wanted, or None if nothing is to be done.
        """
        try:
            wanted = make(self.stage)
            if wanted is None:
                return Delivered(None)
            found = diff.changes(wanted, present, ours)
            # Where something is going to be done, it matters whether a link leads there.
            there = {**present, **self._looked_at((*found.write, *found.remove), {**wanted, **ours})}
            if there != present:
                found = diff.changes(wanted, there, ours)
            if problems := diff.foreign_problems(found, self.shown):
                return Delivered(None, tuple(problems))
            self.stage.commit(found, wanted, ours)
            top = str(self.output)
            for path in found.write:
                self._digests.note(path, os.lstat(f"{top}/{path}"), wanted[path])
            self._digests.keep()
            return Delivered(found)
        finally:
            self.stage.clear()
