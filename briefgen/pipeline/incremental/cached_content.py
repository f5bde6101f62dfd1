"""Content files → content. A file is parsed only if the cache has no result for its bytes."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.kernel.workers import parallel_map, process_count
from briefgen.load.content import STRUCTS, Content, Parsed, assemble, parse
from briefgen.load.copies import CopyTexts
from briefgen.load.discover import ContentFile
from briefgen.model.content import ContentKind
from briefgen.model.failure import Failure
from briefgen.model.site import Site
from briefgen.pipeline.incremental.cached_copies import load_copies
from briefgen.pipeline.incremental.code_fingerprint import code_fingerprint
from briefgen.pipeline.incremental.context import RunContext, open_context
from briefgen.pipeline.incremental.inputs import Inputs, scan_inputs, store_content_digests
from briefgen.pipeline.incremental.shared_texts import share_texts
from briefgen.pipeline.incremental.view_invalidation import DocumentFingerprint, document_fingerprint

FILES_PER_WORKER = 100

ParsedFile = tuple[Parsed[Any], DocumentFingerprint | None]
"""A content file as it was parsed, without the HTML of its body; and the fingerprint of its document, if it has one."""

_encode = msgspec.msgpack.Encoder().encode


class ContentCache:
    """The parsed content files of a project, and the HTML of their bodies by digest.

    `files` has all parsed files by path, `recent` those parsed last by cache key: a preview passes these on, so that
    they need not be decoded again.
    """

    def __init__(self, context: RunContext, recent: Mapping[bytes, ParsedFile] | None = None) -> None:
        self.context = context
        self.files: dict[str, ParsedFile] = {}
        self.recent = dict(recent or {})
        self._body_files: dict[str, ContentFile] = {}  # by digest of the body
        self._prefetched: dict[bytes, bytes] = {}

    def load(self, inputs: Inputs, jobs: int | None = None) -> tuple[Content, Inputs]:
        """Return the content of a project, and the inputs as they were read. `jobs` limits the number of processes."""
        files, digests = inputs.discovery.files, dict(inputs.content)
        keys = {file.file: _cache_key(file, digests[file.file]) for file in files}
        cached = self.context.cache.get_many(key for key in keys.values() if key not in self.recent)
        missing = []
        for file in files:
            key = keys[file.file]
            found = self.recent.get(key) or _decode(file.kind, cached.get(key))
            if found is None:
                missing.append(file)
            else:
                self._add(file, found)
        count = process_count(len(missing), FILES_PER_WORKER, jobs)
        for file, answer in parallel_map(self._parse, missing, count, self.context.cache.flush):
            # The file may have changed since its digest was taken.
            digests[file.file], found = self._decode_answer(file, answer)
            keys[file.file] = _cache_key(file, digests[file.file])
            self._add(file, found)
        store_content_digests(inputs, digests, self.context)
        self.recent = {keys[file.file]: self.files[file.file] for file in files}
        found_copies, copies, of_copies, inputs = load_copies(inputs, self.context)
        site, problems = assemble(inputs.discovery, {file: parsed for file, (parsed, _) in self.files.items()}, copies)
        texts = CopyTexts(found_copies.files, self.context.disk)
        content = Content(site, (*problems, *of_copies), self.html, texts.read)
        return content, replace(inputs, content=digests)

    def parse_version(self, file: ContentFile, content: str) -> Parsed[Any] | None:
        """Return one file whose bytes have the digest `content`, parsed; None if they have another one by now."""
        key = _cache_key(file, content)
        found = self.recent.get(key) or _decode(file.kind, self.context.cache.get(key))
        if found is None:
            try:
                now, found = self._decode_answer(file, self._parse(file))
            except Failure:
                return None
            if now != content:
                return None
        self._add(file, found)
        self.recent[key] = found
        return found[0]

    def prefetch(self, files: Iterable[str]) -> None:
        """Read the bodies of some content files from the cache at once."""
        names = (body_digest(self.files[file][0]) for file in files if file in self.files)
        self._prefetched = self.context.cache.get_many(name.encode() for name in names if name)

    def html(self, name: str) -> str:
        """Return the body with this digest."""
        key = name.encode()
        cached = self._prefetched.get(key) or self.context.cache.get(key)
        if cached is not None:
            return cached.decode()
        # The cache may lose entries, so the file is parsed again.
        file = self._body_files[name]
        parsed = parse(file.kind, file.id, file.file, self.context.disk.read(file.path))
        if body_digest(parsed) != name:
            raise Failure(f"{file.file} was changed while it was read", "Build again.")
        self.context.cache.put(key, parsed.html.encode())
        return parsed.html

    def _parse(self, file: ContentFile) -> bytes:
        """Parse a file and cache the result here, in whichever process this is. Return it for `_decode_answer`."""
        data = self.context.disk.read(file.path)
        parsed = parse(file.kind, file.id, file.file, data)
        fingerprint = document_fingerprint(parsed.document) if parsed.document else None
        content, encoded = digest(data), _encode((replace(parsed, html=""), fingerprint))
        self.context.cache.put(_cache_key(file, content), encoded)
        if name := body_digest(parsed):
            self.context.cache.put(name.encode(), parsed.html.encode())
        # With a persistent cache the body need not be sent between processes.
        return _encode((content, encoded, "" if self.context.cache.is_persistent else parsed.html))

    def _decode_answer(self, file: ContentFile, answer: bytes) -> tuple[str, ParsedFile]:
        """Return the digest of a file's bytes, and the parsed file."""
        content, encoded, html = msgspec.msgpack.decode(answer, type=tuple[str, bytes, str])
        found = _decoder(file.kind).decode(encoded)
        self.context.cache.mark_used(_cache_key(file, content))
        if html:
            self.context.cache.put(body_digest(found[0]).encode(), html.encode())
        return content, found

    def _add(self, file: ContentFile, found: ParsedFile) -> None:
        self.files[file.file] = found
        share_texts(file, found[0])
        if name := body_digest(found[0]):
            self._body_files[name] = file
            self.context.cache.mark_used(name.encode())


def read_site(root: Path) -> Site | None:
    """Return the site of a project with all its faults; None if its configuration cannot be read."""
    with open_context(root) as context:
        return ContentCache(context).load(scan_inputs(root, context))[0].site


def body_digest(parsed: Parsed[Any]) -> str:
    """Return the digest of the body of a parsed file, which is empty if there is none."""
    return parsed.document.body.digest if parsed.document else ""


def _cache_key(file: ContentFile, content: str) -> bytes:
    """Return the cache key of the result of parsing a file whose bytes have the digest `content`."""
    code = code_fingerprint("kernel", "load", "model", "pipeline")
    return digest(_encode((code, file.kind, file.file, content))).encode()


@cache
def _decoder(kind: ContentKind) -> msgspec.msgpack.Decoder[ParsedFile]:
    parsed: Any = Parsed[STRUCTS[kind]]  # type: ignore[valid-type]  # a type that is known only at run time
    return msgspec.msgpack.Decoder(tuple[parsed, DocumentFingerprint | None])


def _decode(kind: ContentKind, value: bytes | None) -> ParsedFile | None:
    try:
        return _decoder(kind).decode(value) if value is not None else None
    except msgspec.DecodeError:
        return None
