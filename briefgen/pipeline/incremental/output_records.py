"""Records of the outputs that were made last: from what each was made, so that it need not be made again."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec
from msgspec import Struct

from briefgen.kernel.cache import Cache
from briefgen.kernel.digest import digest
from briefgen.model.page import Page
from briefgen.pipeline.incremental.code_fingerprint import code_fingerprint
from briefgen.pipeline.incremental.site_fingerprint import SiteFingerprint
from briefgen.pipeline.rendering import OutputRenderer

_encode = msgspec.msgpack.Encoder().encode

T = TypeVar("T")


class RenderKey(Struct, frozen=True, array_like=True):
    """All that the bytes of a page depend on."""

    code: str  # see `code_fingerprint`
    format: str
    template: str
    template_dependencies: str  # digest of the template's source and of all that it includes, imports or extends
    view: str  # digest


def render_key(renderer: OutputRenderer, page: Page, view: str) -> RenderKey:
    """Return the key of a page whose view has the digest `view`."""
    return RenderKey(
        code=code_fingerprint("kernel", "model", "plan", "render", "views"),
        format=page.format,
        template=page.template,
        template_dependencies=renderer.renderer(page).closure(page),
        view=view,
    )


def view_digest(view: Struct) -> str:
    """Return the digest of a view, as it is in a key."""
    return digest(_encode(view))


class OutputRecord(Struct, frozen=True, array_like=True, tag=True):
    """An output: the digest of its bytes, and for a page the key that they depend on."""

    digest: str
    key: RenderKey | None = None
    briefs: tuple[int, ...] = ()  # those whose summaries its view shows, by position in the site
    body_of: str = ""  # the content file whose body it shows


class SavedRecords(Struct, frozen=True):
    """The records by path, and the fingerprint of the site that they were made from.

    The `patched` paths were made later, from a newer body than the fingerprint has.
    """

    site: SiteFingerprint = SiteFingerprint()
    records: Mapping[str, OutputRecord] = {}
    patched: frozenset[str] = frozenset()


class _Saved(Struct, frozen=True, array_like=True):
    site: SiteFingerprint = SiteFingerprint()
    records: dict[str, OutputRecord] = {}


class _SavedRaw(Struct, frozen=True, array_like=True):
    """The same with each record still encoded."""

    site: msgspec.Raw
    records: dict[str, msgspec.Raw]


class OutputRecords:
    """The cached records of the outputs in one folder. Records of patched pages are kept apart, as they are few."""

    def __init__(self, cache: Cache, folder: str) -> None:
        self._cache = cache
        self._all = b"outputs " + folder.encode()
        self._patched = b"patched outputs " + folder.encode()

    def load(self) -> SavedRecords:
        """Return all records; none if they are not cached."""
        saved, patched = self._decode(self._all, _Saved) or _Saved(), self._load_patched()
        return SavedRecords(saved.site, saved.records | patched, frozenset(patched))

    def save(self, records: Mapping[str, OutputRecord], site: SiteFingerprint) -> str:
        """Replace all records. Return a digest of them."""
        value = _encode(_Saved(site, dict(records)))
        # In this order, because so large a value may be written at once, and then the patches must be gone.
        self._cache.put(self._patched, _encode({}))
        self._cache.put(self._all, value)
        return digest(value)

    def load_some(self, saved: str, paths: Iterable[str]) -> dict[str, OutputRecord]:
        """Return the records of some paths; none unless `save` returned the digest `saved` last."""
        value = self._cache.get(self._all)
        if value is None or digest(value) != saved:
            return {}
        patched, raw = self._load_patched(), msgspec.msgpack.decode(value, type=_SavedRaw).records
        return {
            path: patched.get(path) or msgspec.msgpack.decode(raw[path], type=OutputRecord)
            for path in paths
            if path in raw
        }

    def patch(self, records: Mapping[str, OutputRecord]) -> None:
        """Replace the records of pages that show a newer body; all others stay as they are."""
        self._cache.put(self._patched, _encode(self._load_patched() | dict(records)))

    def _load_patched(self) -> dict[str, OutputRecord]:
        return self._decode(self._patched, dict[str, OutputRecord]) or {}

    def _decode(self, key: bytes, kind: type[T]) -> T | None:
        value = self._cache.get(key)
        try:
            return msgspec.msgpack.decode(value, type=kind) if value is not None else None
        except msgspec.DecodeError:
            return None
