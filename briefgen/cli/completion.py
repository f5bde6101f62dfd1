"""Complete ids in the shell, from the names of files: nothing is parsed, and whatever fails completes nothing."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import click
from click.shell_completion import CompletionItem

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def complete_ids(*kinds: str) -> Complete:
    """Return a callback for the values of an option: the ids of files of these kinds."""
    return lambda context, _, incomplete: _complete(context, kinds, incomplete)


def complete_id_of_kind(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete an id of the kind that an earlier argument says."""
    return _complete(context, (context.params.get("kind"),), incomplete)


def complete_new(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete a kind or the name of a folder; and after a kind the ids that there are, to see which are taken."""
    words = context.params.get("words") or ()
    if words:
        return _complete(context, words[:1], incomplete) if len(words) == 1 else []
    from briefgen.cli.new import KINDS

    kinds = [CompletionItem(kind) for kind in KINDS if kind.startswith(incomplete)]
    return [*kinds, CompletionItem(incomplete, type="dir")]


def _complete(context: click.Context, kinds: Iterable[str | None], incomplete: str) -> list[CompletionItem]:
    with suppress(Exception):  # a message would stand in the middle of the line that the user types
        from briefgen.load.discover import CONTENT, FOLDERS, find_root

        root = context.params.get("project") or find_root(Path.cwd())
        if root is not None:
            folders = {folder: suffix for folder, (kind, suffix) in FOLDERS.items() if kind in set(kinds)}
            ids = {id for folder, suffix in folders.items() for id in _list_ids(root / CONTENT / folder, suffix)}
            return [CompletionItem(id) for id in sorted(ids) if id.startswith(incomplete)]
    return []


def _list_ids(folder: Path, suffix: str) -> Iterator[str]:
    """Yield the ids of the files in a folder; other names are problems, which `check` reports."""
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            id = entry.name.removesuffix(suffix)
            if id != entry.name and id.isascii() and id.replace("-", "").isalnum() and id == id.lower():
                yield id
