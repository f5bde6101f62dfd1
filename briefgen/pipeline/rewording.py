"""A build after a change of words: only the pages that show them are made, and the site is not read; see `wording`."""

from collections.abc import Mapping

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.pipeline.inputs import Inputs
from briefgen.pipeline.kept_pages import KeptPage, KeptPages
from briefgen.pipeline.making import Made, Record
from briefgen.pipeline.options import Options
from briefgen.pipeline.planning import CONFIG, theme_of
from briefgen.pipeline.reading import Bodies, reparsed
from briefgen.pipeline.rendering import Rendering
from briefgen.pipeline.standing import Standing, content_of
from briefgen.pipeline.tools import Tools
from briefgen.pipeline.wording import changed, reworded, shown, with_texts
from briefgen.render.html import RenderError


class Reworded(Struct, frozen=True):
    """A page with other words: its bytes, and what is remembered of it."""

    made: Made
    page: KeptPage
    data: bytes


def rewording(options: Options, last: Standing, inputs: Inputs, tools: Tools) -> dict[str, Reworded] | None:
    """Pages that differ from the `last` build, by path; None where more than words may have changed.

    To be asked only if nothing has changed since then but the bytes of content files.
    """
    before = content_of(tools.memo, options, last)
    if before is None:
        return None
    bodies = Bodies(tools.memo, tools.disk)
    files = changed(inputs.discovery.files, before, inputs.content)
    texts = reworded(files, before, inputs.content, last.problems, tools=tools, bodies=bodies)
    if texts is None:
        return None
    texts = {file: text for file, text in texts.items() if any(old != new for old, new in text.items())}
    pages = _pages(last, texts, tools)
    rendering = _rendering(options, inputs, tools, bodies) if pages else None
    if pages is None or rendering is None:
        return {} if not texts else None
    try:
        return {page.path: _reworded(rendering, page, made, texts[made.shows]) for page, made in pages}
    except RenderError:
        return None


def _pages(last: Standing, texts: Mapping[str, Mapping[str, str]], tools: Tools) -> list[tuple[KeptPage, Made]] | None:
    """The page that shows the text of each file, as it was made; None if one is not known."""
    pages = KeptPages(tools.memo, last.output).of(texts)
    made = Record(tools.memo, last.output).recall_some(last.made, [page.path for page in pages])
    found = [(page, made[page.path]) for page in pages if page.path in made]
    if [one.shows for _, one in found] != list(texts):
        return None
    return found if all(_stands(page, one, texts[one.shows]) for page, one in found) else None


def _stands(page: KeptPage, made: Made, text: Mapping[str, str]) -> bool:
    """Whether a page is the one that was made last, and that of the last build: a check may have made another since."""
    if (page.key, page.digest) != (made.key, made.digest):
        return False
    return any(part.digest in text for part in shown(page.page().view()).values())


def _rendering(options: Options, inputs: Inputs, tools: Tools, bodies: Bodies) -> Rendering | None:
    [config] = [file for file in inputs.discovery.files if file.file == CONFIG]
    written = reparsed(config, inputs.content[CONFIG], tools, bodies)
    theme = theme_of(options, written.document.data)[0] if written and written.document else None
    if theme is None:
        return None
    inputs.others.update(theme.read)
    return Rendering(options.root, theme, bodies, tools.disk)


def _reworded(rendering: Rendering, kept: KeptPage, made: Made, text: Mapping[str, str]) -> Reworded:
    page = kept.page()
    view = with_texts(page.view(), text)
    encoded = msgspec.msgpack.encode(view)
    key = rendering.key(page, digest(encoded))
    data = rendering.page(page, view)
    name = digest(data)
    made = replace(made, digest=name, key=key, exchanged=True)
    return Reworded(made, replace(kept, digest=name, key=key, view=Raw(encoded)), data)
