"""The JSON Schemas of a project's content, as files that editors read."""

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
            disk.write_atomically(path, data)
        paths.append(path)
    return tuple(paths)
