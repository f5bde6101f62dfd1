"""The output folder of a site: what is in it, and how it is brought up to date."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from briefgen.kernel.cache import Cache
from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.kernel.stat_cache import StatCache, stamp
from briefgen.model.problem import Place, Problem
from briefgen.write import changes, manifest
from briefgen.write.changes import Changes
from briefgen.write.stage import Stage

# Files by which version control and hosts keep or mark a folder; a folder with only these may be owned.
_MARKERS = frozenset({".git", ".gitkeep", ".gitignore", ".keep", ".nojekyll", "CNAME", ".DS_Store"})


def files_digest(files: Mapping[str, str]) -> str:
    """Return a digest of files, given as their own digests by path."""
    return digest(msgspec.msgpack.encode(sorted(files.items())))


class OutputFolder:
    """One output folder; `shown` is its path as a user would write it. Paths of files are relative to it, with `/`."""

    def __init__(self, path: Path, root: Path, disk: Disk, cache: Cache | None = None) -> None:
        self.path = path
        self.shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
        self._root = root
        self._disk = disk
        self._stats = StatCache(cache or Cache(None), f"outputs {path}")

    def problems(self) -> list[Problem]:
        """Return a `dangerous-output` problem if a build must not own this folder, which need not exist yet.

        Refused: the project, its content and what surrounds them, the home folder, the file system's root, and a folder
        that holds anything but was not made by briefgen.
        """
        output = self.path
        real, project = output.resolve(), self._root.resolve()
        reason = ""
        if project.is_relative_to(real):
            reason = "the project lies in it"
        elif any(_overlap(real, (project / name).resolve()) for name in ("content", "content/copies", "themes")):
            reason = "it holds what you wrote"
        elif real.is_relative_to(project / ".git") or real.is_relative_to(project / ".briefgen"):
            reason = "it holds records of the project"
        elif _home().is_relative_to(real):
            reason = "the home folder is no output folder"
        elif output.exists() and not output.is_dir():
            reason = "it is not a folder"
        elif not (output / manifest.NAME).is_file() and (foreign := _foreign_files(output)):
            names = ", ".join(foreign[:3]) + (" …" if len(foreign) > 3 else "")
            reason = f"it holds files that briefgen did not write ({names})"
        if not reason:
            return []
        message = f"will not build into {self.shown}: {reason}"
        hint = "choose an empty or a new folder: `output_dir` in content/site.yaml, or --output-dir"
        return [Problem("dangerous-output", message, Place(self.shown), hint)]

    def owned(self) -> dict[str, str] | None:
        """Return the digests by path that the last build recorded in the folder; None if there is no record."""
        return manifest.read(self.path, self._disk)

    def is_unchanged(self, files: str) -> bool:
        """Return whether the folder is as the build left it whose files had this `files_digest`."""
        owned = None if Stage(self.path, self._disk).has_leftovers() else self.owned()
        return owned is not None and files_digest(owned) == files and self.scan(owned, {}) == owned

    def assume_unchanged(self) -> None:
        """Take over the result of `is_unchanged` from another process."""
        self._stats.assume_fresh()

    def scan(self, paths: Collection[str], known: Mapping[str, str]) -> dict[str, str]:
        """Return the digests of what is at these paths, as `changes.scan` does; `known` ones are not looked at."""
        unknown = [path for path in paths if path not in known]
        found = {**known, **self._stats.digests_below(self.path, unknown)}
        if len(found) < len(paths):
            found |= self._scan_thoroughly([path for path in paths if path not in found], paths)
        self._stats.flush()
        return found

    def _scan_thoroughly(self, paths: Iterable[str], among: Collection[str]) -> dict[str, str]:
        """Scan, and look at the folders above the paths as well."""

        def digest_of(path: str, stat: os.stat_result) -> str:
            return self._stats.digest_of(path, stamp(stat), lambda path: self._disk.digest(self.path / path))

        return changes.scan(self.path, paths, among, digest_of)

    def read(self, path: str) -> bytes:
        """Return the bytes of one file."""
        return self._disk.read(self.path / path)

    @contextmanager
    def staging(self, paths: Iterable[str]) -> Iterator[Stage]:
        """Provide a stage for new bytes of these paths. At the end it is removed, whatever happened."""
        stage = Stage(self.path, self._disk)
        try:
            stage.expect(paths)
            yield stage
        finally:
            stage.clear()

    def sync(
        self, stage: Stage, wanted: Mapping[str, str], present: Mapping[str, str], owned: Mapping[str, str]
    ) -> tuple[Changes | None, list[Problem]]:
        """Make the folder hold the `wanted` files and no other file of ours. All mappings are digests by path.

        `present` is the result of a scan of all `wanted` and `owned` paths; `owned` are the files that earlier builds
        wrote. The stage has the bytes of every file that differs. Return the changes, None if there are problems.

        Problems: `foreign-file` where something that is not ours is in the way; then nothing is changed.
        """
        found = changes.find_changes(wanted, present, owned)
        # Before a path is changed, look at it and at the folders above it: one may have become a link.
        current = {**present, **self._scan_thoroughly((*found.write, *found.remove), {**wanted, **owned})}
        if current != present:
            found = changes.find_changes(wanted, current, owned)
        if problems := changes.foreign_problems(found, self.shown):
            return None, problems
        stage.commit(found, wanted, owned)
        for path in found.write:
            self._stats.record(path, stamp(os.lstat(f"{self.path}/{path}")), wanted[path])
        self._stats.flush()
        return found, []


def _overlap(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # a user without a home, as in containers
        return Path("/")


def _foreign_files(output: Path) -> list[str]:
    if not output.is_dir():
        return []
    return sorted(name for name in os.listdir(output) if name not in _MARKERS and not name.startswith(manifest.NAME))  # noqa: PTH208
