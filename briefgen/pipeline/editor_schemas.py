"""The JSON Schemas of a project's content, for editors. No build reads them."""

from contextlib import suppress
from pathlib import Path

from briefgen.kernel.disk import Disk
from briefgen.load.schema import schemas
from briefgen.model.failure import Failure
from briefgen.model.site import Site
from briefgen.write.schemas import SCHEMA_FOLDER, write_schemas


def save_schemas(root: Path, site: Site | None, disk: Disk) -> None:
    """Write the schemas with the ids of a site, if there is one. A failure to write them is ignored."""
    if site is not None:
        with suppress(Failure):
            write_schemas(schemas(site), root / SCHEMA_FOLDER, disk)
