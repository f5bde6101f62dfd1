"""Golden sites: small projects, and what becomes of them, to the letter.

`tests/golden/sites/<case>/` holds the project and `expected/`: of the case `full` every file of the built site but the
site theme's assets, with the Markdown of one page; of the others what stands in <main> of the pages named here, and a
list of all files.
To write all anew, or those that are named:

    PYTHONPATH=tests python -m support.golden_sites [CASE …]

Then read the difference as a reader of the site would.
"""

import re
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from support.project import Project

SITES = Path(__file__).parents[1] / "golden" / "sites"
LIST = "files.txt"
MARKDOWN = "briefs/gate/index.md"

# Case → the pages of which <main> is compared; None: everything.
CASES: dict[str, tuple[str, ...] | None] = {
    "full": None,
    "markdown": ("briefs/text/index.html", "notes/index.html"),
    "evidence": (
        "actors/mayor/index.html",
        "briefs/flood/index.html",
        "sources/dam-post-flood/index.html",
        "sources/minutes/index.html",
        "themes/dam/index.html",
    ),
    "unpublished": ("actors/council/index.html", "briefs/index.html", "briefs/withdrawn/index.html", "index.html"),
    "pages": (
        "briefs/index.html",
        "briefs/page/1/index.html",
        "sources/page/1/index.html",
        "themes/dam/index.html",
        "themes/dam/page/1/index.html",
    ),
    "links": (
        "briefs/dam/index.html",
        "briefs/quay/index.html",
        "sources/dam/index.html",
        "sources/index.html",
        "sources/minutes/index.html",
        "sources/quay/index.html",
    ),
    "right-to-left": (
        "actors/ministry/index.html",
        "briefs/dam/index.html",
        "index.html",
        "publishers/al-nahr/index.html",
        "sources/dam/index.html",
        "sources/minutes/index.html",
    ),
    "own-site-theme": ("index.html", "briefs/walls/index.html"),
}


def outcome(case: str, folder: Path) -> dict[str, str]:
    """What is compared of a case that is built in an empty folder, by path in `expected/`."""
    source = SITES / case
    files: dict[str, str | bytes] = {
        path.relative_to(source).as_posix(): path.read_bytes()
        for path in sorted(source.rglob("*"))
        if path.is_file() and not path.is_relative_to(source / "expected")
    }
    project = Project(folder, files)
    report = project.build(strict=True)
    assert not report.problems, report.problems
    built = project.built()
    pages = CASES[case]
    if pages is None:
        return {
            path: _without_style(content.decode())
            for path, content in built.items()
            if not path.startswith("assets/") and (path == MARKDOWN or not path.endswith((".md", "llms-full.txt")))
        }
    return {LIST: "".join(f"{path}\n" for path in built)} | {path: _main(built[path].decode()) for path in pages}


def expected(case: str) -> dict[str, str]:
    folder = SITES / case / "expected"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write_anew(cases: list[str]) -> None:
    """Write `expected/` of these cases, else of all."""
    for case in cases or CASES:
        folder = SITES / case / "expected"
        with TemporaryDirectory() as empty:
            files = outcome(case, Path(empty))
        shutil.rmtree(folder, ignore_errors=True)
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode())


def _without_style(text: str) -> str:
    """Return the text without a stylesheet, which is a file of the site theme, and its hash."""
    text = re.sub(r"(?s)<style>.*?</style>", "<style></style>", text)
    return re.sub(r"'sha256-[^']*'", "'sha256-'", text)


def _main(page: str) -> str:
    found = re.search(r"<main.*</main>\n", page, re.DOTALL)
    assert found
    return found[0]


if __name__ == "__main__":
    write_anew(sys.argv[1:])
