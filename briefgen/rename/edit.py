"""Write new targets into the text of a file, where its references are written."""

import re
from collections.abc import Iterator
from itertools import accumulate

from briefgen.load.file_editor import FileEditor
from briefgen.load.markdown_rules.addresses import address
from briefgen.load.scalars import CannotEdit
from briefgen.model.texts import Reference
from briefgen.rename.new_ids import ChangedUse

_ENTITY = re.compile(r"\[\[\s*([^\[\]|\\]*[^\[\]|\\\s])")
_CITATION = re.compile(r"\[?\s*@([^\s\[\],;\"“”„«»]+)")
_INLINE = re.compile(r"\]\(\s*<?([^\s<>()]*)")
_DEFINITION = re.compile(r"^[ \t>]{0,12}\[[^\]\n]+\]:\s*<?([^\s<>]+)", re.MULTILINE)
_EMPTY_LINE = re.compile(r"\n[ \t>]*\n")


def edit_references(editor: FileEditor, changes: list[ChangedUse], *, has_definitions: bool) -> None:
    """Change the targets of references; with `has_definitions` also those of links that are defined apart.

    Raises:
        CannotEdit: the place of a reference cannot be found.
    """
    lines = list(accumulate((len(line) + 1 for line in editor.body.split("\n")), initial=0))
    for use, new, number in changes:
        if use.reference is None:
            editor.set_value(use.keys, new)
        elif use.keys:
            text = editor.value(use.keys)
            found = _locate(text, editor.file)
            if number >= len(found):
                raise CannotEdit("a reference cannot be found")
            for start, end, words in _spans(editor.file, text, found[number].column, ChangedUse(use, new, 0)):
                editor.replace_words(use.keys, start, end, words)
        else:
            line = use.reference.line - editor.lines_above - 1
            if not 0 <= line < len(lines):
                raise CannotEdit("a reference cannot be found")
            at = lines[line] + use.reference.column - 1
            for start, end, words in _spans(editor.file, editor.body, at, ChangedUse(use, new, 0)):
                editor.replace_in_body(start, end, words)
    if has_definitions:
        links = [change for change in changes if change.use.kind == "link"]
        for change in links:
            for match in _DEFINITION.finditer(editor.body):
                for start, end, words in _in_address(editor.file, match, change):
                    editor.replace_in_body(start, end, words)


def _locate(text: str, file: str) -> list[Reference]:
    """Return the references of a sentence in order, each with its offset, from 0, as its column."""
    from briefgen.load.markdown import parse_sentence
    from briefgen.load.markdown_rules.collect import OffsetJob

    job = OffsetJob(text, file)
    parse_sentence(text, job)
    return job.references


def _spans(file: str, text: str, at: int, change: ChangedUse) -> Iterator[tuple[int, int, str]]:
    """Yield what to replace for the reference that begins at an offset: nothing for a link that is defined apart."""
    reference = change.use.reference
    if reference is not None and reference.kind in ("entity", "cite"):
        match = (_ENTITY if reference.kind == "entity" else _CITATION).match(text, at)
        if match is None or " ".join(match[1].split()) != change.use.target:
            raise CannotEdit("a reference cannot be found")
        yield *match.span(1), change.new
        return
    end = _EMPTY_LINE.search(text, at)
    for match in _INLINE.finditer(text, at, end.start() if end else len(text)):
        found = list(_in_address(file, match, change))
        if found:
            yield from found
            return


def _in_address(file: str, match: re.Match[str], change: ChangedUse) -> Iterator[tuple[int, int, str]]:
    """Yield the part of an address to replace, if the address is that of the reference."""
    inside = file.removeprefix("content/")
    if address(match[1], inside.rpartition("/")[0], inside, image=False).target != change.use.target:
        return
    old, new = _difference(change.use.target.partition("#")[0], change.new.partition("#")[0])
    path = match[1].partition("#")[0]
    # The file's name, or else the folder of the page.
    for found in reversed(list(re.finditer(rf"(?<![\w-]){re.escape(old)}(?![\w-])", path))):
        start, end = match.start(1) + found.start(), match.start(1) + found.end()
        changed = path[: found.start()] + new + path[found.end() :]
        if address(changed, inside.rpartition("/")[0], inside, image=False).target == change.new.partition("#")[0]:
            yield start, end, new
            return


def _difference(old: str, new: str) -> tuple[str, str]:
    """Return the names of folders or files in which two paths differ."""
    for before, after in zip(old.split("/"), new.split("/"), strict=True):
        if before != after:
            return before.partition(".")[0], after.partition(".")[0]
    return "", ""
