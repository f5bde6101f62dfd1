"""The sitemap and robots.txt: which pages search engines may list. Only where the site's address is known."""

from collections.abc import Iterator, Sequence

from briefgen.model.page import Page
from briefgen.plan import urls
from briefgen.plan.parts import Parts
from briefgen.views.formats import Robots, Sitemap, SitemapIndex

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
MOST_PAGES = 50_000  # in one file: https://www.sitemaps.org/protocol.html

_UNLISTED = ("retracted", "not_found")


def pages(parts: Parts, planned: Sequence[Page]) -> Iterator[Page]:
    """The sitemap of those of the `planned` pages that are HTML, an index if it takes several; and robots.txt."""
    if not parts.frames.base:
        return
    base = f"{parts.frames.base}/"
    hidden = _hidden(parts)
    listed = [
        page for page in planned if page.format == "html" and page.kind not in _UNLISTED and page.path not in hidden
    ]
    if len(listed) <= MOST_PAGES:
        yield _sitemap(parts, SITEMAP, base, listed)
    else:
        names: list[str] = []
        for start in range(0, len(listed), MOST_PAGES):
            names.append(f"sitemap-{len(names) + 1}.xml")
            yield _sitemap(parts, names[-1], base, listed[start : start + MOST_PAGES])
        index = SitemapIndex(tuple(base + name for name in names))
        yield Page(path=SITEMAP, kind="sitemap", template="", view=lambda: index, format="sitemap_index")
    # A desk may say itself what programs may read.
    if not any(static.path == ROBOTS for static in parts.site.statics):
        robots = Robots(base + SITEMAP)
        yield Page(path=ROBOTS, kind="robots", template="", view=lambda: robots, format="robots")


def _sitemap(parts: Parts, path: str, base: str, listed: Sequence[Page]) -> Page:
    return Page(
        path=path, kind="sitemap", template="", view=lambda: Sitemap(base, _entries(parts, listed)), format="sitemap"
    )


def _entries(parts: Parts, listed: Sequence[Page]) -> tuple[tuple[str, str], ...]:
    # What is not a brief has no day of its own: better none than a wrong one.
    days = {urls.path(urls.brief(id)): day for id, day in parts.index.updated.items()}
    return tuple(
        [(page.path.removesuffix("index.html"), days[page.path] if page.kind == "brief" else "") for page in listed]
    )


def _hidden(parts: Parts) -> frozenset[str]:
    """Paths of the pages that only a preview shows: of briefs, and of the sources that they alone make known."""
    marks = parts.site.marks
    sources = (id for id, record in parts.site.sources.items() if record.brief in marks) if marks else ()
    return frozenset(map(urls.path, (*map(urls.brief, marks), *map(urls.source, sources))))
