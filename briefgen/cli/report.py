"""What `briefgen build` and `briefgen check` report: problems in the form that was asked for, or one JSON document."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from briefgen.cli.terminal import look, write

if TYPE_CHECKING:
    from briefgen.model.problem import Problem
    from briefgen.pipeline import Report
    from briefgen.publish import Address

FORMAT_VERSION = 1


def failed(problems: Sequence["Problem"], *, strict: bool) -> bool:
    """Whether the exit code is 1."""
    from briefgen.model.problem import Severity

    return any(strict or problem.severity is Severity.ERROR for problem in problems)


def print_problems(problems: Sequence["Problem"], root: Path, format: str, stream: TextIO, *, more: bool) -> None:
    """All problems; in text with an empty line after them if there is `more` to follow."""
    from briefgen.cli.problems import as_github, as_text

    if not problems:
        return
    if format == "github":
        write(as_github(problems, root, os.environ), stream)
    else:
        write(as_text(problems, root, look(stream)) + ("\n" if more else ""), stream)


def made_for(address: "Address") -> str:
    """Where a site was made to stand, and who says so; empty where nobody does."""
    from briefgen.cli.text import shown

    return f"made for {shown(address.url)}, as {address.origin} says" if address.url else ""


def document(report: "Report", root: Path, *, ok: bool, **more: object) -> str:
    """One JSON document, in ASCII: whatever the content holds, a terminal shows it and obeys nothing."""
    import json

    from briefgen.cli.problems import as_data
    from briefgen.model.problem import Severity

    severities = [problem.severity for problem in report.problems]
    whole = {
        "version": FORMAT_VERSION,
        "ok": ok,
        "project": str(root),
        "output": report.output,
        "written": list(report.written),
        "unchanged": report.unchanged,
        "removed": list(report.removed),
        "seconds": round(report.seconds, 3),
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "problems": as_data(report.problems),
        **more,
    }
    return json.dumps(whole, indent=2)
