"""Body patches: if only words in bodies have changed, put the new bodies into the pages that show them.

Then neither a build nor a preview has to read the rest of the site. A plan depends on a body only by the fields of
`Body` beside its digest: the references in it and the ids that it defines. If these are the same, so is the plan.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.load.discover import ContentFile
from briefgen.load.document import Parsed
from briefgen.model.page import Output, Page
from briefgen.model.problem import Problem
from briefgen.model.site import Body, Reference
from briefgen.pipeline.incremental.cached_views import CachedView, CachedViews
from briefgen.pipeline.incremental.content import HtmlStore, parse_again
from briefgen.pipeline.incremental.context import RunContext
from briefgen.pipeline.incremental.inputs import Inputs
from briefgen.pipeline.incremental.last_build import LastBuild, load_last_content
from briefgen.pipeline.incremental.output_records import OutputRecord, OutputRecords, render_key
from briefgen.pipeline.options import CONFIG, Options
from briefgen.pipeline.planning import load_site_theme
from briefgen.pipeline.rendering import OutputRenderer
from briefgen.render.html import RenderError
from briefgen.views.pages import Prose

MAX_FILES = 50
"""More files than anybody edits between two builds; with more, a full build is as fast."""

BodyChanges = dict[str, dict[str, str]]
"""By content file, the new digest of its body by the old one."""


class PatchedPage(Struct, frozen=True):
    """A page with a new body: its bytes, its record and its view."""

    data: bytes
    record: OutputRecord
    view: CachedView


class BuildPatch(Struct, frozen=True):
    """The pages that differ from the last build, by path, and the digests of site theme files as they were read."""

    pages: Mapping[str, PatchedPage]
    theme_files: Mapping[str, str]


def body_only_changes(
    inputs: Inputs, before: Mapping[str, str], problems: Collection[Problem], context: RunContext, html: HtmlStore
) -> BodyChanges | None:
    """Return the changed bodies, or None if something else may have changed.

    `before` has the digests of the same content files at the last build, `problems` are those it found.
    """
    files = [file for file in inputs.discovery.files if before[file.file] != inputs.content[file.file]]
    if len(files) > MAX_FILES:
        return None
    reported = {problem.at.file for problem in problems}
    changes: BodyChanges = {}
    for file in files:
        old = _parse(file, before, context, html)
        new = _parse(file, inputs.content, context, html)
        # A problem has a line number, which may be another one now.
        if not old or not new or file.file in reported or not _has_same_plan(old, new, no_problems=not reported):
            return None
        changes[file.file] = {_digest(old): _digest(new)}
    return changes


def bodies_of(view: Struct) -> dict[str, Prose]:
    """Return the bodies that a view shows, by field."""
    return {name: part for name in view.__struct_fields__ if type(part := getattr(view, name)) is Prose}


def patch_build(
    options: Options, last: LastBuild, inputs: Inputs, context: RunContext, html: HtmlStore
) -> BuildPatch | None:
    """Return the pages that differ from the last build, or None if more than bodies may have changed.

    Call it only if nothing has changed since then but the bytes of content files.
    """
    before = load_last_content(context.cache, options, last)
    if before is None:
        return None
    changes = body_only_changes(inputs, before, last.problems, context, html)
    if changes is None:
        return None
    changes = {file: change for file, change in changes.items() if any(old != new for old, new in change.items())}
    if not changes:
        return BuildPatch({}, {})
    pages = _last_pages(last, changes, context)
    [config] = [file for file in inputs.discovery.files if file.file == CONFIG]
    parsed = _parse(config, inputs.content, context, html)
    theme = load_site_theme(options, parsed.document.data)[0] if parsed and parsed.document else None
    if pages is None or theme is None:
        return None
    renderer = OutputRenderer(options.root, theme, html, context.disk)
    try:
        patched = [_patch_page(renderer, view, record, changes[record.body_of]) for view, record in pages]
    except RenderError:
        return None
    return BuildPatch({page.view.path: page for page in patched}, theme.read)


def patch_preview(outputs: tuple[Output, ...], changes: BodyChanges) -> tuple[Output, ...]:
    """Return the outputs of a plan with new bodies."""
    return tuple(_with_new_bodies(outputs, changes))


def _parse(file: ContentFile, digests: Mapping[str, str], context: RunContext, html: HtmlStore) -> Parsed[Any] | None:
    return parse_again(file, digests[file.file], context, html)


def _last_pages(
    last: LastBuild, changes: BodyChanges, context: RunContext
) -> list[tuple[CachedView, OutputRecord]] | None:
    """Return the page that shows the body of each file, as it was made last; None if one is not known."""
    views = CachedViews(context.cache, last.output).of(changes)
    records = OutputRecords(context.cache, last.output).load_some(last.records, [view.path for view in views])
    found = [(view, records[view.path]) for view in views if view.path in records]
    if [record.body_of for _, record in found] != list(changes):
        return None
    return found if all(_is_of_last_build(view, record, changes) for view, record in found) else None


def _is_of_last_build(view: CachedView, record: OutputRecord, changes: BodyChanges) -> bool:
    """Return whether a cached view is that of the last build, since a later check may have cached another one."""
    if (view.key, view.digest) != (record.key, record.digest):
        return False
    return any(part.digest in changes[record.body_of] for part in bodies_of(view.page().view()).values())


def _patch_page(
    renderer: OutputRenderer, cached: CachedView, record: OutputRecord, change: Mapping[str, str]
) -> PatchedPage:
    page = cached.page()
    view = _with_bodies(page.view(), change)
    encoded = msgspec.msgpack.encode(view)
    key = render_key(renderer, page, digest(encoded))
    data = renderer.render_page(page, view)
    name = digest(data)
    return PatchedPage(
        data, replace(record, digest=name, key=key), replace(cached, digest=name, key=key, view=Raw(encoded))
    )


def _with_new_bodies(outputs: tuple[Output, ...], changes: BodyChanges) -> Iterator[Output]:
    for output in outputs:
        change = changes.get(output.origin) if isinstance(output, Page) else None
        if isinstance(output, Page) and change:
            yield replace(output, view=partial(_patched_view, output, change))
        else:
            yield output


def _patched_view(page: Page, change: Mapping[str, str]) -> Struct:
    return _with_bodies(page.view(), change)


def _with_bodies(view: Struct, change: Mapping[str, str]) -> Struct:
    """Return a view with other bodies: new digests by old ones."""
    bodies = {name: part for name, part in bodies_of(view).items() if part.digest in change}
    return replace(view, **{name: replace(part, digest=change[part.digest]) for name, part in bodies.items()})


def _digest(parsed: Parsed[Any]) -> str:
    return parsed.document.body.digest if parsed.document else ""


def _has_same_plan(before: Parsed[Any], after: Parsed[Any], *, no_problems: bool) -> bool:
    """Return whether two states of a file give the same plan.

    With `no_problems` in the site, new ids in a body change nothing; otherwise they may resolve a broken link.
    """
    old, new = before.document, after.document
    if old is None or new is None or before.problems or after.problems or old.data != new.data:
        return False
    same_ids = old.body.anchors == new.body.anchors
    more_ids = no_problems and {*old.body.anchors} <= {*new.body.anchors}
    both_or_none = bool(old.body.digest) is bool(new.body.digest)
    return (same_ids or more_ids) and both_or_none and _references(old.body) == _references(new.body)


def _references(body: Body) -> list[Reference]:
    """Return the references of a body without their places in it."""
    return [replace(reference, line=0, column=0, length=1) for reference in body.references]
