"""What is known of addresses ↔ `content/links.yaml`, which is committed and which pages are made from."""

import json
import os
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path

import msgspec

from briefgen.kernel.disk import Disk
from briefgen.linkcheck.answer import Answer
from briefgen.load.forms import followable
from briefgen.model.content import KnownLink

FILE = "content/links.yaml"
_HEAD = "# How the addresses answered that this site links to; written by `briefgen check --links --record`.\nlinks:"
# What is a plain text to every reader of YAML 1.2.2 (§7.3.3), and contains none of its marks.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9./?&=%~+_-]*(:[A-Za-z0-9./?&=%~+_-]+)*")


def remembered(link: KnownLink) -> Answer:
    """What an entry says of its address; it was asked so long ago that it is to be asked again."""
    note = f"recorded on {link.since}" if link.since else "as was recorded"
    answered = _seconds(link.answered) if link.answered else 0
    return Answer(link.state, 0, answered, note, link.target or "", archive=link.archive)


def renewed(
    addresses: Iterable[str], answers: Mapping[str, Answer], before: Mapping[str, KnownLink]
) -> tuple[KnownLink, ...]:
    """An entry for each of the addresses of which anything is known, in their order."""
    return tuple(
        _entry(address, answers[address], before.get(address))
        for address in addresses
        if address in answers and followable(address)
    )


def write(root: Path, links: Iterable[KnownLink], disk: Disk) -> bool:
    """Bring the file up to date; whether that changed it. It is made only where there is something to say.

    Raises:
        Failure: the machine refused it.
    """
    path = root / FILE
    data = _as_yaml(links)
    if (disk.read(path) if path.is_file() else _as_yaml(())) == data:
        return False
    # A name that begins with a full stop is no content, should this end here.
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        disk.write(aside, data)
        disk.replace(aside, path)
    finally:
        disk.remove(aside)
    return True


def _entry(address: str, answer: Answer, before: KnownLink | None) -> KnownLink:
    if answer.checked == 0 and before is not None:  # nothing new
        return before
    same = before is not None and before.state == answer.state
    since = None if answer.state == "ok" else (before.since if same and before else None) or _day(answer.checked)
    days = [_day(answer.answered) if answer.answered else "", (before and before.answered) or ""]
    return KnownLink(
        address=address,
        state=answer.state,
        answered=max(days) or None,
        since=since,
        target=answer.target if answer.state == "moved" else None,
        archive=(answer.archive or (before.archive if same and before else None)) if answer.state == "dead" else None,
    )


def _as_yaml(links: Iterable[KnownLink]) -> bytes:
    lines = [_HEAD]
    for link in links:
        mark = "-"
        for key, value in msgspec.to_builtins(link).items():
            lines.append(f"{mark} {key}: {_scalar(value)}")
            mark = " "
    text = "\n".join(lines) if len(lines) > 1 else f"{_HEAD} []"
    return f"{text}\n".encode()


def _scalar(text: str) -> str:
    return (
        text
        if _PLAIN.fullmatch(text) or re.fullmatch(r"\d{4}-\d\d-\d\d", text)
        else json.dumps(text, ensure_ascii=False)
    )


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _seconds(day: str) -> int:
    return int(datetime.combine(date.fromisoformat(day), time(), UTC).timestamp())
