"""Content files → content. A file is parsed only if the cache has no result for its bytes."""

from collections.abc import Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.cache import Cache
from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.kernel.workers import parallel_map, process_count
from briefgen.load.content import STRUCTS, Content, Parsed, assemble, parse
from briefgen.load.discover import ContentFile
from briefgen.model.content import ContentKind
from briefgen.model.failure import Failure
from briefgen.model.site import Site
from briefgen.pipeline.incremental.code_fingerprint import code_fingerprint
from briefgen.pipeline.incremental.context import RunContext
from briefgen.pipeline.incremental.inputs import Inputs, save_deferred_stats, scan_inputs
from briefgen.pipeline.incremental.view_invalidation import DocumentFingerprint, ParsedFile, document_fingerprint

FILES_PER_WORKER = 100
MAX_BODIES_IN_MEMORY = 1000

_encode = msgspec.msgpack.Encoder().encode


class CachedContent(Struct, frozen=True):
    """The content of a project, with the files and the digests that it was made from, both by file."""

    content: Content
    files: Mapping[str, ParsedFile]
    digests: Mapping[str, str]
    html: "HtmlStore"


class HtmlStore:
    """The HTML of bodies by digest: of those parsed in this run, and from the cache as they are needed."""

    def __init__(self, cache: Cache, disk: Disk) -> None:
        self._cache = cache
        self._disk = disk
        self._recent: dict[str, str] = {}
        self._prefetched: dict[bytes, bytes] = {}
        self._origins: dict[str, ContentFile] = {}
        self._digests: dict[str, str] = {}

    def add(self, name: str, html: str) -> None:
        """Store a body under its digest. Only a limited number is held in memory."""
        self._cache.put(name.encode(), html.encode())
        self._recent[name] = html
        if len(self._recent) > MAX_BODIES_IN_MEMORY and self._cache.is_persistent:
            self._recent.clear()

    def register(self, name: str, origin: ContentFile) -> None:
        """Record which file a body comes from that is in the cache or was parsed by another process."""
        if name:
            self._origins[name] = origin
            self._digests[origin.file] = name
            self._cache.mark_used(name.encode())

    def prefetch(self, files: Iterable[str]) -> None:
        """Read the bodies of some content files from the cache at once."""
        names = (self._digests.get(file) for file in files)
        self._prefetched = self._cache.get_many(name.encode() for name in names if name and name not in self._recent)

    def __call__(self, name: str) -> str:
        recent = self._recent.get(name)
        if recent is not None:
            return recent
        key = name.encode()
        cached = self._prefetched.get(key) or self._cache.get(key)
        if cached is not None:
            return cached.decode()
        # The cache may lose entries, so the file is parsed again.
        origin = self._origins[name]
        parsed = parse(origin.kind, origin.id, origin.file, self._disk.read(Path(origin.path)))
        if body_digest(parsed) != name:
            raise Failure(f"{origin.file} was changed while it was read", "Build again.")
        self.add(name, parsed.html)
        return parsed.html


def load_cached_content(inputs: Inputs, context: RunContext, jobs: int | None = None) -> CachedContent:
    """Return the content of a project. `jobs` limits the number of processes that parse.

    Raises:
        Failure: the machine refused to read a file.
    """
    html = HtmlStore(context.cache, context.disk)
    files, digests = _parse_files(inputs, context, html, jobs)
    parsed = {file: each.parsed for file, each in files.items()}
    site, problems = assemble(inputs.discovery, parsed)
    return CachedContent(Content(site, problems, parsed, html), files, digests, html)


def read_site(root: Path) -> Site | None:
    """Return the site of a project with all its faults; None if its configuration cannot be read.

    Raises:
        Failure: the machine refused to read a file.
    """
    with RunContext.of_project(root) as context:
        return load_cached_content(scan_inputs(root, context), context).content.site


def _parse_files(
    inputs: Inputs, context: RunContext, html: HtmlStore, jobs: int | None
) -> tuple[dict[str, ParsedFile], dict[str, str]]:
    """Return all content files, parsed, and the digests of the bytes that they were parsed from."""
    files, digests = inputs.discovery.files, dict(inputs.content)
    keys = {file.file: _cache_key(file, digests[file.file]) for file in files}
    recent = context.parsed
    cached = context.cache.get_many(key for key in keys.values() if key not in recent)
    found: dict[str, ParsedFile] = {}
    missing = []
    for file in files:
        key = keys[file.file]
        parsed = recent.get(key) or _decode(file.kind, cached.get(key))
        if parsed is None:
            missing.append(file)
        else:
            found[file.file] = parsed
            html.register(body_digest(parsed.parsed), file)
    count = process_count(len(missing), FILES_PER_WORKER, jobs)
    for file, answer in parallel_map(partial(_parse, context, html), missing, count, context.cache.flush):
        # The file may have changed since its digest was taken.
        digests[file.file], fresh, text = _decode_fresh(file, answer)
        keys[file.file] = _cache_key(file, digests[file.file])
        context.cache.mark_used(keys[file.file])
        found[file.file] = fresh
        html.register(body_digest(fresh.parsed), file)
        if text:
            html.add(body_digest(fresh.parsed), text)
    save_deferred_stats(inputs, digests, context)
    context.parsed = {keys[file.file]: found[file.file] for file in files}
    return found, digests


def parse_version(file: ContentFile, content: str, context: RunContext, html: HtmlStore) -> Parsed[Any] | None:
    """Return one file whose bytes have the digest `content`, parsed; None if they have another one by now."""
    key = _cache_key(file, content)
    found = context.parsed.get(key) or _decode(file.kind, context.cache.get(key))
    if found is None:
        try:
            now, found, _ = _decode_fresh(file, _parse(context, html, file))
        except Failure:
            return None
        if now != content:
            return None
    html.register(body_digest(found.parsed), file)
    context.parsed[key] = found
    return found.parsed


def _parse(context: RunContext, html: HtmlStore, file: ContentFile) -> bytes:
    """Parse a file and cache the result here, in whichever process this is. Return it for `_decode_fresh`."""
    data = context.disk.read(Path(file.path))
    parsed = parse(file.kind, file.id, file.file, data)
    fingerprint = document_fingerprint(parsed.document) if parsed.document else None
    content, encoded = digest(data), _encode((replace(parsed, html=""), fingerprint))
    context.cache.put(_cache_key(file, content), encoded)
    if parsed.html:
        html.add(body_digest(parsed), parsed.html)
    # With a persistent cache the body need not be sent between processes.
    return _encode((content, encoded, "" if context.cache.is_persistent else parsed.html))


def _decode_fresh(file: ContentFile, answer: bytes) -> tuple[str, ParsedFile, str]:
    """Return the digest of a file's bytes, the parsed file, and the HTML of its body if it is not in the cache."""
    content, encoded, html = msgspec.msgpack.decode(answer, type=tuple[str, bytes, str])
    return content, ParsedFile(*_decoder(file.kind).decode(encoded)), html


def body_digest(parsed: Parsed[Any]) -> str:
    """Return the digest of the body of a parsed file, which is empty if there is none."""
    return parsed.document.body.digest if parsed.document else ""


def _cache_key(file: ContentFile, content: str) -> bytes:
    """Return the cache key of the result of parsing a file whose bytes have the digest `content`."""
    code = code_fingerprint("kernel", "load", "model", "pipeline")
    return digest(_encode((code, file.kind, file.file, content))).encode()


@cache
def _decoder(kind: ContentKind) -> msgspec.msgpack.Decoder[tuple[Parsed[Any], DocumentFingerprint | None]]:
    parsed: Any = Parsed[STRUCTS[kind]]  # type: ignore[valid-type]  # a type that is known only at run time
    return msgspec.msgpack.Decoder(tuple[parsed, DocumentFingerprint | None])


def _decode(kind: ContentKind, value: bytes | None) -> ParsedFile | None:
    if value is None:
        return None
    try:
        return ParsedFile(*_decoder(kind).decode(value))
    except msgspec.DecodeError:
        return None
