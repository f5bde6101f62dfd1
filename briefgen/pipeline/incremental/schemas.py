"""The JSON Schemas that editors read, written again when the ids of a site have changed or a file is missing."""

from contextlib import suppress
from pathlib import Path

import msgspec

from briefgen.kernel.digest import digest
from briefgen.load.schema import NAMES, known_ids, schemas
from briefgen.model.failure import Failure
from briefgen.model.site import Site
from briefgen.pipeline.incremental.code_fingerprint import code_fingerprint
from briefgen.pipeline.incremental.context import RunContext
from briefgen.write.schemas import SCHEMA_FOLDER, write_schemas


def keep_schemas(root: Path, site: Site, context: RunContext) -> None:
    """Write the schemas of a site, unless those of the same ids were written before.

    No build depends on them, so a failure to write them is ignored.
    """
    if not context.cache.is_persistent:
        return
    key, code = b"schemas", code_fingerprint("load", "model", "write")
    ids = digest(msgspec.msgpack.encode((code, known_ids(site)))).encode()
    folder = root / SCHEMA_FOLDER
    if context.cache.get(key) == ids and all((folder / f"{name}.json").is_file() for name in NAMES):
        return
    with suppress(Failure):
        write_schemas(schemas(site), folder, context.disk)
        context.cache.put(key, ids)
