"""`briefgen add`: capture an article and draft what the desk writes about it."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from briefgen import pipeline
from briefgen.capture.add import Added, Wanted, add_document
from briefgen.capture.draft import Kind
from briefgen.capture.store import Captured
from briefgen.cli import options
from briefgen.cli.completion import complete_ids
from briefgen.cli.new import is_address
from briefgen.cli.project import find_root, short_path
from briefgen.cli.terminal import write
from briefgen.cli.text import printable
from briefgen.kernel.clock import build_day
from briefgen.kernel.disk import refused
from briefgen.kernel.lock import hold_lock
from briefgen.model.failure import Failure
from briefgen.model.links import without_credentials
from briefgen.scaffold.create import find_missing_patterns, validate_id
from briefgen.web.documents import detect_kind, require_libraries
from briefgen.web.snapshots import parse_snapshot

MAX_FILE = 256 * 1024 * 1024
_LOCK = ".briefgen/add.lock"
_LISTS = (".json", ".ris", ".bib", ".csv", ".xml", ".rss", ".atom")


def _complete_files(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(incomplete, type="file")]


@click.command(
    context_settings=options.CONTEXT,
    epilog="""\b
Examples:
  briefgen add https://news.example/dam-opens
  briefgen add saved-page.html --id dam-opens
  pbpaste | briefgen add - --source""",
    no_args_is_help=True,
)
@click.argument("what", metavar="ADDRESS|FILE|-", required=False, shell_complete=_complete_files)
@options.project
@click.option(
    "--id",
    "id",
    metavar="ID",
    help="The id of the brief or source.  [default: from the title]",
    shell_complete=complete_ids("brief", "source"),
)
@click.option("--brief", "kind", flag_value="brief", default=True, help="Draft a brief (the default).")
@click.option("--source", "kind", flag_value="source", help="Draft a source record without a brief.")
@click.option("--archive", is_flag=True, help="Look for an archived copy of the address.")
@click.option("--private", is_flag=True, help="Allow addresses in private networks.")
@options.day("The day of the capture.")
@click.option(
    "--from", "list_file", metavar="FILE", help="Draft all documents of a list.", shell_complete=_complete_files
)
@click.option("--dry-run", is_flag=True, help="With --from: write nothing, and print what would be written.")
def add(
    what: str | None,
    project: Path | None,
    date: date | None,
    *,
    id: str | None,
    kind: Kind,
    archive: bool,
    private: bool,
    list_file: str | None,
    dry_run: bool,
) -> int:
    """Capture an article and draft a brief of it.

    Fetch an ADDRESS, or read a saved web page, PDF file, web archive (WACZ) or
    plain text from a FILE or from standard input (-). The document is kept in
    content/copies/, which is private, and a draft is written with what it says
    about itself: title, author, date, outlet, language. What is uncertain stays
    unknown there, with what was seen in a comment.

    Nothing that exists is ever overwritten. An address or a file that the project
    has already gets no second brief, only the copy that is missing.

    With --from, nothing is fetched: each document of a list (CSL JSON of Zotero,
    RIS, BibTeX, CSV, RSS or Atom) gets its draft.
    """
    if list_file is not None:
        if what or id or archive or private:
            raise click.UsageError("--from takes a list and no other document; it can be used with --brief or --source")
        from briefgen.cli.imports import import_list

        root = find_root(project)
        with nullcontext() if dry_run else _hold_lock(root):
            return import_list(root, list_file, kind, build_day(date, os.environ), dry_run=dry_run)
    if dry_run:
        raise click.UsageError("--dry-run is for --from alone")
    if not what:
        raise click.UsageError("an argument is missing: ADDRESS, FILE or -")
    if id is not None and (complaint := validate_id(kind, id, "--id")):
        raise click.UsageError(complaint)
    root = find_root(project)
    day = build_day(date, os.environ)
    wanted = _fetch_later(what, day, private=private) if is_address(what) else _read(what, date, day)
    if archive and wanted.find_archived is None:
        wanted = wanted._replace(find_archived=lambda address, day: _find_archived(address, day, private=private))
    with _hold_lock(root):
        site = pipeline.load_site(root)
        if site is None:
            raise Failure("content/site.yaml cannot be read", "Run `briefgen check` to see what is wrong.")
        added = add_document(root, site, wanted._replace(id=id, kind=kind))
    _print(added, root)
    return 1 if added.unread else 0


def _hold_lock(root: Path) -> AbstractContextManager[None]:
    """Hold what lets one `briefgen add` at a time see what the project has and write what is missing."""
    waiting = "Waiting until another `briefgen add` has ended …"
    return hold_lock(root / _LOCK, lambda: write(waiting, sys.stderr))


def _fetch_later(what: str, day: date, *, private: bool) -> Wanted:
    # Words that a browser searches for are no part of the address.
    scheme, mark, rest = what.partition("#:~:")[0].partition("://")
    address = f"{scheme.lower()}{mark}{rest}"
    if not address.startswith(("http://", "https://")):
        hint = "give the path of the file" if scheme.lower() == "file" else "write it with https://"
        raise click.UsageError(f'"{what}" is no address of the web; {hint}')
    if without_credentials(address) != address:
        raise click.UsageError(
            "the address has a name or password in it; save the page in a browser, and give the file"
        )
    require_libraries()
    snapshot = parse_snapshot(address)

    def obtain() -> Captured:
        from msgspec.structs import replace

        from briefgen.capture.fetch import LIMITS, fetch

        if sys.stderr.isatty():
            write(f"Fetching {printable(address)} …", sys.stderr)
        limits = replace(LIMITS, private=private)
        if snapshot is None:
            return fetch(address, day.isoformat(), limits)
        found = fetch(snapshot.unchanged, day.isoformat(), limits)
        # The archive leads to the moment nearest to the one in the address.
        nearest = parse_snapshot(found.final_address or "") or snapshot
        final = nearest.original if nearest.original != snapshot.original else None
        return replace(found, address=snapshot.original, final_address=final, archive=nearest.address)

    if snapshot is None:
        return Wanted(address, obtain)
    return Wanted(snapshot.original, obtain, find_archived=lambda _address, _day: snapshot.address)


def _find_archived(address: str, day: str, *, private: bool) -> str | None:
    from msgspec.structs import replace

    from briefgen.capture.fetch import LIMITS, find_archived

    return find_archived(address, day, replace(LIMITS, private=private))


def _read(what: str, chosen: date | None, day: date) -> Wanted:
    """Return the document in a file; the day of its capture is the one on which the file was saved."""
    paste = "Paste the text; end it with Ctrl-D on a line of its own."
    data = read_given(what, MAX_FILE, "Give its text as a plain file.", paste)
    name = "" if what == "-" else Path(what).name
    if not data.strip():
        raise Failure(f"{'standard input' if what == '-' else what} is empty", "Give the document or its text.")
    kind = detect_kind(data, name if "." in name else "text.txt")
    if kind is None:
        is_list = Path(name).suffix.lower() in _LISTS
        raise Failure(
            f"{'standard input' if what == '-' else what} is no web page, PDF file, web archive (WACZ) or plain text",
            f"A list of articles is imported with `briefgen add --from {what}`."
            if is_list
            else "Save it as one of these, or paste its text: `briefgen add -`.",
        )
    if kind != "text":
        require_libraries()
    if chosen is None and what != "-":
        day = min(day, datetime.fromtimestamp(Path(what).stat().st_mtime, UTC).date())
    return Wanted(data, lambda: Captured(data, kind, day.isoformat()), name=name)


def read_given(what: str, most: int, hint: str, paste: str = "") -> bytes:
    """Return the bytes of a file, or of standard input (`-`), with `paste` as the message to a terminal.

    Raises:
        Failure: they cannot be read, or are more than `most`.
    """
    path, name = Path(what), "standard input" if what == "-" else what
    if what == "-" and sys.stdin is None:
        raise Failure("standard input is closed", "Give a file, or send the text: `briefgen add - < text.txt`.")
    if what != "-" and path.is_dir():
        raise Failure(f"{what} is a folder", "Give the path of a file.")
    if what != "-" and not path.exists():
        raise Failure(f"there is no file {what}", "Give the path of a file; an address begins with https://.")
    if what == "-" and paste and sys.stdin.isatty():
        write(paste, sys.stderr)
    with refused("read", name), nullcontext(sys.stdin.buffer) if what == "-" else path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Failure(f"{name} is longer than {most // 1024**2} MB", hint)
    return data


def _print(added: Added, root: Path) -> None:
    # On standard output alone, so that an editor can open it: $EDITOR "$(briefgen add ADDRESS)"
    write(printable(short_path(root / (added.draft or added.source or added.copy or ""))))
    if added.draft is None and added.copy is None:
        folder = f"content/copies/{added.id}/"
        write(f"This file has the document already, and {folder} its copy.", sys.stderr)
        write("To capture it again, remove that folder first.", sys.stderr)
        return
    lines = [f"note: {remark}" for remark in added.remarks]
    if added.copy:
        lines.append(f"The copy is in {short_path(added.copy)}/, which is never published.")
    if added.unread:
        lines.append(added.unread.next_step)
    elif added.draft:
        lines.append("Fill in what is unknown; it is a draft until the line `status: draft` is removed.")
    if "/content/copies/" in find_missing_patterns(root / ".gitignore"):
        lines.append("Add to .gitignore: /content/copies/")
    write("\n".join(map(printable, lines)), sys.stderr)
