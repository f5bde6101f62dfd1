"""The schema files that the first line of each new content file points to."""

import json
from collections.abc import Mapping
from pathlib import Path

from briefgen.scaffold import files

SCHEMA_FOLDER = Path(".briefgen", "schema")


def write_schemas(schemas: Mapping[str, Mapping[str, object]], folder: Path) -> tuple[Path, ...]:
    """The files, one for each schema, that are now in `folder`.

    Raises: Failure.
    """
    written = []
    for name, schema in schemas.items():
        path = folder / f"{name}.json"
        files.replace(path, json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
        written.append(path)
    return tuple(written)
