"""`briefgen publish`."""

import os
import sys
from pathlib import Path

import click
from msgspec.structs import replace

from briefgen import pipeline
from briefgen.cli import options, output
from briefgen.cli.terminal import ProgressBar, write
from briefgen.cli.text import printable
from briefgen.pipeline import Options
from briefgen.publish.audit import audit
from briefgen.publish.branch import Published, fetch_branch, push_site
from briefgen.publish.git import Git, main_branch
from briefgen.publish.site import clean_build, site_address
from briefgen.publish.workflow import WORKFLOW, index_requirement, write_workflow

MAX_LISTED = 10


@options.command("briefgen publish --dry-run")
@options.project
@options.base_url
@click.option("--init", is_flag=True, help="Write a workflow that publishes at every push, and publish nothing now.")
@click.option(
    "--requirement",
    metavar="TEXT",
    default="",
    help="With --init, what the workflow installs with pip.  [default: this version, if it came from an index]",
)
@click.option("--remote", metavar="NAME", default="origin", show_default=True, help="The git remote to push to.")
@click.option("--branch", metavar="NAME", default="gh-pages", show_default=True, help="The branch that Pages serves.")
@click.option("-m", "--message", metavar="TEXT", default="", help="The commit's message.  [default: the site's title]")
@click.option("-n", "--dry-run", is_flag=True, help="Print what would change, and change nothing.")
@click.option("-f", "--force", is_flag=True, help="Overwrite what others published; with --init, your own workflow.")
@options.day()
@options.strict
@options.quiet
@options.as_run
def publish(
    run: Options, *, init: bool, requirement: str, remote: str, branch: str, message: str, quiet: bool, **flags: bool
) -> int:
    """Build the site from scratch and push it to the branch that GitHub Pages serves.

    The branch gets one commit. Your work tree, your index and your other
    branches stay as they are. Drafts are never published, and nothing is if
    there is an error in the content.
    """
    if init:
        return _write_workflow(run, remote, requirement, quiet=quiet, **flags)
    git = Git(run.root)
    target = fetch_branch(git, remote, branch)
    url, origin = site_address(run.root, run.base_url, remote=remote, branch=branch, domain=target.domain or "")
    with ProgressBar(enabled=not quiet) as bar, clean_build(replace(run, base_url=url), bar) as (report, files):
        found = audit(run.root, files, url, target.domain) if report.ok else ()
        problems = [*report.problems, *found]
        output.print_problems(problems, run.root, "text", sys.stderr, spaced=not quiet)
        if output.has_failed(problems, strict=run.strict):
            if not quiet:
                write("nothing published")
            return 1
        message = message or _default_message(run.root, git)
        done = push_site(git, files, target, message=message, **flags)
    if not quiet:
        write(_summarize(done, output.format_address(url, origin), f"{remote}/{branch}", dry_run=flags["dry_run"]))
        if git.try_text("status", "--porcelain", "--", "content", "themes"):
            write("Your files differ from the last commit; what lies on the disk was taken.")
    return 0


def _write_workflow(run: Options, remote: str, requirement: str, *, force: bool, dry_run: bool, quiet: bool) -> int:
    git = Git(run.root)
    config = pipeline.read_config(run.root)
    extras = "cards" if config is None or config.cards == "drawn" else ""
    branch = main_branch(git, remote)
    written, difference = write_workflow(
        Path(git.text("rev-parse", "--show-toplevel")),
        Path(os.path.realpath(run.root)),
        requirement=requirement or index_requirement(extras),
        branch=branch,
        output_dir=config.output_dir if config else "site",
        scheduled=pipeline.has_scheduled_changes(run),
        overwrite=force,
        dry_run=dry_run,
    )
    if difference:
        write(difference.rstrip("\n"))
        if not dry_run:
            write(f"{WORKFLOW} differs from a new one; --force replaces it", sys.stderr)
            return 1
        lines = ["Nothing was written."]
    elif written:
        lines = [
            f"{WORKFLOW} written. Commit and push it; in the repository's settings, under Pages,",
            f'choose "GitHub Actions" as the source. Every push to {printable(branch)} publishes from then on.',
        ]
        if not requirement:
            lines += ["It installs this version of briefgen from the package index; --requirement names another place."]
    else:
        lines = [f"{WORKFLOW} is up to date"]
    if not quiet:
        write("\n".join(lines))
    return 0


def _default_message(root: Path, git: Git) -> str:
    config = pipeline.read_config(root)
    commit = git.try_text("rev-parse", "--short", "HEAD")
    title = f"Publish {config.title if config else root.name}"
    return f"{title}\n\nBuilt from {commit}.\n" if commit else f"{title}\n"


def _summarize(done: Published, made_for: str, target: str, *, dry_run: bool) -> str:
    address = [f"{made_for[0].upper()}{made_for[1:]}."] if made_for else []
    size = f"{done.size / 1_000_000:.1f} MB"
    kept = f"; {', '.join(done.kept)} stays" if done.kept else ""
    if done.is_unchanged:
        return "\n".join((f"{target} holds this site already, {size}{kept}", *address))
    added = output.pluralize(len(done.added), "file")
    changes = f"{added} added, {len(done.changed)} changed, {len(done.removed)} removed"
    lines = [f"{target}: {changes}, {size} in all{kept}", *address]
    if dry_run:
        for sign, paths in (("+", done.added), ("~", done.changed), ("-", done.removed)):
            lines.extend(f"  {sign} {printable(path)}" for path in paths[:MAX_LISTED])
            if len(paths) > MAX_LISTED:
                lines.append(f"  {sign} … and {len(paths) - MAX_LISTED:,} more")
        lines.append("Nothing was pushed.")
    else:
        lines.append(
            f"Pushed as {done.commit[:10]}. Choose this branch once, in the repository's settings, under Pages."
        )
    return "\n".join(lines)
