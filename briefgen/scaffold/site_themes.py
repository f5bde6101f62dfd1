"""Site themes that change some files of another one. Nothing is overwritten."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from briefgen.kernel.disk import Disk
from briefgen.load.content import parse_yaml
from briefgen.model.failure import Failure
from briefgen.model.names import did_you_mean
from briefgen.render import site_theme
from briefgen.render.site_theme import MANIFEST, THEME_API


def init_site_theme(root: Path, name: str, extends: str | None, wanted: Iterable[str]) -> tuple[list[Path], list[str]]:
    """Make a site theme in a project, or add to one: its manifest, and copies of the wanted files of another.

    Args:
        root: The project.
        name: The name of the site theme.
        extends: The site theme from which everything comes that this one does not have; it may have the same name.
            By default it is that of briefgen which has this name, else `briefing`.
        wanted: Files of that one, such as `templates/theme.html` or `assets/style.css`.

    Returns:
        The files that were made, from the root; and all files that can be wanted.

    Raises:
        Failure: the name is none, there is no such site theme or file, or one is there already. Then nothing is made.
    """
    if not site_theme.is_name(name):
        raise Failure(f'"{name}" is no name of a site theme', "It is made of lower-case words joined by hyphens.")
    extends = extends or (name if name in site_theme.names((site_theme.shipped(),)) else "briefing")
    files = _find_files(root, name, extends)
    disk, made, folder = Disk(), [], Path("themes", name)
    copies = {folder / path: _find_wanted(path, files, disk) for path in wanted}
    for path in copies:
        if os.path.lexists(root / path):
            raise Failure(f"{path} is there already, and nothing is overwritten", "Leave it out, or edit that file.")
    if not os.path.lexists(root / folder / MANIFEST):
        disk.create(root / folder / MANIFEST, f"theme_api: {THEME_API}\nextends: {extends}\n".encode())
        made.append(folder / MANIFEST)
    for path, data in copies.items():
        disk.create(root / path, data)
        made.append(path)
    return made, sorted(files)


def _find_files(root: Path, name: str, extends: str) -> dict[str, Path | str]:
    """Return the files of the extended site theme by their paths in its folder: templates as text, assets as paths."""
    folders = (root / "themes", site_theme.shipped())
    # A theme that extends its own name means the one that comes with briefgen.
    theme, problems = site_theme.load(extends, folders[extends == name :], parse_yaml, root=root)
    if theme is None:
        raise Failure(problems[0].message, problems[0].hint)
    templates = {
        f"templates/{path}": one.text for path, one in theme.templates.items() if not path.startswith("assets/")
    }
    return {**templates, **{f"assets/{path}": file for path, file in theme.assets.items()}}


def _find_wanted(path: str, files: Mapping[str, Path | str], disk: Disk) -> bytes:
    found = files.get(path)
    if found is None:
        next_step = did_you_mean(path, files) or "Without a file, the command lists those there are."
        raise Failure(f'the site theme has no file "{path}"', next_step)
    return found.encode() if isinstance(found, str) else disk.read(found)
