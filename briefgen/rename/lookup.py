"""Find what an id belongs to, and whether the new one is free."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from briefgen.kernel.disk import Disk
from briefgen.load.content import Parsed, assemble, parse
from briefgen.load.discover import Discovery, discover
from briefgen.load.slugs import check_id
from briefgen.load.suggest import closest_name
from briefgen.model.content import Id
from briefgen.model.failure import Failure
from briefgen.model.names import question
from briefgen.model.problem import Problem
from briefgen.model.site import Document, Site
from briefgen.rename.new_ids import KINDS, NewId, collect_names, find_name


class Project(NamedTuple):
    """Everything that was read: `data` and `parsed` are by file; `problems` are those of the whole content."""

    root: Path
    discovery: Discovery
    data: dict[str, bytes]
    parsed: dict[str, Parsed[Any]]
    site: Site
    problems: tuple[Problem, ...]

    def document(self, file: str) -> Document[Any]:
        """Return the document of a file; none of them lacks one."""
        found = self.parsed[file].document
        assert found is not None  # noqa: S101 (files without a document are refused before)
        return found


def refuse_bad_id(new: str) -> None:
    """Raise Failure if a text cannot be an id."""
    complaint, better = check_id(new, new)
    if complaint:
        raise Failure(complaint, f"Write {better}, for example." if better else "")


def read_project(root: Path, disk: Disk) -> Project | tuple[Problem, ...]:
    """Return the project, or the errors of the files that cannot be read."""
    discovery = discover(root)
    data = {file.file: disk.read(file.path) for file in discovery.files}
    parsed = {file.file: parse(file.kind, file.id, file.file, data[file.file]) for file in discovery.files}
    unread = (problem for each in parsed.values() if each.failed is not None for problem in each.problems)
    if broken := tuple(problem for problem in (*discovery.problems, *unread) if problem.is_error):
        return broken
    site, problems = assemble(discovery, parsed)
    if site is None:
        raise Failure("content/site.yaml cannot be read", "Run `briefgen check`.")
    return Project(root, discovery, data, parsed, site, problems)


def find_ids(project: Project, kind: str, old: Id, new: Id) -> tuple[NewId, str, bool]:
    """Return the ids, the file that has the old or the new one, and whether a renaming goes on."""
    site = project.site
    if old == new:
        raise Failure(f'"{old}" is the id already', "Write another one.")
    found: Mapping[Id, Any] = getattr(site, KINDS[kind])
    record = found.get(old)
    continues = record is None and new in found and old in found[new].data.former_ids
    if continues:
        record = found[new]
    if record is None:
        raise Failure(f'no {kind} "{old}"', _suggest(found, kind, old))
    if not record.file:
        hint = f"Sources name it so: change the name there, or write a file with `briefgen new publisher {old}` first."
        raise Failure(f'the publisher "{old}" has no file', hint)
    is_file = kind != "source" or record.brief is None
    own_source = record.data.source if kind == "brief" else None
    has_own_record = own_source is not None and own_source.id is None
    names = collect_names(site)
    new_names = names if continues else collect_names(site, kind, old, new)
    new_id = NewId(
        kind=kind,
        old=old,
        new=new,
        is_file=is_file,
        is_source=kind == "source" or has_own_record,
        has_claims=is_file and kind in ("brief", "source"),
        names=names,
        new_names=new_names.get(kind),
    )
    return new_id, record.file, continues


def _suggest(found: Mapping[Id, Any], kind: str, old: Id) -> str:
    by_name: dict[str, Id] = {}
    for id, one in found.items():
        by_name |= dict.fromkeys((id, *getattr(one.data, "aliases", ()), getattr(one.data, "name", id)), id)
    if old in by_name:
        return f'Write its id: "{by_name[old]}".'
    near = closest_name(old, by_name)
    hint = question(by_name[near]) if near else ""
    return hint[:1].upper() + hint[1:] or (f"`briefgen list {kind}s` lists the ids." if kind != "brief" else "")


def refuse_taken(project: Project, new_id: NewId) -> None:
    """Raise Failure if something has the new id, or a name that leads to the same."""
    site, kind, new = project.site, new_id.kind, new_id.new
    taken = ""
    if kind in ("brief", "source"):
        # `id#claim` and the own source of a brief share these ids.
        record = site.sources.get(new)
        is_own = record is not None and record.brief == new_id.old and kind == "brief"
        brief = site.briefs.get(new)
        if record and not is_own:
            taken = record.file
        elif brief and not (kind == "source" and not new_id.is_file and site.sources[new_id.old].brief == new):
            taken = brief.file
    else:
        for of in ("actor", "theme") if kind != "publisher" else ("publisher",):
            found = find_name(new_id.names[of], new)
            if found is not None and (of, found) != (kind, new_id.old):
                documents: Mapping[Id, Document[Any]] = getattr(site, KINDS[of])
                taken = documents[found].file or "a source, as its publisher"
        if kind == "publisher" and new == "unknown":
            raise Failure('"unknown" means that the publisher is not known', "Choose another id.")
    for folder in {KINDS[kind], *(["sources"] if new_id.is_source else [])}:
        leads_to = site.redirects.get(f"{folder}/{new}")
        if not taken and leads_to and leads_to != f"{folder}/{new_id.old}":
            taken = f"content/{leads_to}, as a former id"
    if taken:
        raise Failure(f'"{new}" is taken: {taken} has it', "Choose another id.")
