"""The last build of a project: what tells the next one that there is nothing to do, or next to nothing."""

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from briefgen.kernel.cache import Cache
from briefgen.kernel.digest import digest
from briefgen.model.problem import Problem
from briefgen.pipeline.incremental.inputs import InputFingerprint, encode_digests
from briefgen.pipeline.options import Options


class LastBuild(Struct, frozen=True):
    """A build without errors: what it depended on, where it wrote, and its warnings."""

    fingerprint: InputFingerprint
    output: str
    outputs: int  # number of files
    files: str  # see `output_folder.files_digest`
    records: str  # see `OutputRecords.save`
    base_url: str | None
    problems: tuple[Problem, ...]


def load_last_build(cache: Cache, options: Options) -> LastBuild | None:
    """Return the last build of this project with this output folder, if it is cached."""
    value = cache.get(_key(options))
    try:
        return msgspec.msgpack.decode(value, type=LastBuild) if value is not None else None
    except msgspec.DecodeError:
        return None


def save_last_build(cache: Cache, options: Options, build: LastBuild, content: Mapping[str, str]) -> None:
    """Cache a build, and the digests by content file that it was made from."""
    cache.put(_key(options), msgspec.msgpack.encode(build))
    cache.put(_content_key(options), encode_digests(content))


def load_last_content(cache: Cache, options: Options, build: LastBuild) -> dict[str, str] | None:
    """Return the digests by content file that a build was made from, if they are cached."""
    value = cache.get(_content_key(options))
    # The digests of another build have another fingerprint.
    if value is None or digest(value) != build.fingerprint.content:
        return None
    return msgspec.msgpack.decode(value, type=dict[str, str])


def _key(options: Options) -> bytes:
    return b"last build " + _folder(options)


def _content_key(options: Options) -> bytes:
    return b"last content " + _folder(options)


def _folder(options: Options) -> bytes:
    return digest(str(options.output_dir).encode()).encode()
