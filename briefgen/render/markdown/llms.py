"""The files that tell programs what a site has: llms.txt (https://llmstxt.org) and llms-full.txt."""

import posixpath
import re
from collections.abc import Callable, Sequence

from briefgen.kernel.sentences import with_stop
from briefgen.model.page import Bundle
from briefgen.render.markdown.inline import address, escape, finish, write_heading, write_paragraph
from briefgen.views.formats import ForPrograms, ListedPage

MOST_BYTES = 4_000_000  # of llms-full.txt: about a million tokens, which few programs read at once

_RELATIVE = re.compile(rb"\]\((\.\.?/[^)]*)\)")
_HOW_TO_READ = (
    "Statements are those of their speakers, as the sources named beside them report them. Assessments, grades, "
    "findings and readings of disputes are judgements of the site's editors. A grade says how far a source or a report "
    "can be trusted, not that a statement is so. Cite a page by its address without index.md, and a statement by that "
    "of its own place, to which it has a link."
)
_WHERE = (
    "Every page is there as Markdown: add index.md to its address. Themes, disputes, briefs and actors are also in "
    "llms-full.txt, after these lists, a page each and the newest brief first."
)
_END = "The file ends here, because it is limited to 4 MB. Pages that are on the site and not in it: {}.\n"


def render_index(view: ForPrograms) -> bytes:
    """Return llms.txt: what the site is, then its pages in lists."""
    blocks = [write_heading(_line(view.title), 1)]
    if view.about:
        blocks.append(f"> {write_paragraph(_line(view.about), '> ')}")
    about = [with_stop(f"Published by {_line(view.publisher)}")] if view.publisher else []
    about += [with_stop(f"Information as of {_line(view.as_of)}")] if view.as_of else []
    blocks += [" ".join(about)] if about else []
    blocks += [
        _HOW_TO_READ,
        f"Sources: {_scale(view.reliability)}. Claims, that they were made: {_scale(view.credibility)}.",
        _WHERE,
    ]
    for heading, pages in view.groups:
        blocks += [write_heading(_line(heading), 2), "\n".join(map(_entry, pages))]
    return ("\n\n".join(blocks) + "\n").encode("utf-8", "replace")


def render_bundle(bundle: Bundle, read: Callable[[str], bytes]) -> bytes:
    """Return the parts of a bundle, up to `MOST_BYTES`; `read` gets their paths.

    The parts from the first one on that has no room are left out, and the last line says how many these are. Relative
    links of a part lead on from the bundle, which is at the root of the site.
    """
    texts: list[bytes] = []
    size = 0
    for part in bundle.parts:
        text = _resolve(read(part), part)
        size += len(text) + 1
        if size > MOST_BYTES and texts:
            texts.append(_END.format(len(bundle.parts) - len(texts)).encode())
            break
        texts.append(text)
    return b"\n".join(texts)


def _resolve(text: bytes, path: str) -> bytes:
    """Return the Markdown of a page with its relative links relative to the root; `path` is that of the page."""
    folder = path.rpartition("/")[0]

    def from_root(found: re.Match[bytes]) -> bytes:
        link, mark, fragment = found[1].decode().partition("#")
        target = posixpath.normpath(posixpath.join(folder, link)) + "/" * link.endswith("/")
        return f"](./{target.removeprefix('./')}{mark}{fragment})".encode()

    return _RELATIVE.sub(from_root, text)


def _scale(grades: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{mark} {words}" for mark, words in grades)


def _entry(page: ListedPage) -> str:
    return f"- [{_line(page.title)}]({address(page.url)}){page.about and ': '}{_line(page.about)}"


def _line(text: str) -> str:
    """Return a text in one line in which nothing is markup."""
    return finish([escape(text)])
