"""Write the workflow by which GitHub Actions checks, builds and publishes a project at every push."""

import json
import posixpath
import re
import shlex
from difflib import unified_diff
from importlib import metadata
from importlib.resources import files
from pathlib import Path

import briefgen
from briefgen.kernel.disk import Disk
from briefgen.model.failure import Failure

WORKFLOW = ".github/workflows/pages.yml"
# GitHub drops scheduled runs when many begin at once, as at full hours.
_WEEKLY = "23 3 * * 1"
_SCHEDULE = """    # Something is scheduled or will expire, so a later day gives another site.
    - cron: "17 4 * * *"
"""


def write_workflow(
    repository: Path,
    project: Path,
    *,
    requirement: str,
    branch: str = "main",
    output_dir: str = "site",
    scheduled: bool = False,
    overwrite: bool = False,
    dry_run: bool = False,
) -> tuple[bool, str]:
    """Write the workflow of a project into its repository, unless there is one that has been edited.

    It installs `requirement` with pip, publishes what is pushed to `branch`, builds into `output_dir` of the project,
    runs every night if the site is `scheduled` to change, and checks links once a week.
    With `dry_run`, nothing is written. Return whether the file was written, and the difference to a file that was not.
    """
    target = repository / WORKFLOW
    folder = project.relative_to(repository).as_posix()
    output = posixpath.normpath(posixpath.join(folder, output_dir))
    if f"{output}/".startswith(("/", "../")):  # a folder of the user's machine, which a runner may not have
        output_dir, output = "site", posixpath.normpath(posixpath.join(folder, "site"))
    values = {
        "@branch@": _quote(branch),
        "@install@": _quote(f"pip install {shlex.quote(requirement)}"),
        "@install-to-read@": _quote(f"pip install {shlex.quote(_with_extra(requirement, 'capture'))}"),
        "@build@": _quote(f"briefgen build --output-dir={shlex.quote(output_dir)}"),
        "@folder@": _quote(folder)[1:-1],
        "@output@": _quote(output),
        "@weekly@": _WEEKLY,
        "@schedule@\n": _SCHEDULE if scheduled else "",
        "@version@": briefgen.__version__,
    }
    template = files("briefgen.publish").joinpath("pages.yaml").read_text("utf-8")
    text = re.sub("|".join(values), lambda match: values[match[0]], template)
    before = target.read_text("utf-8", "replace") if target.is_file() else None
    if before == text:
        return False, ""
    if dry_run or (before is not None and not overwrite):
        old, new = ((each or "").splitlines(keepends=True) for each in (before, text))
        lines = unified_diff(old, new, f"{WORKFLOW} (yours)", f"{WORKFLOW} (new)")
        return False, "".join(lines)
    Disk().write_atomically(target, text.encode())
    return True, ""


def index_requirement(extras: str = "") -> str:
    """Return the requirement by which pip installs this version from a package index, with these extras."""
    package = f"briefgen[{extras}]" if extras else "briefgen"
    origin, source = _find_origin()
    if not origin:
        return f"{package}=={briefgen.__version__}"
    # On an index, another program may have the name.
    raise Failure(
        f"this briefgen {origin}, so the workflow cannot install it by its name from a package index",
        f'Write what pip is to install: --requirement "{package} @ {source or "git+https://…@COMMIT"}"'
        + ("." if source else ", or ./ and the name of a wheel that you commit."),
    )


def _with_extra(requirement: str, extra: str) -> str:
    """Return a requirement with one more extra; a path or an address as it is, as it has no place for one."""
    found = re.fullmatch(r"([\w.-]+)\s*(?:\[([^\]]*)\])?\s*((?:[@=<>!~;(].*)?)", requirement.strip())
    if found is None or "/" in found[1] or found[1].endswith((".whl", ".tar.gz")):
        return requirement
    extras = [one.strip() for one in (found[2] or "").split(",") if one.strip()]
    joined = ",".join(dict.fromkeys([*extras, extra]))
    return f"{found[1]}[{joined}]{' ' if found[3].startswith('@') else ''}{found[3]}"


def _find_origin() -> tuple[str, str]:
    """Return where this briefgen came from, and the public address that pip can install it from, if any.

    Both are empty if it came from a package index.
    """
    try:
        installed = metadata.distribution("briefgen")
    except metadata.PackageNotFoundError:
        return "is not installed", ""
    if direct := installed.read_text("direct_url.json"):
        try:
            found = json.loads(direct)  # PEP 610
            url, vcs = str(found["url"]), found.get("vcs_info")
            public = f"{vcs['vcs']}+{url}@{vcs['commit_id']}" if vcs else url
        except (ValueError, TypeError, LookupError):
            return "was installed from an address that cannot be read", ""
        return f'was installed from "{url}"', "" if url.startswith("file:") else public
    # Other installers, such as conda, have an index of their own or store no address.
    if (installed.read_text("INSTALLER") or "").split()[:1] not in (["pip"], ["uv"], ["poetry"], ["pdm"]):
        return "was not installed by pip", ""
    if Path(str(installed.locate_file("briefgen"))).resolve() != Path(briefgen.__file__).resolve().parent:
        return "is not the installed one", ""
    return "", ""


def _quote(text: str) -> str:
    """Return a text as a quoted scalar of YAML."""
    return json.dumps(text, ensure_ascii=False)
