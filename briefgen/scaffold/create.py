"""Create projects and content files from templates. Nothing is overwritten, and no file is left half written."""

import os
import re
import shutil
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path

from briefgen.kernel.disk import Disk, refused
from briefgen.load.content import PLACEHOLDERS
from briefgen.load.discover import CONTENT, content_file
from briefgen.load.slugs import check_id
from briefgen.model.failure import Failure
from briefgen.plan import urls

CONFIG = f"{CONTENT}/site.yaml"
IGNORED = (".briefgen/", "/content/copies/", "/site/")
TEMPLATES = Path(__file__).with_name("templates")
_LISTS = (urls.BRIEFS, urls.ACTORS, urls.THEMES, urls.SOURCES, urls.PUBLISHERS, urls.ASSETS)
_NEXT_STEPS = {
    "brief": "Fill it in and look at it with `briefgen serve`; without the line `status: draft` it is published.",
    "actor": "Fill it in; a brief names this actor under `actors`, in a claim, or in its text as [[{id}]].",
    "theme": "Fill it in; a brief names this theme under `themes` or in a claim.",
    "publisher": "Fill it in; a source names it with `publisher: {id}`.",
    "source": "Fill it in; a text cites it as [@{id}], a flag under `evidence`.",
    "page": "Fill it in; the page will be at /{id}/.",
}


def validate_id(kind: str, id: str, given_by: str = "") -> str:
    """Return what is wrong with an id, and a better one; empty if it is valid. `given_by` is an option for ids."""
    # The user may have given the path of the file, or its title.
    complaint, better = check_id(id, re.sub(r"\.(md|yaml|yml)$", "", id.rpartition("/")[2]))
    if complaint:
        return complaint + (f"; try `{given_by or f'briefgen new {kind}'} {better}`" if better else "")
    if kind == "page" and f"{id}/" in (*_LISTS, urls.DATA):
        what = "files for programs" if f"{id}/" == urls.DATA else f"list of {id}"
        return f'a page cannot have the id "{id}": every site has its {what} at that address'
    return ""


def new_entry(root: Path, kind: str, id: str, day: date) -> tuple[Path, str]:
    """Create a content file for a valid id, and return its path from the root and what the user can do next.

    `day` is its date. An id that is taken raises a Failure.
    """
    file = Path(content_file(kind, id))
    if os.path.lexists(root / file):
        raise Failure(f"{file} is there already, and nothing is overwritten", "Choose another id, or edit that file.")
    brief = content_file("brief", id)
    if kind == "source" and os.path.lexists(root / brief):
        raise Failure(f"{brief} is there already, and its source has the same id", "Choose another id.")
    Disk().create(root / file, fill_template(kind, make_title(kind, id), day).encode())
    next_step = "It introduces the home page." if (kind, id) == ("page", "index") else _NEXT_STEPS[kind]
    return file, next_step.format(id=id)


def fill_template(kind: str, title: str, day: date) -> str:
    """Return the text of a new file of a kind with this title."""
    template = TEMPLATES / "entry" / Path(content_file(kind, kind)).name
    text = template.read_text(encoding="utf-8").replace("__PLACEHOLDER__", PLACEHOLDERS[kind])
    return text.replace("__TITLE__", title).replace("__DATE__", day.isoformat())


def make_title(kind: str, id: str) -> str:
    """Return the words of an id as a title, or as a name: "council-vote" is Council vote, "ada-miller" Ada Miller."""
    words = id.split("-")
    if kind in ("actor", "publisher"):
        return " ".join(word.capitalize() for word in words)
    return " ".join(words).capitalize()


def new_project(root: Path, site_theme: str = "") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Create a project in a folder, which may exist and hold other files, as a fresh clone does.

    Its look is a shipped site theme, by default `briefing`. Return the existing files that were kept, and the patterns
    that their .gitignore lacks. A Failure writes nothing.
    """
    folder = TEMPLATES / "project"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    # As .gitignore, the template would have an effect in this repository.
    templates = {path.relative_to(folder).as_posix().replace("gitignore", ".gitignore"): path for path in files}
    _refuse_to_overwrite(root)
    kept = tuple(path for path in templates if "/" not in path and os.path.lexists(root / path))
    is_new_root = not root.exists()
    with refused("make", root):
        root.mkdir(parents=True, exist_ok=True)
    moved: list[Path] = []
    try:
        with (
            refused("write", root),
            tempfile.TemporaryDirectory(prefix=".briefgen-new-", dir=root, ignore_cleanup_errors=True) as staged,
        ):
            for path, template in templates.items():
                target = Path(staged, path)
                target.parent.mkdir(parents=True, exist_ok=True)
                data = template.read_bytes()
                if path == CONFIG and site_theme:
                    data = data.replace(b"# site_theme: briefing", f"site_theme: {site_theme}".encode())
                target.write_bytes(data)
            # The content is moved last, in one step, because it makes the folder a project.
            names = {path.partition("/")[0] for path in templates} - set(kept)
            for name in sorted(names, key=lambda name: name == CONTENT):
                Path(staged, name).rename(root / name)
                moved.append(root / name)
    except BaseException:
        for created in moved:
            shutil.rmtree(created, ignore_errors=True)  # nothing happens to a file
            with suppress(OSError):
                created.unlink()
        if is_new_root:
            with suppress(OSError):
                root.rmdir()
        raise
    return kept, find_missing_patterns(root / ".gitignore") if ".gitignore" in kept else ()


def _refuse_to_overwrite(root: Path) -> None:
    if os.path.lexists(root) and not root.is_dir():
        raise Failure(f"{root} is there already and is no folder", "Choose another name.")
    content = root / CONTENT
    with refused("read", root):
        is_empty = content.is_dir() and not content.is_symlink() and not any(content.iterdir())
        if is_empty or not os.path.lexists(content):
            return
        if (content / "site.yaml").exists():
            raise Failure(f"{root} is a briefgen project already", "Add to it with `briefgen new brief ID`.")
    raise Failure(f"{content} is in the way: it is there already", "Move it away, or choose another folder.")


def find_missing_patterns(gitignore: Path) -> tuple[str, ...]:
    """Return the patterns of `IGNORED` that a .gitignore lacks."""
    try:
        text = gitignore.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return IGNORED
    patterns = {line.strip().strip("/") for line in text.splitlines()}
    return tuple(pattern for pattern in IGNORED if pattern.strip("/") not in patterns)
