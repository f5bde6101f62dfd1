"""Where a file belongs that lies where nobody looks."""

from pathlib import PurePath

from briefgen.load.slugs import slug

_STATIC = "put a file that is to be copied into content/static/"


def stray_hint(name: str, config: str) -> str:
    """For a file that lies in `content/` itself, where only the file `config` does."""
    path = PurePath(name)
    suffix = path.suffix.lower()
    if path.stem.lower() == PurePath(config).stem and suffix in (".yml", ".yaml", ".toml", ".json"):
        return f"rename it to {config}"
    if path.stem.lower() == "links" and suffix in (".yml", ".yaml"):
        return "rename it to links.yaml"
    if suffix in (".md", ".markdown"):
        return "put it into a folder: briefs, actors, themes or pages"
    if suffix in (".yaml", ".yml"):
        return "put it into a folder: publishers or sources"
    return _STATIC


def suffix_hint(name: str, suffix: str, place: str, *, folder: bool) -> str:
    """For an entry of the folder `place` that has not the suffix of the files there."""
    if folder:
        return f"files lie in {place}/ itself, not in folders below it"
    path = PurePath(name)
    if path.suffix.lower() in (".md", ".markdown", ".mdown", ".yaml", ".yml", ".txt"):
        return f"rename it to {slug(path.stem) or 'name'}{suffix}"
    return _STATIC
