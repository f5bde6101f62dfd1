"""Why a build would make a page again: its key now, beside its key at the last build."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from briefgen.kernel.disk import Disk
from briefgen.load.suggest import closest
from briefgen.model.page import Page
from briefgen.model.problem import Failure
from briefgen.pipeline.building import output_folder
from briefgen.pipeline.inputs import take
from briefgen.pipeline.making import Record
from briefgen.pipeline.options import Options
from briefgen.pipeline.planning import Planned, planned
from briefgen.pipeline.rendering import Rendering, RenderKey, view_digest
from briefgen.pipeline.tools import Tools, memory


class Field(Struct, frozen=True):
    """A field of a page's key; `last` is empty if the page was not made at the last build."""

    name: str
    now: str
    last: str


class Explanation(Struct, frozen=True):
    """A page's key, field by field, and the content file that it shows, if one."""

    path: str
    origin: str
    fields: tuple[Field, ...]


def explain(options: Options, path: str) -> Explanation:
    """The key of the page at `path`: an output path, an address, or the content file that it shows.

    Raises:
        Failure: there is no such page, or the content cannot be planned.
    """
    with memory(options.root) as memo:
        tools = Tools(Disk(), memo)
        _, whole, _ = planned(options, take(options.root, tools), tools)
        if whole is None:
            raise Failure("the content cannot be planned", "Run `briefgen check` to see what is wrong.")
        output = output_folder(options, whole.site.config)
        page = _page(whole, path, output)
        now = Rendering(options.root, whole.theme, whole.body, tools.disk).key(page, view_digest(page.view()))
        made = Record(memo, str(output)).recall().made.get(page.path)
    last = made.key if made is not None else None
    names = RenderKey.__struct_fields__
    fields = (Field(name, getattr(now, name), getattr(last, name) if last else "") for name in names)
    return Explanation(page.path, page.origin, tuple(fields))


def _page(whole: Planned, named: str, output: Path) -> Page:
    name = "" if named == "." else named.removeprefix("./")
    paths = set(_paths(name, whole.site.config.base_url or "", output))
    for found in whole.outputs:
        if isinstance(found, Page):
            if found.path in paths or (name and found.origin == name):
                return found
        elif found.path in paths:
            raise Failure(f"{found.path} is not made of a view, so it has no key", "It is copied, or always the same.")
    similar = closest(max(paths, key=len), [found.path for found in whole.outputs if isinstance(found, Page)])
    raise Failure(
        f'no page stands at "{named}"', f"Name an output path, such as {similar or 'actors/putin/index.html'}."
    )


def _paths(named: str, base_url: str, output: Path) -> Iterator[str]:
    """What an address of the public site, one from its root, or a path of a file may mean."""
    base = base_url.rstrip("/") + "/"
    for start in ("", base, urlsplit(base).path, f"{output}/", f"{output.name}/"):
        if f"{named}/".startswith(start):
            path = named[len(start) :].strip("/")
            yield path
            yield f"{path}/index.html".lstrip("/")
