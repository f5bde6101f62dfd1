"""Golden problems: one bad project per code, what briefgen says of it, to the letter, and what mends it.

`tests/golden/problems/<code>/` holds the project, `expected.txt`, and what mends the project: `fixed/`, the files that
replace bad ones, or `fix.sh`, commands that a user would type, or both. To write `expected.txt` anew for all codes, or
for those that are named:

    python tests/support/golden.py [CODE …]

Then read the difference as a user would: is the place right, the message clear, the hint of help?
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from briefgen.cli import main
from briefgen.kernel.disk import Disk
from briefgen.linkcheck.results import LinkResult, ResultCache

PROBLEMS = Path(__file__).parents[1] / "golden" / "problems"
EXPECTED = "expected.txt"
FIXED = "fixed"
FIX = "fix.sh"

# What only a build or a look at a built site can find; all else is found by `check`.
DEPLOY = ("check", "--deploy")
# The network has no say in what is expected.
LINKS = ("check", "--links", "--offline")
COMMANDS = {
    "foreign-file": ("build",),
    "dangerous-output": ("build",),
    "no-base-url": DEPLOY,
    "absolute-link": DEPLOY,
    "outside-link": DEPLOY,
    "unfit-for-pages": DEPLOY,
    "other-domain": DEPLOY,
    "dead-link": LINKS,
    "moved-link": LINKS,
    "edited-page": LINKS,
}


def not_utf8(content: Path) -> None:
    (content / "actors").mkdir()
    (content / "actors/rene.md").write_bytes("---\nname: René\nkind: person\n---\nAn envoy.\n".encode("latin-1"))
    (content / "actors/lund.md").write_bytes("---\nname: Lund\nkind: person\n---\nAn envoy.\n".encode("utf-16"))


def byte_order_mark(content: Path) -> None:
    talks = content / "briefs/talks.md"
    talks.write_bytes(b"\xef\xbb\xbf" + talks.read_bytes())


def nul_byte(content: Path) -> None:
    talks = content / "briefs/talks.md"
    talks.write_bytes(talks.read_bytes().replace(b"left", b"le\0t"))
    (content / "briefs/zeros.md").write_bytes(bytes(4096))


def control_character(content: Path) -> None:
    talks = content / "briefs/talks.md"
    text = talks.read_text().replace("table", "ta\x07ble").replace("Lund", "\u202ednuL\u202c")
    talks.write_text(text.replace("envoys", "en\x85voys"))


def file_too_large(content: Path) -> None:
    with (content / "briefs/large.md").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    rows = "| day | ships |\n| --- | --- |\n" + "| 3 June | 12 |\n" * 40_000
    (content / "briefs/table.md").write_text(f"---\ntitle: Ships\ndate: 2025-06-04\n---\n{rows}", "utf-8")


def outside_project(content: Path) -> None:
    (content / "copies/talks").mkdir(parents=True)
    (content / "copies/talks/text.txt").write_text("A private text.")
    (content / "static").mkdir()
    (content / "static/talks.txt").symlink_to("../copies/talks/text.txt")
    (content.parents[1] / "elsewhere.md").write_bytes((content / "briefs/talks.md").read_bytes())
    (content / "briefs/elsewhere.md").symlink_to("../../../elsewhere.md")


def not_a_file(content: Path) -> None:
    (content / "briefs/floods.md").mkdir()
    (content / "static/maps").mkdir(parents=True)
    (content / "static/maps/again").symlink_to("..")


def unreadable_file(content: Path) -> None:
    # Not by permissions: whoever runs the tests as root may read everything.
    (content / "briefs/gone.md").symlink_to("moved.md")


def foreign_file(content: Path) -> None:
    with chdir(content.parent), redirect_stdout(StringIO()):
        main(["build", "--quiet"])
    (content / "briefs/floods.md").write_text("---\ntitle: Floods\ndate: 2025-06-04\n---\nThe river rose.\n")
    page = content.parent / "site/briefs/floods/index.html"
    page.parent.mkdir()
    page.write_text("<!doctype html><title>Mine</title>\n")


def unfit_for_pages(content: Path) -> None:
    (content / "static").mkdir()
    with (content / "static/hearing.mp4").open("wb") as file:
        file.truncate(120 * 1024 * 1024)


def known_links(content: Path) -> None:
    """Answers as a run with a network would have left them."""
    cache = ResultCache(content.parent, Disk())
    new = "https://ministry.example/2025/statement"
    cache["https://ministry.example/statement"] = LinkResult("moved", 1_764_000_000, target=new)
    copy = "https://web.archive.org/web/20250603/https://harbour.example/talks"
    cache["https://harbour.example/talks"] = LinkResult("dead", 1_764_000_000, note="404 Not Found", archive=copy)
    note = 'there is no host "gone.example"'
    cache["https://gone.example/"] = LinkResult("dead", 1_764_000_000, note=note, archive="")
    cache.save((), 1_764_000_000)


# What git would mend, refuse, or keep at a price; and what needs a build before.
BUILDERS: dict[str, Callable[[Path], None]] = {
    "not-utf8": not_utf8,
    "byte-order-mark": byte_order_mark,
    "nul-byte": nul_byte,
    "control-character": control_character,
    "file-too-large": file_too_large,
    "outside-project": outside_project,
    "not-a-file": not_a_file,
    "unreadable-file": unreadable_file,
    "foreign-file": foreign_file,
    "unfit-for-pages": unfit_for_pages,
    "dead-link": known_links,
    "moved-link": known_links,
}


# Limits that a small project cannot reach: code → what is smaller in its case.
LIMITS: dict[str, dict[str, float]] = {"unfit-for-pages": {"briefgen.publish.audit.NEAR": 0.1}}


def prepare(code: str, project: Path) -> None:
    """Put the bad project of a code where it may be changed; `project` does not exist yet."""
    shutil.copytree(PROBLEMS / code, project, ignore=shutil.ignore_patterns(EXPECTED, FIXED, FIX))
    if code in BUILDERS:
        BUILDERS[code](project / "content")


def mend(code: str, project: Path) -> None:
    """Turn the prepared bad project of a code into its right version."""
    folder = PROBLEMS / code
    if (folder / FIX).exists():
        subprocess.run(["sh", "-e", folder / FIX], cwd=project, check=True)
    if (folder / FIXED).exists():
        shutil.copytree(folder / FIXED, project, dirs_exist_ok=True)


def said_of(code: str, project: Path) -> tuple[str, int]:
    """What briefgen prints about a project, and its exit code; the same on every day and every terminal."""
    said = StringIO()
    calm = {name: value for name, value in os.environ.items() if not name.startswith(("BRIEFGEN_", "GITHUB_"))}
    calm["NO_COLOR"] = "1"
    command = [*COMMANDS.get(code, ("check",)), "--format", "text", "--quiet", "--date", "2025-12-31"]
    with ExitStack() as patches:
        for limit, value in LIMITS.get(code, {}).items():
            patches.enter_context(patch(limit, value))
        for context in (chdir(project), patch.dict(os.environ, calm, clear=True), redirect_stdout(said)):
            patches.enter_context(context)
        patches.enter_context(redirect_stderr(said))
        exit_code = main(command)
    return said.getvalue(), exit_code


def write_anew(codes: list[str]) -> None:
    """Write `expected.txt` of these codes, else of all."""
    for code in codes or sorted(folder.name for folder in PROBLEMS.iterdir()):
        with TemporaryDirectory() as folder:
            prepare(code, project := Path(folder, "project"))
            (PROBLEMS / code / EXPECTED).write_text(said_of(code, project)[0], encoding="utf-8")


if __name__ == "__main__":
    write_anew(sys.argv[1:])
