"""Outputs on their way to the output folder: written to a stage first, then moved into place, all or nothing.

A build that fails while it renders has changed nothing. A build that is killed while it moves files leaves the intent
in the manifest, and the next one completes the work.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from briefgen.kernel.disk import Disk
from briefgen.write import manifest
from briefgen.write.changes import Changes

FOLDER = f"{manifest.NAME}.stage"
_NEW = "new"


class Stage:
    """The stage: a folder inside the output folder, so that moving a file is one step."""

    def __init__(self, output: Path, disk: Disk) -> None:
        self.output = output
        self.folder = output / FOLDER
        self.disk = disk
        self._numbers: dict[str, int] = {}
        self._new: frozenset[str] = frozenset()
        self._made: set[str] = set()

    def expect(self, paths: Iterable[str]) -> None:
        """Prepare the stage for these paths; then `put` or `copy` may be called for each, in any process."""
        self.clear()
        listed = tuple(paths)
        tops = {path.partition("/")[0] for path in listed if "/" in path}
        # A folder that is not there yet is moved as a whole, so its files have their final layout on the stage.
        self._new = frozenset(top for top in tops if not os.path.lexists(self.output / top))
        others = (path for path in listed if path.partition("/")[0] not in self._new)
        self._numbers = {path: number for number, path in enumerate(others)}
        self.disk.make_folder(self.folder)

    def put(self, path: str, data: bytes) -> None:
        """Keep the bytes that belong at `path`."""
        self.disk.write(self._ready(path), data)

    def read(self, path: str) -> bytes:
        """Return the bytes that are kept for a path."""
        return self.disk.read(self._aside(path))

    def copy(self, path: str, source: Path) -> str:
        """Keep a copy of a file that belongs at `path`, and return the digest of what was copied."""
        return self.disk.copy(source, self._ready(path))

    def _ready(self, path: str) -> str:
        """Return where the bytes for `path` are kept, once its folder is there."""
        held = self._aside(path)
        folder = held.rpartition("/")[0]
        if folder not in self._made:
            self.disk.make_folder(folder)
            self._made.add(folder)
        return held

    def _aside(self, path: str) -> str:
        if path.partition("/")[0] in self._new:
            return f"{self.folder}/{_NEW}/{path}"
        return f"{self.folder}/{self._numbers[path]}"

    def commit(self, found: Changes, wanted: Mapping[str, str], ours: Iterable[str]) -> None:
        """Make the output folder hold the `wanted` files (path → digest); the stage has those in `found.write`."""
        if found.write or found.remove:
            intent = dict.fromkeys(ours, "")
            intent.update(dict.fromkeys(wanted, ""))
            self.disk.make_folder(self.output)
            manifest.record(self.output, intent, self.disk)
        for path in found.remove:
            self._remove(path)
        moved = {top for top in sorted(self._new) if self._move_folder(top)}
        folders: set[Path] = set()
        for path in found.write:
            if path.partition("/")[0] in moved:
                continue
            target = self.output / path
            if target.parent not in folders:
                self.disk.make_folder(target.parent)
                folders.add(target.parent)
            if target.is_dir():
                self._remove_empty(target)
            self.disk.replace(self._aside(path), target)
        current = manifest.read(self.output, self.disk)
        if current != wanted:
            self.disk.make_folder(self.output)
            manifest.record(self.output, dict(wanted), self.disk)
        self.clear()

    def has_leftovers(self) -> bool:
        """Return whether a killed build left a stage or an unfinished manifest."""
        return self.folder.is_dir() or (self.output / manifest.NEW).is_file()

    def clear(self) -> None:
        """Remove the stage of this build or of a killed one."""
        unfinished = self.output / manifest.NEW
        if unfinished.is_file() and not unfinished.is_symlink():
            self.disk.remove(unfinished)
        if self.folder.is_symlink():
            # Builds make no links here, so the folder behind the link is not ours.
            self.disk.remove(self.folder)
        if self.folder.is_dir():
            self._remove_all(self.folder)
        self._numbers.clear()
        self._made.clear()

    def _move_folder(self, top: str) -> bool:
        """Move a new folder into place as a whole. Return False if there is none, or one is in place by now."""
        held = self.folder / _NEW / top
        if not held.is_dir() or os.path.lexists(self.output / top):
            return False
        self.disk.replace(held, self.output / top)
        return True

    def _remove_all(self, folder: Path) -> None:
        for held in folder.iterdir():
            if held.is_dir() and not held.is_symlink():
                self._remove_all(held)
            else:
                self.disk.remove(held)
        self.disk.remove_folder(folder)

    def _remove(self, path: str) -> None:
        target = self.output / path
        self.disk.remove(target)
        folder = target.parent
        while folder != self.output and self.disk.remove_folder(folder):
            folder = folder.parent

    def _remove_empty(self, target: Path) -> None:
        """Remove a folder that holds only empty folders, as `changes.scan` has checked."""
        for below in target.iterdir():
            self._remove_empty(below)
        self.disk.remove_folder(target)
