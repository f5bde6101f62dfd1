"""Plan a change of an id: what each file will be, before anything is written."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from briefgen.kernel.disk import Disk
from briefgen.load.content import Parsed, assemble, parse
from briefgen.load.discover import CONTENT, COPIES, ContentFile, content_file
from briefgen.load.file_editor import FileEditor
from briefgen.load.scalars import CannotEdit
from briefgen.model.content import Brief, Id
from briefgen.model.failure import Failure
from briefgen.model.problem import Problem
from briefgen.model.site import Document, Site
from briefgen.rename.edit import edit_references
from briefgen.rename.lookup import Project, find_ids, read_project, refuse_bad_id, refuse_taken
from briefgen.rename.new_ids import NewId, map_document


class FileChange(NamedTuple):
    """A file with its bytes before and after, and how many references to the id it has."""

    file: str
    path: Path
    before: bytes
    after: bytes
    references: int


class Renaming(NamedTuple):
    """What to write and to move, in this order: the file that has the id, the moves, and all other files.

    It `continues` a renaming that was interrupted, or one by hand.
    """

    kind: str
    old: Id
    new: Id
    own: FileChange | None
    moves: tuple[tuple[str, str], ...]
    others: tuple[FileChange, ...]
    continues: bool
    is_draft: bool = False  # never published, so that in the end its old address leads nowhere

    @property
    def references(self) -> int:
        return sum(change.references for change in self.changes)

    @property
    def changes(self) -> tuple[FileChange, ...]:
        return (*([self.own] if self.own else ()), *self.others)


def plan_renaming(root: Path, kind: str, old: Id, new: Id, disk: Disk) -> tuple[Renaming | None, tuple[Problem, ...]]:
    """Return what is to be done, or the problems of files that cannot be read and may name what is renamed.

    Raises:
        Failure: one id leads to nothing, the other is taken, or a reference cannot be changed in place.
    """
    refuse_bad_id(new)
    project = read_project(root, disk)
    if not isinstance(project, Project):
        return None, project
    new_id, file, continues = find_ids(project, kind, old, new)
    if not continues:
        refuse_taken(project, new_id)
    moves = tuple(_find_moves(project, new_id, file))
    changes = _change_files(project, new_id, file, is_own_source=kind == "source" and not new_id.is_file)
    own = next((change for change in changes if change.file == file), None)
    others = tuple(change for change in changes if change is not own)
    is_draft = kind == "brief" and _was_never_published(project.site, new if continues else old, old)
    return Renaming(kind, old, new, own, moves, others, continues, is_draft), ()


def _was_never_published(site: Site, id: Id, old: Id) -> bool:
    """Return whether a brief is a draft, and nothing says that it was published before."""
    data = site.briefs[id].data
    return data.status == "draft" and not {id, old} & site.published.keys() and not {*data.former_ids} - {old}


def _find_moves(project: Project, new_id: NewId, file: str) -> Iterator[tuple[str, str]]:
    """Yield the file and the folder of the copy that get the new name.

    Raises:
        Failure: something has that name.
    """
    folder, _, name = file.rpartition("/")
    suffix = name[name.rindex(".") :]
    pairs = [(f"{folder}/{new_id.old}{suffix}", f"{folder}/{new_id.new}{suffix}")] if new_id.is_file else []
    if new_id.is_source:
        pairs.append((f"{CONTENT}/{COPIES}/{new_id.old}", f"{CONTENT}/{COPIES}/{new_id.new}"))
    for before, after in pairs:
        if os.path.lexists(project.root / before):
            if os.path.lexists(project.root / after):
                message = f"{after} is there already, and nothing is overwritten"
                raise Failure(message, "Choose another id, or move it away.")
            yield before, after


def _change_files(project: Project, new_id: NewId, own: str, *, is_own_source: bool) -> tuple[FileChange, ...]:
    changes: list[FileChange] = []
    parsed = dict(project.parsed)
    files: list[ContentFile] = []
    for file in project.discovery.files:
        change, found, kept = _change_file(project, new_id, file, is_own=file.file == own, is_own_source=is_own_source)
        if change:
            changes.append(change)
            parsed[kept.file] = found
        files.append(kept)
    after, problems = assemble(replace(project.discovery, files=tuple(files)), parsed)
    more = _count_errors(problems) - _count_errors(project.problems)
    if after is None or more:
        first = next(problem for problem in problems if problem.is_error and problem.code in more)
        raise Failure(
            f'with the id "{new_id.new}" the content would have an error: {first.message}',
            f"{first.hint}. Nothing has been changed." if first.hint else "Nothing has been changed.",
        )
    return tuple(changes)


def _count_errors(problems: Iterable[Problem]) -> Counter[str]:
    return Counter(problem.code for problem in problems if problem.is_error)


def _change_file(
    project: Project, new_id: NewId, file: ContentFile, *, is_own: bool, is_own_source: bool
) -> tuple[FileChange | None, Parsed[Any], ContentFile]:
    """Return how a file changes, what it will hold, and its entry under its new name."""
    document = project.document(file.file)
    expected, changes = map_document(document, new_id)
    kept = file
    if is_own:
        expected = _with_former_id(expected, new_id, is_own_source=is_own_source)
        if new_id.is_file and file.id == new_id.old:
            kept = replace(file, id=new_id.new, file=content_file(file.kind, new_id.new))
            expected = replace(expected, id=kept.id, file=kept.file)
    before = project.data[file.file]
    if not changes and expected.data == document.data and kept is file:
        return None, project.parsed[file.file], file
    reason = ""
    for has_definitions in (False, True):
        try:
            editor = FileEditor(file.file, before)
            edit_references(editor, changes, has_definitions=has_definitions)
            if is_own:
                _edit_own(editor, new_id, is_own_source=is_own_source)
            after = editor.result()
        except CannotEdit as error:
            reason = str(error)
            continue
        found = parse(kept.kind, kept.id, kept.file, after)
        if found.document is not None and map_document(found.document, None)[0] == expected:
            return FileChange(file.file, Path(file.path), before, after, len(changes)), found, kept
        reason = "a reference is written in a form in which it cannot be changed"
    line = next((f":{use.reference.line}" for use, *_ in changes if use.reference and use.reference.line), "")
    next_step = "Change the id there by hand, then run the command again; nothing has been changed."
    raise Failure(f"{file.file}{line}: {reason}", next_step)


def _with_former_id(document: Document[Any], new_id: NewId, *, is_own_source: bool) -> Document[Any]:
    data = document.data
    if not is_own_source:
        return replace(document, data=replace(data, former_ids=_former_ids(data.former_ids, new_id)))
    assert isinstance(data, Brief)  # noqa: S101 (only a brief has a source of its own)
    assert data.source is not None  # noqa: S101 (it is what is renamed)
    source = replace(data.source, id=new_id.new, former_ids=_former_ids(data.source.former_ids, new_id))
    return replace(document, data=replace(data, source=source))


def _former_ids(ids: tuple[Id, ...], new_id: NewId) -> tuple[Id, ...]:
    """Return the former ids with the old one at the end; it takes the place of the new one, which is none any more."""
    if new_id.old in ids:
        return ids
    if new_id.new in ids:
        return tuple(new_id.old if id == new_id.new else id for id in ids)
    return (*ids, new_id.old)


def _edit_own(editor: FileEditor, new_id: NewId, *, is_own_source: bool) -> None:
    """Change the id where it is written, and add the old one to the former ids."""
    above = ("source",) if is_own_source else ()
    if is_own_source:
        written = editor.value((*above, "id"))
        if written is None:
            editor.add(above, "id", new_id.new)
        elif written != new_id.new:
            editor.set_value((*above, "id"), new_id.new)
    ids = editor.value((*above, "former_ids"))
    if ids is None:
        editor.add(above, "former_ids", [new_id.old])
    elif new_id.new in ids and new_id.old not in ids:
        editor.set_value((*above, "former_ids", ids.index(new_id.new)), new_id.old)
    elif new_id.old not in ids:
        editor.append((*above, "former_ids"), new_id.old)
