"""Write links for mentions into a content file; readers see the same words as before."""

from collections.abc import Iterable, Sequence

from briefgen.load.file_editor import FileEditor
from briefgen.load.known_names import KnownNames
from briefgen.load.markdown import render, render_sentence
from briefgen.load.mentions import Spot, Unlinked
from briefgen.load.scalars import CannotEdit
from briefgen.model.problem import Problem
from briefgen.model.references import Keys
from briefgen.model.texts import AnyText, MarkedText, plain

_TRIES = 5  # mentions of one target, where the first ones cannot be linked
_Text = tuple[AnyText, Sequence[Problem]]


def write_links(file: str, data: bytes, found: Iterable[Unlinked], names: KnownNames) -> tuple[bytes, list[Unlinked]]:
    """Return the bytes of a file with links for the first mentions, and those that got one.

    Only a mention by name gets one, and only where readers see the same words as before and nothing else is changed.
    """
    wanted = [one for one in found if one.way == "name" and names.resolve(one.id) == one.targets[0]]
    firsts = [(one, one.spots[0]) for one in wanted]
    if (new := _with_links(file, data, firsts)) is not None:
        return new, wanted
    kept: list[tuple[Unlinked, Spot]] = []
    for one in wanted:
        for spot in one.spots[:_TRIES]:
            if (more := _with_links(file, data, [*kept, (one, spot)])) is not None:
                kept.append((one, spot))
                new = more
                break
    return new or data, [one for one, _ in kept]


def _with_links(file: str, data: bytes, spots: Sequence[tuple[Unlinked, Spot]]) -> bytes | None:
    """Return the bytes of a file with links in these places; None if that would change anything else."""
    try:
        editor = FileEditor(file, data)
        for one, spot in spots:
            link = one.write(spot, "\0").partition("\0")
            if one.keys:
                editor.replace_words(one.keys, spot.start, spot.start, link[0])
                editor.replace_words(one.keys, spot.end, spot.end, link[2])
            else:
                words = editor.body[spot.start : spot.end]
                editor.replace_in_body(spot.start, spot.end, f"{link[0]}{words}{link[2]}")
        new = editor.result()
    except CannotEdit:
        return None
    before, after = FileEditor(file, data), FileEditor(file, new)
    for keys in {one.keys for one, _ in spots}:
        count = sum(one.keys == keys for one, _ in spots)
        if not _reads_alike(_read(before, keys), _read(after, keys), count):
            return None
    return new


def _read(editor: FileEditor, keys: Keys) -> _Text:
    if keys:
        return render_sentence(editor.value(keys), editor.file, keys)
    body = render(editor.body, editor.file)
    return MarkedText(body.html, body.references), body.problems


def _reads_alike(before: _Text, after: _Text, count: int) -> bool:
    """Return whether a text has the same words and problems as before, and so many more references."""
    old, new = ([*text.references] if isinstance(text, MarkedText) else [] for text, _ in (before, after))
    return (
        plain(before[0]).split() == plain(after[0]).split()
        and len(before[1]) == len(after[1])
        and len(old) + count == len(new)
    )
