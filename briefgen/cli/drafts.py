"""What `briefgen check` says of drafts: what is still to do in each."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from briefgen.cli.project import short_path
from briefgen.cli.text import printable
from briefgen.kernel.disk import Disk
from briefgen.load.open_tasks import find_open_tasks
from briefgen.model.failure import Failure

_MOST = 10


def format_drafts(files: Sequence[str], root: Path) -> str:
    """Return a line for each draft, newest first; empty if there are none."""
    lines = [
        f"draft {short_path(root / file)}: {'; '.join(tasks) or 'remove `status: draft` to publish it'}"
        for file, tasks in _read(files[:_MOST], root)
    ]
    if more := len(files) - _MOST if len(files) > _MOST else 0:
        lines.append(f"{more} more drafts: `briefgen list drafts`")
    return "\n".join(map(printable, lines))


def drafts_to_json(files: Iterable[str], root: Path) -> list[dict[str, object]]:
    """Return drafts as JSON: `file` from the project's root, `to_do` in words."""
    return [{"file": file, "to_do": list(tasks)} for file, tasks in _read(files, root)]


def _read(files: Iterable[str], root: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for file in files:
        try:
            text = Disk().read(root / file).decode("utf-8", errors="replace")
        except Failure:
            continue  # removed since the check
        yield file, find_open_tasks(text)
