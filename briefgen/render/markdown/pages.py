"""A rendered page → Markdown: what its `main` shows, and of its footer what is said of the site.

It reads any HTML that a site theme makes, so no template has to be written twice. What is hidden, drawn, or for readers
to fill in is left out.
"""

import re
from collections.abc import Callable
from urllib.parse import urljoin

from briefgen.render.markdown import inline
from briefgen.render.markdown.reader import read
from briefgen.views.parts import Frame

_CONTROL = bytes({*range(32), 127} - {*b"\t\n\f\r"})  # HTML has none, and marks of ours are among them
_PARAGRAPH = re.compile(r"<p\b.*?</p>", re.DOTALL)


def convert(page: bytes, frame: Frame) -> bytes:
    """Return a page as Markdown: its title, what the paragraphs of its footer say of the site, then all that it shows.

    Links are absolute if the page's own address is known, otherwise relative to the page.
    """
    html = page.translate(None, _CONTROL).decode()
    main, rest = _split(html, "main")
    if not main:
        main, rest = _split(html, "body")[0] or html, ""
    resolve = _make_resolver(frame)
    content = read(main, resolve)
    footer = read("".join(_PARAGRAPH.findall(_split(rest, "footer")[0])), resolve)
    lines, title = content.lines, content.title
    if title < 0:
        lines, title = [f"# {inline.escape(frame.title)}", "", *lines], 0
    about = [f"> {line}".rstrip() for line in footer.lines]
    parts = (lines[title : title + 1], about, lines[:title], lines[title + 2 :])
    return ("\n\n".join("\n".join(part).strip("\n") for part in parts if part) + "\n").encode()


def _split(html: str, name: str) -> tuple[str, str]:
    """Return what is in an element, and what comes after it; nothing where there is none."""
    start = html.find(f"<{name}")
    end = html.rfind(f"</{name}")
    return (html[html.find(">", start) + 1 : end], html[end:]) if 0 <= start < end else ("", "")


def _make_resolver(frame: Frame) -> Callable[[str], str]:
    """Return the function from addresses on the page to those in its Markdown."""
    own, root = frame.canonical, frame.root
    depth = root.count("/") if root != "./" else 0
    is_plain = own and root in ("./", "../" * depth)
    base = own.rsplit("/", depth + 1)[0] + "/" if is_plain else urljoin(own, root)

    def resolve(address: str) -> str:
        if address.startswith(root):
            return base + address[len(root) :]
        if address.startswith("#"):  # an element that only the page has
            return (own or "./") + address
        return urljoin(own, address) if own else address

    return resolve
