"""Content files → a site. What was parsed once is remembered by the bytes it was parsed from."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.kernel.memo import Memo
from briefgen.kernel.workers import processors, spread
from briefgen.load.discover import ContentFile
from briefgen.load.document import PARSED, Failed, Parsed, parse
from briefgen.load.references import resolve
from briefgen.model.content import Config
from briefgen.model.problem import Failure, Problem
from briefgen.model.site import Document, Site
from briefgen.pipeline.engine import engine
from briefgen.pipeline.inputs import Inputs
from briefgen.pipeline.tools import Tools

FILES_PER_WORKER = 100
TEXTS_HELD = 1000

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
    body: "Bodies"  # the HTML of a text by its digest
    parsed: dict[str, Parsed[Any]]  # by file


class Bodies:
    """Texts in HTML by digest: those parsed in this run, and the remembered ones fetched as they are needed."""

    def __init__(self, memo: Memo, disk: Disk) -> None:
        self._memo = memo
        self._disk = disk
        self._fresh: dict[str, str] = {}
        self._fetched: dict[bytes, bytes] = {}
        self._origins: dict[str, ContentFile] = {}
        self._names: dict[str, str] = {}

    def add(self, name: str, html: str) -> None:
        """Keep a text that was just made. However many there are, few are held in memory."""
        self._memo.put(name.encode(), html.encode())
        self._fresh[name] = html
        if len(self._fresh) > TEXTS_HELD and self._memo.lasting:
            self._fresh.clear()

    def expect(self, name: str, origin: ContentFile) -> None:
        """Note which file a text comes from that was made before or by another process."""
        if name:
            self._origins[name] = origin
            self._names[origin.file] = name
            self._memo.touch(name.encode())

    def fetch(self, files: Iterable[str]) -> None:
        """Look up the texts of some content files at once, which are about to be asked for one by one."""
        names = (self._names.get(file) for file in files)
        self._fetched = self._memo.get_many(name.encode() for name in names if name and name not in self._fresh)

    def __call__(self, name: str) -> str:
        fresh = self._fresh.get(name)
        if fresh is not None:
            return fresh
        key = name.encode()
        kept = self._fetched.get(key) or self._memo.get(key)
        if kept is not None:
            return kept.decode()
        # The memory may forget, so the text is made again from its file.
        origin = self._origins[name]
        parsed = parse(origin.kind, origin.id, origin.file, self._disk.read(Path(origin.path)))
        if parsed.document is None or parsed.document.body.digest != name:
            raise Failure(f"{origin.file} was changed while it was read", "Build again.")
        self.add(name, parsed.html)
        return parsed.html


def read(inputs: Inputs, tools: Tools, workers: int | None = None) -> Read:
    """The project's content with everything that is wrong with it so far.

    `workers` is the number of processes to parse with; by default as many as there are processors and files to pay.

    Raises:
        Failure: the machine refused to read a file.
    """
    discovery = inputs.discovery
    problems = list(discovery.problems)
    bodies = Bodies(tools.memo, tools.disk)
    config: Document[Config] | None = None
    documents: dict[str, list[Document[Any]]] = {}
    failed: list[Failed] = list(discovery.failed)
    found = _parsed(inputs, tools, bodies, workers)
    for file in discovery.files:
        parsed = found[file.file]
        problems.extend(parsed.problems)
        if parsed.failed is not None:
            failed.append(parsed.failed)
        elif file.kind == "config":
            config = parsed.document
        elif parsed.document is not None:
            documents.setdefault(file.kind, []).append(parsed.document)
    if config is None:
        return Read(None, tuple(problems), bodies, found)
    site, unresolved = resolve(config.data, documents, discovery.statics, failed)
    return Read(site, (*problems, *unresolved), bodies, found)


def _parsed(inputs: Inputs, tools: Tools, bodies: Bodies, workers: int | None) -> dict[str, Parsed[Any]]:
    files = inputs.discovery.files
    keys = {file.file: _key(file, inputs.content[file.file]) for file in files}
    known = tools.known
    remembered = tools.memo.get_many(key for key in keys.values() if key not in known)
    found: dict[str, Parsed[Any]] = {}
    missing = []
    for file in files:
        key = keys[file.file]
        kept = known.get(key) or _decoded(file, remembered.get(key))
        if kept is None:
            missing.append(file)
            continue
        found[file.file] = kept
        if kept.document is not None:
            bodies.expect(kept.document.body.digest, file)
    count = max(1, min(workers or processors(), len(missing) // FILES_PER_WORKER))
    for file, answer in spread(partial(_parse, tools, bodies), missing, count, tools.memo.keep):
        fresh = msgspec.msgpack.decode(answer, type=_Fresh)
        # The file may have changed since its digest was taken, so what was parsed counts.
        inputs.content[file.file] = fresh.content
        keys[file.file] = _key(file, fresh.content)
        tools.memo.touch(keys[file.file])
        found[file.file] = kept = msgspec.msgpack.decode(fresh.parsed, type=PARSED[file.kind])
        if kept.document is not None:
            bodies.expect(kept.document.body.digest, file)
            if fresh.html:
                bodies.add(kept.document.body.digest, fresh.html)
    inputs.have_been_read()
    known.clear()
    known.update((keys[file.file], found[file.file]) for file in files)
    return found


def reparsed(file: ContentFile, content: str, tools: Tools, bodies: Bodies) -> Parsed[Any] | None:
    """One file of which the bytes have the digest `content`; None if it has other bytes by now, or none."""
    key = _key(file, content)
    found = tools.known.get(key) or _decoded(file, tools.memo.get(key))
    if found is None:
        try:
            fresh = msgspec.msgpack.decode(_parse(tools, bodies, file), type=_Fresh)
        except Failure:
            return None
        if fresh.content != content:
            return None
        found = msgspec.msgpack.decode(fresh.parsed, type=PARSED[file.kind])
    if found.document is not None:
        bodies.expect(found.document.body.digest, file)
    tools.known[key] = found
    return found


class _Fresh(Struct, frozen=True, array_like=True):
    """A file just parsed: the digest of its bytes, the encoded `Parsed`, and its text where no memory takes that."""

    content: str
    parsed: bytes
    html: str


def _parse(tools: Tools, bodies: Bodies, file: ContentFile) -> bytes:
    """Parse a file. What is remembered of it is put by whoever parses, so that texts need not change hands."""
    data = tools.disk.read(Path(file.path))
    parsed = parse(file.kind, file.id, file.file, data)
    content, bare = digest(data), _encode(msgspec.structs.replace(parsed, html=""))
    tools.memo.put(_key(file, content), bare)
    if parsed.document is not None and parsed.html:
        bodies.add(parsed.document.body.digest, parsed.html)
    return _encode(_Fresh(content, bare, "" if tools.memo.lasting else parsed.html))


def _key(file: ContentFile, content: str) -> bytes:
    key = ParseKey(engine("kernel", "load", "model"), file.kind, file.file, content)
    return digest(_encode(key)).encode()


def _decoded(file: ContentFile, value: bytes | None) -> Parsed[Any] | None:
    if value is None:
        return None
    try:
        found: Parsed[Any] = msgspec.msgpack.decode(value, type=PARSED[file.kind])
    except msgspec.DecodeError:
        return None
    return found
