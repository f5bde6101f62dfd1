"""Load a site theme: its folder with `theme.yaml`, `templates/` and `assets/`, and all that it inherits, as one value.

The caller parses YAML. Nothing here imports jinja2.
"""

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, convert

from briefgen.kernel.digest import digest
from briefgen.kernel.folders import shipped_folder
from briefgen.kernel.messages import (
    SOURCE_LANGUAGE,
    CatalogueError,
    Messages,
    find_catalogue,
    messages_of,
    read_catalogue,
)
from briefgen.model.names import did_you_mean
from briefgen.model.problem import Place, Pointer, Problem

THEME_API = 1
MANIFEST = "theme.yaml"

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Of a project; the copies may be kept elsewhere and be linked in.
_PRIVATE = ("content", "content/copies", ".briefgen", ".git")

ParseYaml = Callable[[bytes, str], tuple[object, Sequence[Problem]]]
"""(bytes of a file, its name in problems) → plain values, and what is wrong with them."""


class Template(Struct, frozen=True):
    """A template's source and the file that problems name."""

    text: str
    file: str


class SiteTheme(Struct, frozen=True):
    """A look, whole: what it inherits is already in it."""

    name: str
    title: str
    folders: tuple[Path, ...]  # its own, then its ancestors'
    templates: dict[str, Template]  # by name, such as `parts/claim.html` or `assets/style.css`; sorted
    assets: dict[str, Path]  # by path below the site's folder for assets; sorted
    read: dict[str, str] = {}  # digests of the files that were read, by path
    messages: Messages = Messages(SOURCE_LANGUAGE)  # the texts of its templates in the language of the site


class _Manifest(Struct, frozen=True):
    theme_api: int
    name: str | None = None
    title: str | None = None
    extends: str | None = None


_KEYS = _Manifest.__struct_fields__


def shipped() -> Path:
    """Return the folder of the site themes that come with briefgen."""
    return shipped_folder("themes")


def is_name(word: str) -> bool:
    """Return whether a site theme can have this name."""
    return _NAME.fullmatch(word) is not None


def names(folders: Iterable[Path]) -> list[str]:
    """Return the names of all site themes, sorted."""
    return sorted(
        {found.name for folder in folders if folder.is_dir() for found in folder.iterdir() if _is_theme(found)}
    )


def find(name: str, folders: Iterable[Path]) -> Path | None:
    """Return the folder of the site theme `name`, in the first of `folders` that has one."""
    if is_name(name):
        for folder in folders:
            if _is_theme(folder / name):
                return folder / name
    return None


def load(
    name: str,
    folders: Sequence[Path],
    parse_yaml: ParseYaml,
    *,
    language: str = SOURCE_LANGUAGE,
    root: Path | None = None,
    asked_in: Place | Pointer | None = None,
) -> tuple[SiteTheme | None, list[Problem]]:
    """Load the site theme `name` with all that it inherits; None if there are problems.

    `folders` are searched in order: a project's own first, the shipped one last. A theme that extends its own name
    means the next one of that name. Texts are in `language`, as far as catalogues have them: that of the theme, then
    those of its ancestors, then ours. `root` is the project: files in it are named from there. `asked_in` is where the
    name was chosen. Nothing is read from the project's private files, whatever links lead there.

    Problems: `unknown-site-theme`, `site-theme-config`, `not-utf8`, `not-a-file`, `unreadable-file`,
    `outside-project`, and those of `parse_yaml`.
    """
    return _Loader(tuple(folders), parse_yaml, language, root).load(name, asked_in or Place(MANIFEST))


class _Loader:
    def __init__(self, folders: tuple[Path, ...], parse_yaml: ParseYaml, language: str, root: Path | None) -> None:
        self.folders = folders
        self.parse_yaml = parse_yaml
        self.language = language
        self.root = root.absolute() if root else None
        self.private = tuple((root / name).resolve() for name in _PRIVATE) if root else ()
        self.problems: list[Problem] = []
        self.read: dict[str, str] = {}

    def load(self, name: str, asked_in: Place | Pointer) -> tuple[SiteTheme | None, list[Problem]]:
        lineage: list[Path] = []
        title = name
        wanted: str | None = name
        search = self.folders
        while wanted is not None:
            self._check_manifests(wanted, search)
            folder = find(wanted, search)
            if folder is None:
                self._unknown(wanted, asked_in, search)
                break
            if folder in lineage:
                chain = " → ".join(each.name for each in (*lineage, folder))
                self.problems.append(
                    Problem("site-theme-config", f"site themes extend each other in a circle: {chain}", asked_in)
                )
                break
            lineage.append(folder)
            manifest = self._manifest(folder) if self._may_read(folder, folder) else None
            if manifest is None:
                break
            if len(lineage) == 1:
                title = manifest.title or name
            wanted = manifest.extends
            # Only a theme that extends its own name looks further on; any other may be the project's or a shipped one.
            own = wanted == folder.name
            search = self.folders[self.folders.index(folder.parent) + 1 :] if own else self.folders
            asked_in = Pointer(self._shown(folder / MANIFEST), ("extends",))
        templates: dict[str, Template] = {}
        assets: dict[str, Path] = {}
        for folder in reversed(lineage):
            templates.update(self._templates(folder))
            assets.update(self._files(folder, "assets"))
        templates.update(self._stylesheets(assets))
        catalogues = [content for folder in lineage if (content := self._catalogue(folder)) is not None]
        if self.problems:
            return None, self.problems
        by_name = dict(sorted(templates.items())), dict(sorted(assets.items()))
        messages = messages_of(self.language)
        if catalogues:
            messages = Messages(self.language, (*catalogues, *messages.catalogues))
        return SiteTheme(name, title, tuple(lineage), *by_name, self.read, messages), []

    def _check_manifests(self, name: str, folders: tuple[Path, ...]) -> None:
        """Report folders of this name without a manifest, which would be passed over in favour of another one."""
        for folder in (folder / name for folder in folders):
            if _is_theme(folder):
                return
            if folder.is_dir():
                message = f"this folder has no {MANIFEST}, so it is no site theme"
                hint = f"make {MANIFEST} in it, with `theme_api: {THEME_API}`, or give the folder another name"
                self.problems.append(Problem("site-theme-config", message, Place(self._shown(folder)), hint))

    def _unknown(self, name: str, asked_in: Place | Pointer, search: Sequence[Path]) -> None:
        message = f'no {"other " if name in names(self.folders) else ""}site theme "{name}"'
        self.problems.append(Problem("unknown-site-theme", message, asked_in, hint=_suggest(name, names(search))))

    def _manifest(self, folder: Path) -> _Manifest | None:
        file = self._shown(folder / MANIFEST)
        content = self._read(folder / MANIFEST) if self._may_read(folder / MANIFEST, folder) else None
        if content is None:
            return None
        raw, problems = self.parse_yaml(content, file)
        self.problems.extend(problems)
        if problems:
            return None
        faults = list(_faults(raw, file, folder.name))
        self.problems.extend(faults)
        return None if faults else convert(raw, _Manifest, strict=False)

    def _templates(self, folder: Path) -> Iterator[tuple[str, Template]]:
        for name, path in self._files(folder, "templates"):
            if not name.endswith(".html"):
                continue
            content = self._read(path)
            if content is None:
                continue
            file = self._shown(path)
            try:
                text = content.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                line = error.object.count(b"\n", 0, error.start) + 1
                self.problems.append(Problem("not-utf8", "this template is not UTF-8", Place(file, line)))
                continue
            if "\0" in text:
                line = text.count("\n", 0, text.index("\0")) + 1
                self.problems.append(Problem("nul-byte", "this template holds NUL bytes", Place(file, line)))
                continue
            yield name, Template(text.replace("\r\n", "\n"), file)

    def _stylesheets(self, assets: Mapping[str, Path]) -> Iterator[tuple[str, Template]]:
        """Yield each stylesheet as a template that shows it, so that a page can have it inside itself.

        Pages lose indentation and blank lines, so these are taken away here: a hash of the text then holds in the page.
        """
        for name, path in assets.items():
            if name.endswith(".css") and (content := self._read(path)) is not None:
                lines = map(str.strip, content.decode("utf-8", "replace").split("\n"))
                text = "\n".join(filter(None, lines)).replace("</", "<\\/").replace("{%", "{ %")
                yield f"assets/{name}", Template(f"{{% raw %}}{text}{{% endraw %}}", self._shown(path))

    def _catalogue(self, folder: Path) -> bytes | None:
        """Return the catalogue of a theme for the language, if it has one that can be read."""
        path = find_catalogue(folder / "messages", self.language)
        content = self._read(path) if path is not None and self._may_read(path, folder) else None
        if path is None or content is None:
            return None
        try:
            read_catalogue(content, self.language)
        except CatalogueError as error:
            place = Place(self._shown(path), error.line)
            self.problems.append(Problem("site-theme-config", f"this catalogue cannot be read: {error}", place))
            return None
        return content

    def _files(self, folder: Path, part: str) -> Iterator[tuple[str, Path]]:
        top = folder / part
        if not self._may_read(top, folder):
            return
        for path in _walk(top):
            if not self._may_read(path, folder):
                continue
            if not path.is_file():
                self.problems.append(Problem("not-a-file", "this is not a file", Place(self._shown(path))))
            else:
                yield path.relative_to(top).as_posix(), path

    def _may_read(self, path: Path, folder: Path) -> bool:
        """Return whether a path really lies in the folder of its site theme, and not among private files."""
        real = Path(os.path.realpath(path))  # `resolve` raises an error for a link that leads to itself
        if any(real.is_relative_to(private) for private in self.private):
            message = "a symbolic link leads to private files of the project"
            hint = "keep site themes and all that is in them outside of content/"
        elif not real.is_relative_to(folder.resolve()):
            message, hint = "a symbolic link leads out of the site theme's folder", "copy the file instead"
        else:
            return True
        self.problems.append(Problem("outside-project", message, Place(self._shown(path)), hint))
        return False

    def _read(self, path: Path) -> bytes | None:
        try:
            content = path.read_bytes()
        except OSError as error:
            message = f"the file cannot be read: {error.strerror or error}"
            self.problems.append(Problem("unreadable-file", message, Place(self._shown(path))))
            return None
        self.read[str(path)] = digest(content)
        return content

    def _shown(self, path: Path) -> str:
        path = path.absolute()
        if self.root is not None and path.is_relative_to(self.root):
            return path.relative_to(self.root).as_posix()
        return path.as_posix()


def _faults(raw: object, file: str, folder: str) -> Iterator[Problem]:
    """All that is wrong with what a `theme.yaml` holds."""
    code, api_hint = "site-theme-config", f"write theme_api: {THEME_API}"
    if not isinstance(raw, dict):
        yield Problem(code, "theme.yaml holds no keys", Place(file), api_hint)
        return
    for key, value in raw.items():
        if key not in _KEYS:
            message, hint = f'theme.yaml has no key "{key}"', _suggest(key, _KEYS)
            yield Problem(code, message, Pointer(file, (key,), key=True), hint)
        elif not isinstance(value, str | int):
            yield Problem(code, f'"{key}" must be one text', Pointer(file, (key,)))
    api, name = raw.get("theme_api"), raw.get("name", folder)
    if api is None:
        yield Problem(code, 'theme.yaml needs the key "theme_api"', Place(file), api_hint)
    elif isinstance(api, str | int) and str(api) != str(THEME_API):
        message = f"the site theme is made for theme_api {api}; this briefgen offers {THEME_API}"
        hint = "docs/site-themes.md lists what each theme_api offers"
        yield Problem(code, message, Pointer(file, ("theme_api",)), hint)
    if isinstance(name, str | int) and str(name) != folder:
        message = f'the site theme calls itself "{name}", its folder "{folder}"'
        yield Problem(code, message, Pointer(file, ("name",)), "the folder's name is the one that counts")


def _is_theme(folder: Path) -> bool:
    return (folder / MANIFEST).is_file()


def _walk(folder: Path) -> Iterator[Path]:
    """All files below `folder`, sorted, without hidden ones and editors' backups; links to folders are not followed."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and not name.endswith("~"):
                yield Path(place, name)


def _suggest(word: str, known: Collection[str]) -> str:
    return did_you_mean(word, known, cutoff=0.6) or (f"known here: {', '.join(known)}" if known else "")
