"""The workflow by which GitHub Actions checks, builds and publishes a project at every push."""

import json
import re
import shlex
from collections.abc import Mapping
from difflib import unified_diff
from importlib.resources import files
from pathlib import Path

from msgspec import Struct

import briefgen
from briefgen.kernel.disk import Disk

WORKFLOW = ".github/workflows/pages.yml"
_SCHEDULE = """  schedule:
    # Something is scheduled or will expire, so a later day gives another site.
    - cron: "17 4 * * *"
"""
# An hour in which few others ask for a machine; GitHub drops what is asked for at full hours.


class Workflow(Struct, frozen=True):
    """What was done: the file was `written`, or is as it should be, or differs as `difference` shows."""

    written: bool
    difference: str = ""


def workflow(
    repository: Path,
    project: Path,
    *,
    branch: str = "main",
    scheduled: bool = False,
    draws: bool = True,
    requirement: str = "",
    overwrite: bool = False,
    rehearse: bool = False,
) -> Workflow:
    """Write the workflow of a project into its repository, unless somebody has edited the one that is there.

    It publishes what is pushed to `branch`; `scheduled` asks for a run every night, `draws` for what draws card images,
    `requirement` is what pip installs instead of this version of briefgen.
    With `rehearse`, the difference to what is there is found and nothing is written.

    Raises:
        Failure: the machine refused to write.
    """
    target = repository / WORKFLOW
    text = _text(
        {
            "@branch@": json.dumps(branch, ensure_ascii=False),
            "@install@": _install(requirement, draws=draws),
            "@folder@": json.dumps(project.relative_to(repository).as_posix(), ensure_ascii=False)[1:-1],
            "@schedule@\n": _SCHEDULE if scheduled else "",
            "@version@": briefgen.__version__,
        }
    )
    before = target.read_text("utf-8", "replace") if target.is_file() else None
    if before == text:
        return Workflow(written=False)
    if rehearse or (before is not None and not overwrite):
        old, new = ((each or "").splitlines(keepends=True) for each in (before, text))
        lines = unified_diff(old, new, f"{WORKFLOW} (yours)", f"{WORKFLOW} (new)")
        return Workflow(written=False, difference="".join(lines))
    disk = Disk()
    disk.make_folder(target.parent)
    aside = target.with_name(f".{target.name}.new")
    disk.write(aside, text.encode())
    disk.replace(aside, target)
    return Workflow(written=True)


def _install(requirement: str, *, draws: bool) -> str:
    """The command as YAML has it."""
    if requirement:
        return json.dumps(f"pip install {shlex.quote(requirement)}", ensure_ascii=False)
    return f'pip install "briefgen{"[cards]" if draws else ""}=={briefgen.__version__}"'


def _text(gaps: Mapping[str, str]) -> str:
    template = files("briefgen.publish").joinpath("pages.yaml").read_text("utf-8")
    return re.sub("|".join(gaps), lambda gap: gaps[gap[0]], template)
