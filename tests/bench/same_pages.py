"""`python tests/bench/same_pages.py build …`: briefgen without pages that other generators do not make of the corpus.

A home page, one page for each brief, actor and theme, one feed and a sitemap. Everything else is left out: records of
sources, publishers, lists of everything, feeds of actors and themes, files of data, addresses of aliases.
"""

import sys
from collections.abc import Iterator
from itertools import islice

from briefgen import plan
from briefgen.cli import main
from briefgen.model.page import Page
from briefgen.plan import briefs, feeds, home, subjects
from briefgen.plan.view_factory import SiteContext


def _pages(context: SiteContext) -> Iterator[Page]:
    for plan_pages in (
        home.plan_home,
        briefs.plan_pages,
        subjects.plan_actors,
        subjects.plan_themes,
        home.plan_free_pages,
    ):
        yield from (page for page in plan_pages(context) if page.kind not in ("actors", "themes", "page"))


def _feed(context: SiteContext) -> Iterator[Page]:
    return islice(feeds.plan_pages(context), 1)


if __name__ == "__main__":
    plan.PAGE_KINDS = (_pages, _feed)
    sys.exit(main())
