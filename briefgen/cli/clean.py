"""`briefgen clean`."""

from pathlib import Path

import click

from briefgen.cli import options
from briefgen.cli.terminal import write


@click.command(
    context_settings=options.CONTEXT,
    short_help="Remove what builds made.",
    epilog="Example: briefgen clean",
)
@options.project
@options.output_dir("The site to remove.  [default: output_dir of site.yaml, else site]")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing.")
def clean(*, project: Path | None, output_dir: Path | None, quiet: bool) -> int:
    """Remove the files that builds wrote, and the cache in .briefgen/.

    Files that briefgen did not write stay where they are, and so do the schemas
    in .briefgen/schema/, which editors read.
    """
    from briefgen import pipeline
    from briefgen.cli.problems import counted
    from briefgen.cli.project import find_root, whole_path

    root = find_root(project)
    output = None if output_dir is None else whole_path(output_dir)
    removed = pipeline.clean(root, output)
    if not quiet:
        write(f"{counted(len(removed), 'file')} removed")
    return 0
