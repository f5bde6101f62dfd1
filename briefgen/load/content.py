"""The files of a project → its content: the site, and everything that is wrong with it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from briefgen.kernel.disk import Disk
from briefgen.load.discover import Discovery, Failed, discover
from briefgen.load.document import Parsed, parse
from briefgen.load.references import resolve
from briefgen.model.content import Config
from briefgen.model.problem import Problem
from briefgen.model.site import Document, Site


class Content(Struct, frozen=True):
    """The content of a project; `site` is None if `site.yaml` cannot be read. `html(digest)` returns a body."""

    site: Site | None
    problems: tuple[Problem, ...]
    parsed: Mapping[str, Parsed[Any]]  # by content file
    html: Callable[[str], str]


def load_content(root: Path, disk: Disk) -> Content:
    """Read and parse all content files of a project.

    Raises:
        Failure: the machine refused to read a file.
    """
    found = discover(root)
    parsed = {file.file: parse(file.kind, file.id, file.file, disk.read(file.path)) for file in found.files}
    bodies = {each.document.body.digest: each.html for each in parsed.values() if each.document}
    site, problems = assemble(found, parsed)
    return Content(site, problems, parsed, bodies.__getitem__)


def assemble(discovery: Discovery, parsed: Mapping[str, Parsed[Any]]) -> tuple[Site | None, tuple[Problem, ...]]:
    """Return the site of parsed files (by file), and the problems of all files and of the references between them."""
    problems = list(discovery.problems)
    config: Document[Config] | None = None
    documents: dict[str, list[Document[Any]]] = {}
    failed: list[Failed] = list(discovery.failed)
    for file in discovery.files:
        found = parsed[file.file]
        problems.extend(found.problems)
        if found.failed is not None:
            failed.append(found.failed)
        elif file.kind == "config":
            config = found.document
        elif found.document is not None:
            documents.setdefault(file.kind, []).append(found.document)
    if config is None:
        return None, tuple(problems)
    site, unresolved = resolve(config.data, documents, discovery.statics, failed)
    return site, (*problems, *unresolved)
