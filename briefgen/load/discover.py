"""Find the files of a project: names and sizes only, nothing is opened."""

import os
import re
import stat
from collections.abc import Iterator
from errno import ELOOP
from math import ceil
from pathlib import Path, PurePath
from typing import Literal

from msgspec import Struct

from briefgen.kernel.disk import describe_error
from briefgen.kernel.stat_cache import Stamp, stamp
from briefgen.load.slugs import is_id, slug
from briefgen.model.content import ContentKind, Id
from briefgen.model.names import did_you_mean
from briefgen.model.problem import Place, Problem, Severity
from briefgen.model.site import StaticFile

CONTENT = "content"
CONFIG = "site.yaml"
WRITTEN: dict[str, ContentKind] = {"links.yaml": "links", "checks.yaml": "checks"}  # by programs
STATIC = "static"
COPIES = "copies"
RECORDS = (".briefgen", ".git")
MAX_SIZE = 4 * 1024 * 1024  # a text of 700,000 words, which no curator writes by hand

# Folder → what its files are, and their suffix.
FOLDERS: dict[str, tuple[ContentKind, Literal[".md", ".yaml"]]] = {
    "briefs": ("brief", ".md"),
    "actors": ("actor", ".md"),
    "themes": ("theme", ".md"),
    "publishers": ("publisher", ".yaml"),
    "sources": ("source", ".yaml"),
    "pages": ("page", ".md"),
}
_PLACES: dict[str, tuple[str, str]] = {kind: (folder, suffix) for folder, (kind, suffix) in FOLDERS.items()}
_STATIC_HINT = "put a file that is to be copied into content/static/"
_QUOTE = "texts in content/copies/ are private; quote from them instead"
_SCRATCH = re.compile(r"\..*|.*~|#.*#|.*\.(swp|swo|tmp|bak|orig)", re.DOTALL)
_PLAIN = re.compile(r"[a-z0-9-]+\.[a-z]{2,4}(?<!tmp|bak|swp|swo)")  # neither scratch nor unfit, as most names are
_UNFIT = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]")


class ContentFile(Struct, frozen=True, gc=False):
    """A file to read: `file` is its path from the project's root with `/`, `path` the one to open it by."""

    kind: ContentKind
    id: Id
    file: str
    path: str
    stat: Stamp


class Failed(Struct, frozen=True):
    """A file without a document, and the names that others may have for it, so that references to it are no problems.

    `names` are the names, aliases and source ids that could be read, and `#id` for each claim; None if nothing could.
    """

    kind: ContentKind
    id: Id
    names: tuple[str, ...] | None = None


class Discovery(Struct, frozen=True):
    """The entries of `content/`: files by kind and id, statics by path, and `failed` ones, each with a problem."""

    files: tuple[ContentFile, ...] = ()
    statics: tuple[StaticFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    failed: tuple[Failed, ...] = ()


class _Found(Struct, frozen=True):
    """An entry of a folder, links followed."""

    name: str
    file: str
    path: str
    kind: Literal["file", "folder", "other"]
    status: os.stat_result | None  # None for a folder that is no link


def content_file(kind: str, id: Id) -> str:
    """Return the file of what has this id, as a path from the project's root."""
    folder, suffix = _PLACES[kind]
    return f"{CONTENT}/{folder}/{id}{suffix}"


def find_root(start: Path) -> Path | None:
    """Return the nearest folder, from `start` upward, that has `content/site.yaml`."""
    here = start.absolute()
    return next((folder for folder in (here, *here.parents) if (folder / CONTENT / CONFIG).is_file()), None)


def discover(root: Path) -> Discovery:
    """Return the files of a project; a missing `site.yaml` is no problem here."""
    return _Walk(root).run()


class _Walk:
    def __init__(self, root: Path) -> None:
        self.root = str(root.absolute())
        self.real_root = os.path.realpath(root)
        self.real_content = os.path.realpath(root / CONTENT)
        self.copies = os.path.realpath(root / CONTENT / COPIES)
        self.real_static = f"{self.real_content}{os.sep}{STATIC}"
        self.records = tuple(os.path.realpath(root / name) for name in RECORDS)
        self.files: list[ContentFile] = []
        self.statics: list[StaticFile] = []
        self.problems: list[Problem] = []
        self.failed: list[Failed] = []

    def run(self) -> Discovery:
        for entry in self.entries(f"{self.root}{os.sep}{CONTENT}", CONTENT):
            if entry.name == CONFIG:
                self.content(entry, "config", "site")
            elif entry.name in WRITTEN:
                kind = WRITTEN[entry.name]
                self.content(entry, kind, kind)
            elif entry.kind != "folder":
                self.misplaced(entry.file, _stray_hint(entry.name))
            elif entry.name in FOLDERS:
                self.folder(entry)
            elif entry.name == STATIC:
                self.static(entry, "", (os.path.realpath(entry.path),))
            elif entry.name != COPIES:
                known = [*FOLDERS, STATIC, COPIES]
                self.misplaced(entry.file, did_you_mean(entry.name, known) or f"folders are {', '.join(known)}")
        self.files.sort(key=lambda file: (file.kind, file.id))
        self.statics.sort(key=lambda file: file.path)
        self.problems.sort(key=lambda problem: (problem.at.file, problem.code))
        self.failed.sort(key=lambda failed: (failed.kind, failed.id))
        return Discovery(tuple(self.files), tuple(self.statics), tuple(self.problems), tuple(self.failed))

    def say(self, code: str, message: str, file: str, hint: str = "", severity: Severity = Severity.ERROR) -> None:
        self.problems.append(Problem(code, message, Place(file), hint, severity))

    def fail(self, file: str, names: tuple[str, ...] | None = None) -> None:
        """Record a file that cannot be read, so that references to it are no problems."""
        folder, _, name = file.removeprefix(f"{CONTENT}/").partition("/")
        if folder in FOLDERS:
            kind, suffix = FOLDERS[folder]
            self.failed.append(Failed(kind, slug(name.removesuffix(suffix)), names))

    def misplaced(self, file: str, hint: str) -> None:
        self.say("misplaced-file", "briefgen does not look here", file, hint, Severity.WARNING)

    def entries(self, path: str, file: str, keep: str = "") -> Iterator[_Found]:
        """Yield the entries of a folder; of scratch files only one with the name `keep`."""
        try:
            with os.scandir(path) as scan:
                listed = list(scan)
        except FileNotFoundError:
            return
        except OSError as error:
            self.say("unreadable-file", f"the folder cannot be read: {describe_error(error)}", file)
            self.fail(file)
            return
        for entry in listed:
            name = entry.name
            plain = _PLAIN.fullmatch(name)
            if not plain and _SCRATCH.fullmatch(name) and name != keep:
                continue
            if not plain and _UNFIT.search(name):
                shown = f"{file}/{name}".encode(errors="replace").decode()
                message = "the name holds characters that cannot stand in an address"
                self.say("bad-file-name", message, shown, "rename it")
                continue
            found = self.entry(entry, f"{file}/{name}")
            if found is not None:
                yield found

    def entry(self, entry: os.DirEntry[str], file: str) -> _Found | None:
        try:
            if entry.is_file(follow_symlinks=False):
                return _Found(entry.name, file, entry.path, "file", entry.stat())
            if entry.is_symlink() and not self.inside(entry.path, file):
                self.fail(file)
                return None
            if entry.is_dir():
                return _Found(entry.name, file, entry.path, "folder", None)
            status = entry.stat()
        except OSError as error:
            lost = entry.is_symlink() and (isinstance(error, FileNotFoundError) or error.errno == ELOOP)
            message = "the symbolic link leads nowhere" if lost else f"the file cannot be read: {describe_error(error)}"
            hint = "remove it, or link what it should show" if lost else "check who may read it"
            self.say("unreadable-file", message, file, hint)
            self.fail(file)
            return None
        return _Found(entry.name, file, entry.path, "file" if stat.S_ISREG(status.st_mode) else "other", status)

    def inside(self, path: str, file: str) -> bool:
        real = os.path.realpath(path)
        is_static = f"{file}/".startswith(f"{CONTENT}/{STATIC}/")
        if file == f"{CONTENT}/{COPIES}":
            # Nothing in it is read, so it may be anywhere except where content is.
            in_content = is_below(real, self.real_content)
            problem = ("to other content", "keep private texts in a folder of their own") if in_content else None
        elif not is_below(real, self.real_root):
            problem = "out of the project", "put a copy of the file here instead"
        elif is_below(real, self.copies):
            problem = "to the private copies", _QUOTE
        elif is_below(self.copies, real):
            problem = "to a folder that has the private copies in it", _QUOTE
        elif any(is_below(real, record) for record in self.records):
            problem = "to records of the project", "put a copy of the file here instead"
        elif is_static and is_below(real, self.real_content) and not is_below(real, self.real_static):
            problem = "to content that may not be published", "put a copy of the file here instead"
        else:
            problem = None
        if problem:
            self.say("outside-project", f"the symbolic link leads {problem[0]}", file, problem[1])
        return problem is None

    def folder(self, folder: _Found) -> None:
        kind, suffix = FOLDERS[folder.name]
        entries = list(self.entries(folder.path, folder.file))
        names = {entry.name for entry in entries}
        for entry in entries:
            stem, dot = entry.name[: -len(suffix)], entry.name.endswith(suffix)
            if not dot:
                self.misplaced(entry.file, _suffix_hint(entry.name, suffix, folder.file, folder=entry.kind == "folder"))
            elif not is_id(stem):
                fit = slug(stem)
                hint = f"rename it to {fit}{suffix}" if fit else "use letters a–z and digits, joined by hyphens"
                if f"{fit}{suffix}" in names:
                    hint = f"rename it to what no other file has; {fit}{suffix} is there already"
                self.say("bad-file-name", f'"{stem}" cannot be an id', entry.file, hint)
                self.fail(entry.file)
            else:
                self.content(entry, kind, stem)

    def content(self, entry: _Found, kind: ContentKind, name: Id) -> None:
        status = entry.status
        if entry.kind != "file" or status is None:
            what = "a folder" if entry.kind == "folder" else "something that is no file"
            self.say("not-a-file", f"there is {what} where a file should be", entry.file, "rename or remove it")
            self.fail(entry.file, ())
        elif status.st_size > MAX_SIZE:
            message = f"the file has {ceil(status.st_size / 1024 / 102.4) / 10:g} MiB; the limit is 4 MiB"
            hint = "content is text written by hand; put other files into content/static/"
            self.say("file-too-large", message, entry.file, hint)
            self.fail(entry.file)
        else:
            self.files.append(ContentFile(kind, name, entry.file, entry.path, stamp(status)))

    def static(self, folder: _Found, below: str, above: tuple[str, ...]) -> None:
        # Some services look there for a file that proves who owns a site, so this hidden folder is copied.
        for entry in self.entries(folder.path, folder.file, ".well-known"):
            where = f"{below}{entry.name}"
            if entry.kind == "file":
                self.statics.append(StaticFile(where, entry.file))
            elif entry.kind == "other":
                self.say("not-a-file", "something that is no file cannot be copied", entry.file, "remove it")
            else:
                real = os.path.realpath(entry.path)
                if any(is_below(one, real) for one in above):
                    hint = "remove the link"
                    self.say("not-a-file", "the symbolic link leads back to a folder above it", entry.file, hint)
                else:
                    self.static(entry, f"{where}/", (*above, real))


def is_scratch(name: str) -> bool:
    """Return whether a file is hidden, or a backup or temporary file of an editor."""
    return _SCRATCH.fullmatch(name) is not None


def is_below(path: str, folder: str) -> bool:
    """Return whether a real path is that of a folder, or of something in it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _stray_hint(name: str) -> str:
    """Return where a file belongs that lies in `content/` itself."""
    path = PurePath(name)
    suffix = path.suffix.lower()
    if path.stem.lower() == "site" and suffix in (".yml", ".yaml", ".toml", ".json"):
        return f"rename it to {CONFIG}"
    if (name := f"{path.stem.lower()}.yaml") in WRITTEN and suffix in (".yml", ".yaml"):
        return f"rename it to {name}"
    if suffix in (".md", ".markdown"):
        return "put it into a folder: briefs, actors, themes or pages"
    if suffix in (".yaml", ".yml"):
        return "put it into a folder: publishers or sources"
    return _STATIC_HINT


def _suffix_hint(name: str, suffix: str, place: str, *, folder: bool) -> str:
    """Return what to do with an entry of the folder `place` without the suffix of the files there."""
    if folder:
        return f"files lie in {place}/ itself, not in folders below it"
    path = PurePath(name)
    if path.suffix.lower() in (".md", ".markdown", ".mdown", ".yaml", ".yml", ".txt"):
        return f"rename it to {slug(path.stem) or 'name'}{suffix}"
    return _STATIC_HINT
