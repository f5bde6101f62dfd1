"""Records of the outputs that were made last: from what each was made, so that it need not be made again."""

from collections.abc import Mapping, Sequence
from itertools import islice
from sys import intern

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.cache import Cache
from briefgen.kernel.digest import digest
from briefgen.model.page import Page, markdown_path
from briefgen.pipeline.incremental.code_fingerprint import code_fingerprint
from briefgen.pipeline.incremental.view_invalidation import SiteFingerprint
from briefgen.pipeline.stages import OutputRenderer

RECORDS_PER_PART = 10_000
_encode = msgspec.msgpack.Encoder().encode


class PageFingerprint(Struct, frozen=True, array_like=True, gc=False):
    """All that the bytes of a page depend on."""

    code: str  # see `code_fingerprint`
    format: str
    template: str
    template_dependencies: str  # digest of the template's source and of all that it includes, imports or extends
    view: str  # digest


def page_fingerprint(renderer: OutputRenderer, page: Page, view: str = "") -> PageFingerprint:
    """Return the fingerprint of a page. Its view is made if its digest `view` is not passed."""
    return PageFingerprint(
        code=code_fingerprint("kernel", "locale", "model", "plan", "render", "views"),
        format=page.format,
        template=page.template,
        template_dependencies=renderer.template_dependencies(page),
        view=view or digest(_encode(page.view())),
    )


def view_cache_key(view: str) -> bytes:
    """Return the cache key of the view with this digest."""
    return b"view " + view.encode()


class OutputRecord(Struct, frozen=True, array_like=True, tag=True, gc=False):
    """An output: the digest of its bytes, and for a page the fingerprint that they depend on."""

    digest: str
    fingerprint: PageFingerprint | None = None
    markdown: str = ""  # digest of the page as Markdown; empty if there is none
    briefs: tuple[int, ...] = ()  # those whose summaries its view shows, by position in the site
    view_type: str = ""  # the name of its view's type, if the view shows a body


def share_values(record: OutputRecord, positions: Sequence[int]) -> OutputRecord:
    """Return a record that was decoded, with those values that many records have held in memory once.

    `positions` are the numbers from 0 on that may be in `briefs`.
    """
    known = record.fingerprint
    if known is None:
        return record
    fingerprint = replace(
        known,
        code=intern(known.code),
        format=intern(known.format),
        template=intern(known.template),
        template_dependencies=intern(known.template_dependencies),
    )
    briefs = tuple([positions[position] for position in record.briefs])
    return replace(record, fingerprint=fingerprint, briefs=briefs, view_type=intern(record.view_type))


class OutputRecords(Struct, frozen=True, array_like=True):
    """The records by path, and the fingerprint of the site that they were made from."""

    site: SiteFingerprint = SiteFingerprint()
    records: Mapping[str, OutputRecord] = {}


def file_digests(records: Mapping[str, OutputRecord]) -> dict[str, str]:
    """Return the digests of all files of outputs by path."""
    files = {path: record.digest for path, record in records.items()}
    return files | {markdown_path(path): record.markdown for path, record in records.items() if record.markdown}


class _Parts(Struct, frozen=True, array_like=True):
    """Records as the cache has them: in parts, since encoding all at once takes as much memory again."""

    site: SiteFingerprint
    parts: tuple[str, ...]  # digests of the parts, so that parts of two builds are never mixed


def load_records(cache: Cache, folder: str) -> OutputRecords:
    """Return the records of the last full build or check with this output folder; none if they are not cached."""
    saved = cache.load(_key(folder), _Parts)
    if saved is None:
        return OutputRecords()
    records: dict[str, OutputRecord] = {}
    for name in saved.parts:
        part = cache.load(_part_key(name), dict[str, OutputRecord])
        if part is None:
            return OutputRecords()
        records |= part
    return OutputRecords(saved.site, records)


def save_records(cache: Cache, folder: str, records: OutputRecords) -> None:
    """Replace the records for an output folder."""
    parts = []
    items = iter(records.records.items())
    while part := dict(islice(items, RECORDS_PER_PART)):
        value = _encode(part)
        name = digest(value)
        cache.put(_part_key(name), value)
        parts.append(name)
    cache.store(_key(folder), _Parts(records.site, tuple(parts)))


def _key(folder: str) -> bytes:
    return b"output records " + folder.encode()


def _part_key(name: str) -> bytes:
    return b"output records part " + name.encode()
