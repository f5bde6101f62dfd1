"""The JSON Schemas of a project's content, as files that editors read."""

import os
from collections.abc import Mapping
from pathlib import Path

from briefgen.kernel.disk import Disk

SCHEMA_FOLDER = Path(".briefgen", "schema")


def write_schemas(schemas: Mapping[str, Mapping[str, object]], folder: Path, disk: Disk) -> tuple[Path, ...]:
    """Write those schemas into a folder that are not there as they should be, and return the paths of all.

    Raises:
        Failure: the machine refused to write.
    """
    import json  # late, as a build with nothing to do reads this module, too

    paths = []
    for name, schema in schemas.items():
        path = folder / f"{name}.json"
        data = f"{json.dumps(schema, indent=2, ensure_ascii=False)}\n".encode()
        if not path.is_file() or disk.read(path) != data:
            _replace(path, data, disk)
        paths.append(path)
    return tuple(paths)


def _replace(path: Path, data: bytes, disk: Disk) -> None:
    """Replace a file in one step, even if another process does the same."""
    disk.make_folder(path.parent)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        disk.write(aside, data)
        disk.replace(aside, path)
    except BaseException:
        disk.remove(aside)
        raise
