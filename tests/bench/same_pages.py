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
from briefgen.plan import actors, brief, feeds, free_pages, home, themes
from briefgen.plan.parts import Parts


def _feed(parts: Parts) -> Iterator[Page]:
    return islice(feeds.pages(parts), 1)


if __name__ == "__main__":
    plan.PAGE_KINDS = (home.pages, brief.pages, actors.pages, themes.pages, free_pages.not_found, _feed)
    sys.exit(main())
