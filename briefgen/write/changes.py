"""What a build has to do to an output folder: decided first, as a value; done afterwards by `stage`."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from briefgen.model.problem import Place, Problem
from briefgen.write.folder import FULL_FOLDER, IN_THE_WAY


class Changes(Struct, frozen=True):
    """Paths from the output folder, sorted. `foreign` are in the way but not ours: they stop the build."""

    write: tuple[str, ...]
    unchanged: tuple[str, ...]
    remove: tuple[str, ...]
    foreign: tuple[str, ...] = ()


def changes(wanted: Mapping[str, str], present: Mapping[str, str], ours: Iterable[str]) -> Changes:
    """Compare digests by path: of what is wanted, of what is there, and the paths that earlier builds wrote.

    Never removes a file that is not ours, nor overwrites one, unless it holds the wanted bytes already. What is no
    plain file is not ours, whatever we wrote there once.
    """
    owned = frozenset(path for path in ours if present.get(path) not in {IN_THE_WAY, FULL_FOLDER})
    differing = [path for path, digest in wanted.items() if present.get(path) != digest]
    strange = present.keys() - owned
    return Changes(
        write=tuple(sorted(differing)),
        unchanged=tuple(sorted(wanted.keys() - set(differing))),
        remove=tuple(sorted((owned & present.keys()) - wanted.keys())),
        foreign=tuple(sorted(strange & _needed(differing, present))) if strange else (),
    )


def _needed(wishes: Iterable[str], present: Mapping[str, str]) -> set[str]:
    """Where nothing else may be; above a page a folder is welcome, but not in its place."""
    above = {path for wish in wishes for path in _above(wish)}
    return {path for path in above if present.get(path) != FULL_FOLDER}.union(wishes)


def _above(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def foreign_problems(found: Changes, folder: str) -> list[Problem]:
    """`foreign-file` for each file in the way."""
    return [
        Problem(
            code="foreign-file",
            message=f"{folder}/{path} is in the way: a page goes there, but briefgen did not write what is there",
            at=Place(f"{folder}/{path}"),
            hint="move it away, or put it into content/static/ if it belongs to the site",
        )
        for path in found.foreign
    ]
