"""Results ↔ `content/links.yaml`, which is committed and which pages show."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path

import msgspec

from briefgen.kernel.disk import Disk
from briefgen.linkcheck.results import LinkResult
from briefgen.load.forms import followable
from briefgen.model.content import KnownLink

FILE = "content/links.yaml"
_HEAD = "# How the addresses answered that this site links to; written by `briefgen check --links --record`.\nlinks:"
# Texts that every parser of YAML 1.2.2 reads as plain ones (§7.3.3), without any of its indicators.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9./?&=%~+_-]*(:[A-Za-z0-9./?&=%~+_-]+)*|\d{4}-\d\d-\d\d")


def as_result(link: KnownLink) -> LinkResult:
    """Return an entry as a result, which is never fresh."""
    note = f"recorded on {link.since}" if link.since else "as recorded"
    answered = _as_seconds(link.answered) if link.answered else 0
    return LinkResult(link.state, 0, answered, note, link.target or "", archive=link.archive)


def update_entries(
    addresses: Iterable[str], results: Mapping[str, LinkResult], before: Mapping[str, KnownLink]
) -> tuple[KnownLink, ...]:
    """Return an entry for each of the addresses that has a result, in their order."""
    return tuple(
        _make_entry(address, results[address], before.get(address))
        for address in addresses
        if address in results and followable(address)
    )


def write(root: Path, links: Iterable[KnownLink], disk: Disk) -> bool:
    """Write the file, unless it is up to date or would be the first one and empty. Return whether it was written.

    Raises:
        Failure: the machine refused it.
    """
    path = root / FILE
    data = _format_yaml(links)
    if (disk.read(path) if path.is_file() else _format_yaml(())) == data:
        return False
    disk.write_atomically(path, data)
    return True


def _make_entry(address: str, result: LinkResult, before: KnownLink | None) -> KnownLink:
    if result.checked == 0 and before is not None:  # the result is the entry itself
        return before
    same = before if before and before.state == result.state else None
    since = (same.since if same else None) or _as_day(result.checked)
    archive = result.archive or (same.archive if same else None)
    days = [_as_day(result.answered) if result.answered else "", (before and before.answered) or ""]
    return KnownLink(
        address=address,
        state=result.state,
        answered=max(days) or None,
        since=since if result.state != "ok" else None,
        target=result.target if result.state == "moved" else None,
        archive=archive if result.state == "dead" else None,
    )


def _format_yaml(links: Iterable[KnownLink]) -> bytes:
    lines = [_HEAD]
    for link in links:
        prefix = "-"
        for key, value in msgspec.to_builtins(link).items():
            text = value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
            lines.append(f"{prefix} {key}: {text}")
            prefix = " "
    return ("\n".join(lines) if len(lines) > 1 else f"{_HEAD} []").encode() + b"\n"


def _as_day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _as_seconds(day: str) -> int:
    return int(datetime.combine(date.fromisoformat(day), time(), UTC).timestamp())
