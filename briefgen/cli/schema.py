"""`briefgen schema`, and the schema files that editors read."""

from pathlib import Path

import click

from briefgen.cli import options
from briefgen.cli.terminal import write

NAMES = ("site", "brief", "actor", "theme", "publisher", "source", "page", "links")


@click.command(
    context_settings=options.CONTEXT,
    short_help="Write JSON Schemas, for completion in editors.",
    epilog="Example: briefgen schema brief > brief.schema.json",
)
@click.argument("name", metavar="[NAME]", required=False, type=options.Word(NAMES))
@options.project
@click.option(
    "-o",
    "--output-dir",
    "schema_dir",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where the files go.  [default: .briefgen/schema in the project]",
)
def schema(name: str | None, project: Path | None, schema_dir: Path | None) -> int:
    """Write the JSON Schemas of site.yaml and of each kind of content file.

    They hold the ids of this project's actors, themes and publishers, so that an
    editor completes them. Builds and previews keep them up to date as well.

    With NAME (site, brief, actor, theme, publisher, source, page or links) and no folder,
    print that one.
    """
    from briefgen import pipeline
    from briefgen.cli.project import find_root, seen_from_here
    from briefgen.cli.text import shown
    from briefgen.kernel.disk import Disk
    from briefgen.write.schemas import SCHEMA_FOLDER, write_schemas

    root = find_root(project)
    schemas = pipeline.schemas(root)
    if name is not None:
        schemas = {name: schemas[name]}
        if schema_dir is None:
            import json

            write(json.dumps(schemas[name], indent=2))
            return 0
    for path in write_schemas(schemas, schema_dir or root / SCHEMA_FOLDER, Disk()):
        write(shown(seen_from_here(path)))
    return 0
