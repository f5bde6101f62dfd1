"""The reason why a build would render a page again: its fingerprint now, beside that of the last build."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from briefgen.model.failure import Failure
from briefgen.model.names import closest
from briefgen.model.page import Page
from briefgen.pipeline.incremental.cached_content import ContentCache
from briefgen.pipeline.incremental.context import open_context
from briefgen.pipeline.incremental.inputs import scan_inputs
from briefgen.pipeline.incremental.output_records import PageFingerprint, load_records, page_fingerprint
from briefgen.pipeline.options import Options
from briefgen.pipeline.stages import OutputRenderer, Plan, plan_site


class PageExplanation(Struct, frozen=True):
    """A page's fingerprint, that of the last build if it was made then, and the content file that it shows, if one."""

    path: str
    origin: str
    now: PageFingerprint
    last: PageFingerprint | None


def explain_page(options: Options, path: str) -> PageExplanation:
    """Return the fingerprints of the page at `path`: an output path, an address, or the content file that it shows.

    Raises:
        Failure: there is no such page, or the content cannot be planned.
    """
    with open_context(options.root) as context:
        content, _ = ContentCache(context).load(scan_inputs(options.root, context))
        plan = plan_site(content, options).plan
        if plan is None:
            raise Failure("the content cannot be planned", "Run `briefgen check` to see what is wrong.")
        output = options.output_path(plan.site.config)
        page = _find_page(plan, path, output)
        renderer = OutputRenderer(options.root, plan.theme, content.html, context.disk)
        now = page_fingerprint(renderer, page)
        record = load_records(context.cache, str(output)).records.get(page.path)
    return PageExplanation(page.path, page.origin, now, record.fingerprint if record else None)


def _find_page(plan: Plan, named: str, output: Path) -> Page:
    name = "" if named == "." else named.removeprefix("./")
    paths = set(_paths(name, plan.site.config.base_url or "", output))
    for found in plan.outputs:
        if isinstance(found, Page):
            if found.path in paths or (name and found.origin == name):
                return found
        elif found.path in paths:
            raise Failure(
                f"{found.path} is not made of a view, so it has no fingerprint", "It is copied, or always the same."
            )
    similar = closest(max(paths, key=len), [found.path for found in plan.outputs if isinstance(found, Page)])
    raise Failure(f'there is no page at "{named}"', f"Name an output path, such as {similar or 'index.html'}.")


def _paths(named: str, base_url: str, output: Path) -> Iterator[str]:
    """Yield the output paths that a public address, an address from the root, or a file path may mean."""
    base = base_url.rstrip("/") + "/"
    for start in ("", base, urlsplit(base).path, f"{output}/", f"{output.name}/"):
        if f"{named}/".startswith(start):
            path = named[len(start) :].strip("/")
            yield path
            yield f"{path}/index.html".lstrip("/")
