"""`briefgen publish`."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefgen.cli import options
from briefgen.cli.report import made_for
from briefgen.cli.terminal import look, write
from briefgen.cli.text import shown

if TYPE_CHECKING:
    from briefgen.model.problem import Problem
    from briefgen.pipeline import Options
    from briefgen.publish import Address, Git, Published

NAMES_SHOWN = 10


@click.command(
    context_settings=options.CONTEXT,
    short_help="Publish the site on GitHub Pages.",
    epilog="Example: briefgen publish --dry-run",
)
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
@click.option("-m", "--message", metavar="TEXT", help="The commit's message.  [default: the site's title]")
@click.option("-n", "--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("-f", "--force", is_flag=True, help="Publish over what others did; with --init, over your own workflow.")
@options.day("The build day.")
@click.option("-s", "--strict", is_flag=True, help="Let warnings count as errors.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems and nothing else.")
def publish(
    *,
    project: Path | None,
    base_url: str | None,
    init: bool,
    requirement: str,
    remote: str,
    branch: str,
    message: str | None,
    dry_run: bool,
    force: bool,
    date: date | None,
    strict: bool,
    quiet: bool,
) -> int:
    """Build the site anew and push it to the branch that GitHub Pages serves.

    The branch gets one commit. Your work tree, your index and your other
    branches stay as they are. Drafts are never published, and nothing is if
    there is an error in the content.
    """
    from briefgen import pipeline
    from briefgen.cli.project import find_root
    from briefgen.kernel.clock import build_day

    root = find_root(project)
    asked = pipeline.Options(root=root, day=build_day(date, os.environ), strict=strict)
    if init:
        return _init(asked, remote, requirement, force=force, rehearse=dry_run, quiet=quiet)
    from msgspec.structs import replace

    from briefgen.cli.progress import Bar
    from briefgen.publish import Git, audit, clean_build, fetch_branch, site_address
    from briefgen.publish import publish as push

    git = Git(root)
    there = fetch_branch(git, remote, branch, project=git.maybe("rev-parse", "--show-prefix").rstrip("/"))
    address = site_address(root, base_url, remote=remote, branch=branch, domain=there.domain or "")
    with Bar(wanted=not quiet) as bar, clean_build(replace(asked, base_url=address.url), bar) as built:
        found = [
            *built.report.problems,
            *(audit(root, built.files, address.url, there.domain) if built.report.ok else ()),
        ]
        if _said(found, root, strict=strict, quiet=quiet):
            if not quiet:
                write("nothing published")
            return 1
        done = push(git, built.files, there, message=message or _message(root, git), force=force, rehearse=dry_run)
    if not quiet:
        write(_report(done, address, f"{remote}/{branch}", rehearsed=dry_run))
        if git.maybe("status", "--porcelain", "--", "content", "themes"):
            write("Your files differ from the last commit; what lies on the disk was taken.")
    return 0


def _init(asked: "Options", remote: str, requirement: str, *, force: bool, rehearse: bool, quiet: bool) -> int:
    from briefgen import pipeline
    from briefgen.publish import WORKFLOW, Git, index_requirement, main_branch, workflow

    git = Git(asked.root)
    config = pipeline.configuration(asked.root)
    extras = "cards" if config is None or config.cards == "drawn" else ""
    branch = main_branch(git, remote)
    done = workflow(
        Path(git.text("rev-parse", "--show-toplevel")),
        Path(os.path.realpath(asked.root)),
        requirement=requirement or index_requirement(extras),
        branch=branch,
        output_dir=config.output_dir if config else "site",
        scheduled=pipeline.changes_by_itself(asked),
        overwrite=force,
        rehearse=rehearse,
    )
    if done.difference:
        write(done.difference.rstrip("\n"))
        if rehearse:
            if not quiet:
                write("Nothing was written.")
            return 0
        write(f"{WORKFLOW} is not as it would be made now; --force replaces it", sys.stderr)
        return 1
    if not quiet:
        if done.written:
            write(f"{WORKFLOW} written. Commit and push it; in the repository's settings, under Pages,")
            write(f'choose "GitHub Actions" as the source. Every push to {shown(branch)} publishes from then on.')
            if not requirement:
                write("It installs this version of briefgen from the package index; --requirement names another place.")
        else:
            write(f"{WORKFLOW} is as it should be")
    return 0


def _said(problems: list["Problem"], root: Path, *, strict: bool, quiet: bool) -> bool:
    """Print what is wrong; whether that keeps the site from being published."""
    from briefgen.cli.problems import as_text
    from briefgen.model.problem import Severity

    if problems:
        write(as_text(problems, root, look(sys.stderr)) + ("" if quiet else "\n"), sys.stderr)
    return any(strict or problem.severity is Severity.ERROR for problem in problems)


def _message(root: Path, git: "Git") -> str:
    from briefgen import pipeline

    config = pipeline.configuration(root)
    commit = git.maybe("rev-parse", "--short", "HEAD")
    title = f"Publish {config.title if config else root.name}"
    return f"{title}\n\nBuilt from {commit}.\n" if commit else f"{title}\n"


def _report(done: "Published", address: "Address", where: str, *, rehearsed: bool) -> str:
    from briefgen.cli.problems import counted

    said = made_for(address)
    more = [f"{said[0].upper()}{said[1:]}."] if said else []
    size = f"{done.size / 1_000_000:.1f} MB"
    kept = f"; {', '.join(done.kept)} stays" if done.kept else ""
    if done.nothing:
        return "\n".join((f"{where} holds this site already, {size}{kept}", *more))
    changes = f"{counted(len(done.added), 'file')} added, {len(done.changed)} changed, {len(done.removed)} removed"
    lines = [f"{where}: {changes}, {size} in all{kept}", *more]
    if rehearsed:
        for sign, paths in (("+", done.added), ("~", done.changed), ("-", done.removed)):
            lines.extend(f"  {sign} {shown(path)}" for path in paths[:NAMES_SHOWN])
            if len(paths) > NAMES_SHOWN:
                lines.append(f"  {sign} … and {len(paths) - NAMES_SHOWN:,} more")
        lines.append("Nothing was pushed.")
    else:
        lines.append(f"Pushed as {done.commit[:10]}. In the repository's settings, Pages serves the branch you choose.")
    return "\n".join(lines)
