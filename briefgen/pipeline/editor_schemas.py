"""The JSON Schemas of a project's content, as files that text editors read. No build depends on them."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from briefgen.kernel.disk import Disk
from briefgen.load.schema import schemas
from briefgen.model.failure import Failure
from briefgen.model.site import Site
from briefgen.pipeline.incremental.cached_content import read_site
from briefgen.pipeline.options import SCHEMA_FOLDER
from briefgen.render.data import render_json


def make_schemas(root: Path) -> dict[str, dict[str, object]]:
    """Return JSON Schemas of `site.yaml` and of each kind of front matter, with this site's ids, by name."""
    return schemas(read_site(root))


def write_schemas(schemas: Mapping[str, Mapping[str, object]], folder: Path, disk: Disk) -> tuple[Path, ...]:
    """Write those schemas into a folder that are not there as they should be, and return the paths of all."""
    paths = []
    for name, schema in schemas.items():
        path = folder / f"{name}.json"
        data = render_json(schema, indent=2)
        if not path.is_file() or disk.read(path) != data:
            disk.write_atomically(path, data)
        paths.append(path)
    return tuple(paths)


def update_schemas(root: Path, site: Site | None, disk: Disk) -> None:
    """Bring the schema files of a project up to date, if its site could be read. A failure to write is ignored."""
    if site is not None:
        with suppress(Failure):
            write_schemas(schemas(site), root / SCHEMA_FOLDER, disk)
