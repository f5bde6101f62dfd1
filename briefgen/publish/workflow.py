"""The workflow by which GitHub Actions checks, builds and publishes a project at every push."""

import json
import posixpath
import re
import shlex
from collections.abc import Mapping
from difflib import unified_diff
from importlib import metadata
from importlib.resources import files
from pathlib import Path

import msgspec
from msgspec import Struct

import briefgen
from briefgen.kernel.disk import Disk
from briefgen.model.failure import Failure

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
    requirement: str,
    branch: str = "main",
    output_dir: str = "site",
    scheduled: bool = False,
    overwrite: bool = False,
    rehearse: bool = False,
) -> Workflow:
    """Write the workflow of a project into its repository, unless somebody has edited the one that is there.

    It installs `requirement` with pip, publishes what is pushed to `branch`, builds into `output_dir` of the project,
    and runs every night if the site is `scheduled` to change.
    With `rehearse`, the difference to what is there is found and nothing is written.

    Raises:
        Failure: the machine refused to write.
    """
    target = repository / WORKFLOW
    folder = project.relative_to(repository).as_posix()
    output = posixpath.normpath(posixpath.join(folder, output_dir))
    if f"{output}/".startswith(("/", "../")):  # a folder of the user's machine, which a runner may not have
        output_dir, output = "site", posixpath.normpath(posixpath.join(folder, "site"))
    text = _text(
        {
            "@branch@": _quoted(branch),
            "@install@": _quoted(f"pip install {shlex.quote(requirement)}"),
            "@build@": _quoted(f"briefgen build --output-dir={shlex.quote(output_dir)}"),
            "@folder@": _quoted(folder)[1:-1],
            "@output@": _quoted(output),
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


def index_requirement(extras: str = "") -> str:
    """Return what makes pip install this version of briefgen from a package index, with these extras.

    Raises:
        Failure: this briefgen did not come from an index, so another program may have its name there.
    """
    package = f"briefgen[{extras}]" if extras else "briefgen"
    origin, source = _origin()
    if not origin:
        return f"{package}=={briefgen.__version__}"
    raise Failure(
        f"this briefgen {origin}, so the workflow cannot install it by its name from a package index",
        f'Write what pip is to install: --requirement "{package} @ {source or "git+https://…@COMMIT"}"'
        + ("." if source else ", or a wheel that you commit."),
    )


def _origin() -> tuple[str, str]:
    """Return where this briefgen came from, and the address that pip can install it from, where there is one.

    Both are empty if it came from a package index.
    """
    try:
        installed = metadata.distribution("briefgen")
    except metadata.PackageNotFoundError:
        return "is not installed", ""
    if direct := installed.read_text("direct_url.json"):
        try:
            found = msgspec.json.decode(direct, type=_DirectUrl)
        except msgspec.DecodeError:
            return "was installed from an address that cannot be read", ""
        vcs = found.vcs_info
        public = f"{vcs.vcs}+{found.url}@{vcs.commit_id}" if vcs else found.url
        return f'was installed from "{found.url}"', "" if found.url.startswith("file:") else public
    # Other installers, such as conda, have an index of their own or note no address.
    if (installed.read_text("INSTALLER") or "").split()[:1] not in (["pip"], ["uv"], ["poetry"], ["pdm"]):
        return "was not installed by pip", ""
    if Path(str(installed.locate_file("briefgen"))).resolve() != Path(briefgen.__file__).resolve().parent:
        return "is not the installed one", ""
    return "", ""


class _Vcs(Struct, frozen=True):
    vcs: str
    commit_id: str


class _DirectUrl(Struct, frozen=True):
    """`direct_url.json`, as installers write it for what is not from an index (PEP 610)."""

    url: str
    vcs_info: _Vcs | None = None


def _quoted(text: str) -> str:
    """Return a text as YAML has it in quotation marks."""
    return json.dumps(text, ensure_ascii=False)


def _text(gaps: Mapping[str, str]) -> str:
    template = files("briefgen.publish").joinpath("pages.yaml").read_text("utf-8")
    return re.sub("|".join(gaps), lambda gap: gaps[gap[0]], template)
