"""Questions about a project that need no build. They raise `Failure` if the machine refuses something."""

from pathlib import Path

from briefgen import plan
from briefgen.check.suggestions import Suggestion, find_suggestions
from briefgen.kernel.disk import Disk
from briefgen.load.content import parse
from briefgen.load.references import drop_broken_references
from briefgen.model.content import Config
from briefgen.model.failure import Failure
from briefgen.model.site import Site
from briefgen.pipeline.incremental.cached_content import read_site
from briefgen.pipeline.options import CONFIG, Options


def read_config(root: Path) -> Config | None:
    """Return the configuration in `content/site.yaml`, or None if it cannot be read."""
    try:
        data = Disk().read(root / CONFIG)
    except Failure:
        return None
    found = parse("config", "site", CONFIG, data).document
    return found.data if found else None


def has_scheduled_changes(options: Options) -> bool:
    """Return whether a later build day would give another site, because something is scheduled or will expire."""
    site = read_site(options.root)
    day = options.day.isoformat()
    briefs = [document.data for document in site.briefs.values()] if site else []
    return any(brief.date > day or (brief.expires or "") > day for brief in briefs if brief.status != "draft")


def load_published_site(options: Options) -> Site | None:
    """Return the content that readers will see, without what is wrong with it; None if it cannot be read at all."""
    site = read_site(options.root)
    if site is None:
        return None
    admission = plan.Admission(options.day, options.drafts, options.future, options.expired)
    return plan.filter_published(drop_broken_references(site), admission)[0]


def load_site(root: Path) -> Site | None:
    """Return all content that can be read, drafts too, without broken references; None if there can be no site.

    Raises:
        Failure: the machine refused something.
    """
    site = read_site(root)
    return None if site is None else drop_broken_references(site)


def suggest(options: Options) -> tuple[Suggestion, ...]:
    """Return the relations and disputes that are not declared, of all content that can be read, drafts too.

    Raises:
        Failure: the machine refused something.
    """
    site = load_site(options.root)
    return tuple(find_suggestions(site)) if site else ()
