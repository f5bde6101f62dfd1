"""Why a build would make a page again: its key now, beside its key at the last build."""

from msgspec import Struct

from briefgen.kernel.disk import Disk
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
    """The key of the page at `path`: an output path, or an address from the site's root.

    Raises:
        Failure: there is no such page, or the content cannot be planned.
    """
    with memory(options.root) as memo:
        tools = Tools(Disk(), memo)
        _, whole, _ = planned(options, take(options.root, tools), tools)
        if whole is None:
            raise Failure("the content cannot be planned", "Run `briefgen check` to see what is wrong.")
        output = output_folder(options, whole.site.config)
        page = _page(whole, path, output.name)
        now = Rendering(options.root, whole.theme, whole.body, tools.disk).key(page, view_digest(page.view()))
        made = Record(memo, str(output)).recall().get(page.path)
    last = made.key if made is not None else None
    names = RenderKey.__struct_fields__
    fields = (Field(name, getattr(now, name), getattr(last, name) if last else "") for name in names)
    return Explanation(page.path, page.origin, tuple(fields))


def _page(whole: Planned, path: str, folder: str) -> Page:
    wanted = path.strip("/").removeprefix(f"{folder}/")
    names = {wanted, f"{wanted}/index.html".lstrip("/")}
    found = [output for output in whole.outputs if isinstance(output, Page) and output.path in names]
    if not found:
        raise Failure(f'no page stands at "{path}"', "Name an output path, such as actors/putin/index.html.")
    return found[0]
