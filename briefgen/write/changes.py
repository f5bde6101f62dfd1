"""The changes that an output folder needs: decided first, as a value, and made afterwards by `stage`."""

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
    """Compare digests by path: wanted files, present files, and the paths that earlier builds wrote.

    A file that is not ours is never removed, nor overwritten unless it holds the wanted bytes already. Anything but a
    plain file is not ours, whatever a build wrote there before.
    """
    owned = frozenset(path for path in ours if present.get(path) not in {IN_THE_WAY, FULL_FOLDER})
    differing = [path for path, digest in wanted.items() if present.get(path) != digest]
    foreign = present.keys() - owned
    return Changes(
        write=tuple(sorted(differing)),
        unchanged=tuple(sorted(wanted.keys() - set(differing))),
        remove=tuple(sorted((owned & present.keys()) - wanted.keys())),
        foreign=tuple(sorted(foreign & _needed(differing, present))) if foreign else (),
    )


def _needed(wishes: Iterable[str], present: Mapping[str, str]) -> set[str]:
    """Return the paths where nothing else may be; above a page there may be a folder, but not in its place."""
    above = {path for wish in wishes for path in _above(wish)}
    return {path for path in above if present.get(path) != FULL_FOLDER}.union(wishes)


def _above(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def foreign_problems(found: Changes, folder: str) -> list[Problem]:
    """Return a `foreign-file` problem for each file in the way."""
    return [
        Problem(
            code="foreign-file",
            message=f"{folder}/{path} is in the way: a page goes there, but briefgen did not write what is there",
            at=Place(f"{folder}/{path}"),
            hint="move it away, or put it into content/static/ if it belongs to the site",
        )
        for path in found.foreign
    ]
