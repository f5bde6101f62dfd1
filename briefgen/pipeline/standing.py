"""What the last build left standing, so that the next one can tell that there is nothing to do, or next to nothing."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from briefgen.kernel.digest import digest
from briefgen.kernel.memo import Memo
from briefgen.model.problem import Problem
from briefgen.pipeline.inputs import State, encoded_content
from briefgen.pipeline.options import Options


class Standing(Struct, frozen=True):
    """A build that ended well: what it depended on, where it wrote, and its warnings."""

    state: State
    output: str
    outputs: int  # how many files
    files: str  # see `delivery.files_digest`
    made: str  # see `making.Record.remember`
    base_url: str | None
    problems: tuple[Problem, ...]


def recall(memo: Memo, options: Options) -> Standing | None:
    """The last build of this project with this output folder, if it is remembered."""
    kept = memo.get(_key(options))
    try:
        return msgspec.msgpack.decode(kept, type=Standing) if kept is not None else None
    except msgspec.DecodeError:
        return None


def remember(memo: Memo, options: Options, standing: Standing, content: Mapping[str, str]) -> None:
    """Keep the standing for the next build, and the digests by content file that it was made of."""
    memo.put(_key(options), msgspec.msgpack.encode(standing))
    memo.put(_content_key(options), encoded_content(content))


def content_of(memo: Memo, options: Options, standing: Standing) -> dict[str, str] | None:
    """Digests by content file at that build, if they are remembered."""
    kept = memo.get(_content_key(options))
    # A damaged or older one has another digest.
    if kept is None or digest(kept) != standing.state.content:
        return None
    return msgspec.msgpack.decode(kept, type=dict[str, str])


def _key(options: Options) -> bytes:
    return b"standing " + _folder(options)


def _content_key(options: Options) -> bytes:
    return b"content " + _folder(options)


def _folder(options: Options) -> bytes:
    folder: Path | None = options.output_dir
    return digest(str(folder).encode()).encode()
