"""What the last build left standing, so that a build with nothing to do can tell so from stat alone."""

from pathlib import Path

import msgspec
from msgspec import Struct

from briefgen.kernel.digest import digest
from briefgen.kernel.memo import Memo
from briefgen.model.problem import Problem
from briefgen.pipeline.options import Options


class Standing(Struct, frozen=True):
    """A build that ended well: `state` of its inputs (see `inputs.state`), where it wrote, and its warnings."""

    state: str
    output: str
    problems: tuple[Problem, ...]


def recall(memo: Memo, options: Options) -> Standing | None:
    """The last build of this project with this output folder, if it is remembered."""
    kept = memo.get(_key(options))
    try:
        return msgspec.msgpack.decode(kept, type=Standing) if kept is not None else None
    except msgspec.DecodeError:
        return None


def remember(memo: Memo, options: Options, standing: Standing) -> None:
    """Keep the standing for the next build."""
    memo.put(_key(options), msgspec.msgpack.encode(standing))


def _key(options: Options) -> bytes:
    folder: Path | None = options.output_dir
    return b"standing " + digest(str(folder).encode()).encode()
