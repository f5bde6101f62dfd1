"""Content files → a site. What was parsed once is remembered by the bytes it was parsed from."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.kernel.memo import Memo
from briefgen.load.discover import ContentFile
from briefgen.load.document import PARSED, Failed, Parsed, parse
from briefgen.load.references import resolve
from briefgen.model.content import Config
from briefgen.model.problem import Problem
from briefgen.model.site import Document, Site
from briefgen.pipeline.engine import engine
from briefgen.pipeline.inputs import Inputs

_encode = msgspec.msgpack.Encoder().encode


class ParseKey(Struct, frozen=True, array_like=True):
    """All that the parsed form of a file depends on."""

    engine: str
    kind: str
    file: str
    content: str  # digest of its bytes


class Read(Struct, frozen=True):
    """A project's content: `site` is None where not even its configuration can be read."""

    site: Site | None
    problems: tuple[Problem, ...]
    body: Callable[[str], str]  # the HTML of a text by its digest


class Bodies:
    """Texts in HTML by digest: those parsed in this run, and the remembered ones fetched as they are needed."""

    def __init__(self, memo: Memo, disk: Disk) -> None:
        self._memo = memo
        self._disk = disk
        self._fresh: dict[str, str] = {}
        self._origins: dict[str, ContentFile] = {}

    def add(self, name: str, html: str) -> None:
        """Keep a text that was just made."""
        self._fresh[name] = html
        self._memo.put(name.encode(), html.encode())

    def expect(self, name: str, origin: ContentFile) -> None:
        """Note which file a text that was made before comes from."""
        if name:
            self._origins[name] = origin
            self._memo.touch(name.encode())

    def __call__(self, name: str) -> str:
        fresh = self._fresh.get(name)
        if fresh is not None:
            return fresh
        kept = self._memo.get(name.encode())
        if kept is not None:
            return kept.decode()
        # The memory may forget, so the text is made again from its file.
        origin = self._origins[name]
        parsed = parse(origin.kind, origin.id, origin.file, self._disk.read(Path(origin.path)))
        self.add(name, parsed.html)
        return parsed.html


def read(inputs: Inputs, disk: Disk, memo: Memo) -> Read:
    """The project's content with everything that is wrong with it so far.

    Raises:
        Failure: the machine refused to read a file.
    """
    discovery = inputs.discovery
    problems = list(discovery.problems)
    bodies = Bodies(memo, disk)
    config: Document[Config] | None = None
    documents: dict[str, list[Document[Any]]] = {}
    failed: list[Failed] = []
    for file, parsed in _parsed(inputs, disk, memo, bodies):
        problems.extend(parsed.problems)
        if parsed.failed is not None:
            failed.append(parsed.failed)
        elif file.kind == "config":
            config = parsed.document
        elif parsed.document is not None:
            documents.setdefault(file.kind, []).append(parsed.document)
    if config is None:
        return Read(None, tuple(problems), bodies)
    site, found = resolve(config.data, documents, discovery.statics, failed)
    return Read(site, (*problems, *found), bodies)


def _parsed(inputs: Inputs, disk: Disk, memo: Memo, bodies: Bodies) -> list[tuple[ContentFile, Parsed[Any]]]:
    files = inputs.discovery.files
    keys = {file.file: _key(file, inputs.content[file.file]) for file in files}
    remembered = memo.get_many(keys.values())
    found = []
    for file in files:
        kept = _decoded(file, remembered.get(keys[file.file]))
        if kept is not None:
            if kept.document is not None:
                bodies.expect(kept.document.body.digest, file)
            found.append((file, kept))
            continue
        data = disk.read(Path(file.path))
        parsed = parse(file.kind, file.id, file.file, data)
        if parsed.document is not None and parsed.document.body.digest:
            bodies.add(parsed.document.body.digest, parsed.html)
        parsed = msgspec.structs.replace(parsed, html="")
        # The file may have changed since its digest was taken, so the key is made of what was parsed.
        memo.put(_key(file, digest(data)), _encode(parsed))
        found.append((file, parsed))
    return found


def _key(file: ContentFile, content: str) -> bytes:
    key = ParseKey(engine("load", "model"), file.kind, file.file, content)
    return digest(_encode(key)).encode()


def _decoded(file: ContentFile, value: bytes | None) -> Parsed[Any] | None:
    if value is None:
        return None
    try:
        found: Parsed[Any] = msgspec.msgpack.decode(value, type=PARSED[file.kind])
    except msgspec.DecodeError:
        return None
    return found
