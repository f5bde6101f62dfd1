"""Removal of what builds made, and of nothing else."""

from pathlib import Path

from briefgen.kernel.disk import Disk
from briefgen.kernel.lock import hold_folder, hold_lock
from briefgen.load.content import parse_yaml
from briefgen.pipeline.options import CONFIG, LOCK, SCHEMA_FOLDER, usable_output
from briefgen.write import manifest
from briefgen.write.changes import Changes, scan
from briefgen.write.stage import Stage


def clean(root: Path, output_dir: Path | None = None) -> tuple[str, ...]:
    """Remove the files that builds wrote into the output folder, and the cache. Return the paths of the files.

    Files of others stay, and so do the output folder itself and the schemas that editors read.

    Raises:
        Failure: the machine refused something, or a build is under way.
    """
    disk = Disk()
    with hold_lock(root / LOCK):
        output = output_dir or root / _configured(root, disk)
        with hold_folder(output, str(output)):
            removed = _remove_outputs(output, disk)
        cache = root / ".briefgen"
        for path in sorted(cache.rglob("*"), reverse=True) if cache.is_dir() and not cache.is_symlink() else ():
            if path.parent == root / SCHEMA_FOLDER and path.suffix == ".json":
                continue
            if path.is_dir() and not path.is_symlink():
                disk.remove_folder(path)
            else:
                disk.remove(path)
        disk.remove_folder(cache)
    return removed


def _remove_outputs(output: Path, disk: Disk) -> tuple[str, ...]:
    owned = manifest.read(output, disk)
    present = scan(output, owned, owned, lambda *_: "") if owned else {}
    # A file behind a link, or one that is no plain file, was not written by a build.
    removed = tuple(sorted(path for path, digest in present.items() if not digest and path in (owned or ())))
    stage = Stage(output, disk)
    if owned is not None:
        stage.commit(Changes(remove=removed), {}, owned)
        disk.remove(output / manifest.NAME)
    stage.clear()
    return removed


def _configured(root: Path, disk: Disk) -> str:
    """Return the output folder that the project names, or the default if its configuration cannot be read."""
    path = root / CONFIG
    raw, _ = parse_yaml(disk.read(path), CONFIG) if path.is_file() else ({}, ())
    return usable_output(raw.get("output_dir") if isinstance(raw, dict) else None)
