"""What `briefgen check --links` asks for, and how it tells what it found."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.cli.text import shown
from briefgen.model.links import LINK_STATES

if TYPE_CHECKING:
    from briefgen.linkcheck import Limits, LinkReport
    from briefgen.linkcheck.results import LinkResult
    from briefgen.pipeline import Options, Progress, Report

_UNKNOWN = "not known"


def limits(*, private: bool) -> "Limits":
    """How others are asked."""
    from briefgen.linkcheck import Limits

    return Limits(private=private)


def links_of(asked: "Options", progress: "Progress", *, offline: bool, private: bool) -> "LinkReport":
    """The project's outgoing addresses and what they answer."""
    from briefgen.linkcheck import check_links

    return check_links(asked, progress, offline=offline, limits=limits(private=private))


def with_links(report: "Report", links: "LinkReport", root: Path) -> "Report":
    """The report with the problems of links among the others."""
    from msgspec.structs import replace

    from briefgen.kernel.disk import Disk
    from briefgen.pipeline import sort_problems

    return replace(report, problems=sort_problems(root, (*report.problems, *links.problems), Disk()))


def recorded(links: "LinkReport", report: "Report", root: Path) -> str:
    """Write the record, and say so; not with errors in the content, as not all addresses may have been found."""
    from briefgen.cli.report import failed
    from briefgen.kernel.disk import Disk
    from briefgen.linkcheck import record

    if failed(report.problems, strict=False):
        return "nothing recorded because of the errors"
    return f"{record.FILE} written" if record.write(root, links.record, Disk()) else f"{record.FILE} is up to date"


def summary(links: "LinkReport") -> str:
    """`12 addresses: 9 ok, 1 dead, 2 not known`."""
    counts = Counter(answer.state for answer in links.results.values())
    parts = [f"{counts[state]} {state}" for state in LINK_STATES if counts[state]]
    if links.unknown:
        parts.append(f"{len(links.unknown)} {_UNKNOWN}")
    number = len(links.results) + len(links.unknown)
    addresses = f"{number} address" if number == 1 else f"{number} addresses"
    return f"{addresses}: {', '.join(parts)}" if parts else "no addresses"


def listing(links: "LinkReport") -> str:
    """Every address that is not fine, worst first, a line each; empty if there is none."""
    rows: list[tuple[str, str]] = [
        (state, f"{address}{_aside(answer)}")
        for state in reversed(LINK_STATES)
        for address, answer in links.results.items()
        if answer.state == state != "ok"
    ]
    rows.extend((_UNKNOWN, address) for address in links.unknown)
    width = max((len(state) for state, _ in rows), default=0)
    return "\n".join(f"{state:{width}}  {shown(text)}" for state, text in rows)


def as_data(links: "LinkReport") -> list[dict[str, object]]:
    """All addresses as JSON values; `checked` and `answered` are times in UTC, null for never."""
    known: list[dict[str, object]] = [
        {
            "address": address,
            "state": answer.state,
            "note": answer.note,
            "checked": _time(answer.checked),
            "answered": _time(answer.answered),
            "target": answer.target or None,
            "archive": answer.archive or None,
        }
        for address, answer in links.results.items()
    ]
    return known + [{"address": address, "state": None} for address in links.unknown]


def _aside(answer: "LinkResult") -> str:
    said = f"now {answer.target}" if answer.target else answer.note
    return f"  ({said})" if said else ""


def _time(seconds: int) -> str | None:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}" if seconds else None
