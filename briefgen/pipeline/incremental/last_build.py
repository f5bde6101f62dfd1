"""The last build of a project: what tells the next one that there is nothing to do, or next to nothing."""

from collections.abc import Mapping

from msgspec import Struct

from briefgen.model.problem import Problem
from briefgen.pipeline.incremental.inputs import InputFingerprint
from briefgen.pipeline.options import Options


class LastBuild(Struct, frozen=True):
    """A build without errors: what it depended on, where it wrote, and its warnings."""

    fingerprint: InputFingerprint
    output_dir: str
    output_count: int
    files_digest: str  # see `output_folder.files_digest`
    fast_path_state: str  # see `body_fast_path.save_fast_path_state`
    base_url: str | None
    problems: tuple[Problem, ...]
    quotes: Mapping[str, int]  # as in a report


def last_build_key(options: Options) -> bytes:
    """Return the cache key of the last build of a project with this output folder."""
    return f"last build {options.output_dir}".encode()
