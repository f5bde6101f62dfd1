"""`briefgen explain` and `briefgen schema`: commands that print what others use."""

import json
import sys
from pathlib import Path

import click

from briefgen import pipeline
from briefgen.cli import options
from briefgen.cli.project import find_root, short_path
from briefgen.cli.terminal import BOLD, detect_style, write
from briefgen.cli.text import printable
from briefgen.kernel.disk import Disk
from briefgen.kernel.folders import shipped_folder
from briefgen.model.codes import CODES
from briefgen.pipeline.options import SCHEMA_FOLDER

_CODE = options.Word(CODES, otherwise="`briefgen explain` lists all codes")
SCHEMA_NAMES = ("site", "brief", "actor", "theme", "publisher", "source", "page", "links", "checks", "capture")


@options.command("briefgen explain unknown-actor")
@click.argument("code", metavar="[CODE]", required=False, type=_CODE)
def explain(code: str | None) -> int:
    """Print what a problem code means, a wrong example and a right one.

    CODE is the word in brackets after "error" or "warning". Without it, list all codes.
    """
    if code is None:
        width = max(map(len, CODES))
        write("\n".join(f"{code:{width}}  {meaning}" for code, meaning in CODES.items()))
        return 0
    page = (shipped_folder("docs") / "problems.md").read_text(encoding="utf-8")
    write(f"{detect_style(sys.stdout).paint(code, BOLD)}\n\n{extract_section(code, page)}")
    return 0


def extract_section(code: str, page: str) -> str:
    """Return what docs/problems.md has below the heading of `code`, with code blocks indented instead of fenced."""
    found: list[str] = []
    inside = fenced = False
    for line in page.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced and line.startswith(("#", "<!--")):
            inside = line == f"### {code}"
        elif inside:
            found.append(f"    {line}".rstrip() if fenced else line)
    return "\n".join(found).strip("\n")


@options.command("briefgen schema brief > brief.schema.json")
@click.argument("name", metavar="[NAME]", required=False, type=options.Word(SCHEMA_NAMES))
@options.project
@options.output_dir("Where the files go.  [default: .briefgen/schema in the project]", "schema_dir")
def schema(name: str | None, project: Path | None, schema_dir: Path | None) -> int:
    """Write the JSON Schemas of site.yaml and of each kind of content file.

    They hold the ids of this project's actors, themes and publishers, so that an
    editor completes them. Builds and previews keep them up to date as well.

    With NAME (site, brief, actor, theme, publisher, source, page, links, checks or capture) and no folder,
    print that one.
    """
    root = find_root(project)
    schemas = pipeline.make_schemas(root)
    if name is not None:
        schemas = {name: schemas[name]}
        if schema_dir is None:
            write(json.dumps(schemas[name], indent=2))
            return 0
    for path in pipeline.write_schemas(schemas, schema_dir or root / SCHEMA_FOLDER, Disk()):
        write(printable(short_path(path)))
    return 0
