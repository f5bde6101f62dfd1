"""Output paths: each is claimed once and stays inside the site (law 4)."""

from collections.abc import Iterable, Iterator

from briefgen.model.page import Copy, Output, Page
from briefgen.model.problem import Place, Problem


def collisions(planned: Iterable[Output]) -> Iterator[Problem]:
    """`path-collision` for every output whose path another one has, or needs as a folder.

    Paths that differ only in case or in Unicode form collide too, since some file systems take them for one.
    """
    from unicodedata import normalize

    first: dict[str, Output] = {}
    for output in planned:
        key = normalize("NFC", output.path).casefold()
        other = first.setdefault(key, output)
        if other is not output:
            yield _collision(output, other)
    for key, output in first.items():
        folder = key.rpartition("/")[0]
        while folder:
            if folder in first:
                yield _collision(output, first[folder])
                break
            folder = folder.rpartition("/")[0]


def _collision(output: Output, other: Output) -> Problem:
    ours = not (_file(output) and _file(other))
    return Problem(
        code="path-collision",
        message=f'"{output.path}" would be made twice: by {_maker(output)} and by {_maker(other)}',
        at=Place(_file(output) or _file(other)),
        hint="take it out of former_ids or aliases: this address is taken"
        if _is_redirect(output) or _is_redirect(other)
        else "rename your file: this address is taken"
        if ours
        else "rename one of them",
    )


def _is_redirect(output: Output) -> bool:
    return isinstance(output, Page) and output.kind == "redirect"


def _maker(output: Output) -> str:
    if isinstance(output, Page):
        return output.origin or f'briefgen\'s own page "{output.kind.replace("_", " ")}"'
    return _file(output) or "briefgen itself"


def _file(output: Output) -> str:
    if isinstance(output, Page):
        return output.origin
    return output.file if isinstance(output, Copy) and not output.asset else ""
