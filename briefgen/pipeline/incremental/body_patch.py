"""Body patches: if only words in bodies have changed, put the new bodies into the pages that show them.

Then neither a build nor a preview has to read the rest of the site. A plan depends on a body only by the fields of
`Body` beside its digest: the references in it and the ids that it defines. If these are the same, so is the plan.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from briefgen.kernel.cache import Cache
from briefgen.kernel.digest import digest
from briefgen.load.document import Parsed
from briefgen.model.page import Output, Page
from briefgen.model.problem import Problem
from briefgen.model.site import Body
from briefgen.model.texts import Reference
from briefgen.pipeline.incremental.cached_content import HtmlStore, body_digest, parse_again
from briefgen.pipeline.incremental.context import RunContext
from briefgen.pipeline.incremental.inputs import Inputs
from briefgen.pipeline.incremental.last_build import LastBuild
from briefgen.pipeline.incremental.output_records import OutputRecord, render_key, view_key
from briefgen.pipeline.options import CONFIG, Options
from briefgen.pipeline.planning import load_site_theme
from briefgen.pipeline.rendering import OutputRenderer
from briefgen.render.html import RenderError
from briefgen.views import pages as views
from briefgen.views.pages import Prose

MAX_FILES = 50
"""More files than anybody edits between two builds; with more, a full build is as fast."""

BodyChanges = dict[str, dict[str, str]]
"""By content file, the new digest of its body by the old one."""


class BodyPage(Struct, frozen=True, array_like=True):
    """A page that shows a body."""

    path: str
    record: OutputRecord


class PatchBase(Struct, frozen=True, array_like=True):
    """What a patch starts from: by content file, the digest of its bytes and the page that shows its body.

    The pages are encoded each by itself, because a patch decodes few of many.
    """

    content: Mapping[str, str]
    pages: Mapping[str, Raw]


class BuildPatch(Struct, frozen=True):
    """The bytes of the pages that differ from the last build, by path, and what the next patch starts from.

    `theme_files` has the digests of site theme files as they were read.
    """

    pages: Mapping[str, bytes]
    base: PatchBase
    theme_files: Mapping[str, str]


def patch_base(
    inputs: Inputs, outputs: Iterable[Output], records: Mapping[str, OutputRecord], cache: Cache
) -> PatchBase:
    """Return what a patch of a build starts from that made these outputs."""
    pages: dict[str, Raw | None] = {}
    for output in outputs:
        record = records.get(output.path)
        if isinstance(output, Page) and record and record.key and record.view_type:
            # A body that two pages show cannot be patched through one of them.
            page = Raw(msgspec.msgpack.encode(BodyPage(output.path, record)))
            pages[output.origin] = None if output.origin in pages else page
            cache.mark_used(view_key(record.key.view))
    return PatchBase(inputs.content, {file: page for file, page in pages.items() if page})


def save_patch_base(cache: Cache, folder: str, base: PatchBase) -> str:
    """Cache what a patch of the last build into a folder starts from. Return a digest of it."""
    value = msgspec.msgpack.encode(base)
    cache.put(_key(folder), value)
    return digest(value)


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
        old = parse_again(file, before[file.file], context, html)
        new = parse_again(file, inputs.content[file.file], context, html)
        # A problem has a line number, which may be another one now.
        if not old or not new or file.file in reported or not _has_same_plan(old, new, no_problems=not reported):
            return None
        changes[file.file] = {body_digest(old): body_digest(new)}
    return changes


def bodies_of(view: Struct) -> dict[str, Prose]:
    """Return the bodies that a view shows, by field."""
    return {name: part for name in view.__struct_fields__ if type(part := getattr(view, name)) is Prose}


def patch_build(options: Options, last: LastBuild, inputs: Inputs, context: RunContext) -> BuildPatch | None:
    """Return the pages that differ from the last build, or None if more than bodies may have changed.

    Call it only if nothing has changed since then but the bytes of content files.
    """
    value, html = context.cache.get(_key(last.output)), HtmlStore(context.cache, context.disk)
    if value is None or digest(value) != last.patch_base:
        return None
    base = msgspec.msgpack.decode(value, type=PatchBase)
    found = body_only_changes(inputs, base.content, last.problems, context, html)
    if found is None:
        return None
    changes = {file: change for file, change in found.items() if any(old != new for old, new in change.items())}
    if not changes:
        return BuildPatch({}, replace(base, content=inputs.content), {})
    [config] = [file for file in inputs.discovery.files if file.file == CONFIG]
    parsed = parse_again(config, inputs.content[CONFIG], context, html)
    theme = load_site_theme(options, parsed.document.data)[0] if parsed and parsed.document else None
    if theme is None or not changes.keys() <= base.pages.keys():
        return None
    renderer = OutputRenderer(options.root, theme, html, context.disk)
    pages, rendered = dict(base.pages), {}
    for file, change in changes.items():
        page = msgspec.msgpack.decode(base.pages[file], type=BodyPage)
        patched = _patch_page(page, change, renderer, context.cache)
        if patched is None:
            return None
        record, rendered[page.path] = patched
        pages[file] = Raw(msgspec.msgpack.encode(BodyPage(page.path, record)))
    return BuildPatch(rendered, PatchBase(inputs.content, pages), theme.read)


def patch_preview(outputs: tuple[Output, ...], changes: BodyChanges) -> tuple[Output, ...]:
    """Return the outputs of a plan with new bodies."""

    def patch(output: Output) -> Output:
        if not isinstance(output, Page) or output.origin not in changes:
            return output
        return replace(output, view=lambda: _with_bodies(output.view(), changes[output.origin]))

    return tuple(map(patch, outputs))


def _key(folder: str) -> bytes:
    return b"patch base " + folder.encode()


def _patch_page(
    page: BodyPage, change: Mapping[str, str], renderer: OutputRenderer, cache: Cache
) -> tuple[OutputRecord, bytes] | None:
    """Return the record and the bytes of a page with a new body; None if a full build has to make it."""
    key, kind = page.record.key, getattr(views, page.record.view_type)
    old: Struct | None = cache.load(view_key(key.view), kind) if key else None
    if key is None or old is None:
        return None
    view = _with_bodies(old, change)
    if view == old:  # it shows another body
        return None
    encoded = msgspec.msgpack.encode(view)
    drawn = Page(path=page.path, kind="", template=key.template, view=lambda: view, format=key.format)
    try:
        data = renderer.render(drawn)
    except RenderError:
        return None
    new = render_key(renderer, drawn, digest(encoded))
    cache.put(view_key(new.view), encoded)
    return replace(page.record, digest=digest(data), key=new), data


def _with_bodies(view: Struct, change: Mapping[str, str]) -> Struct:
    """Return a view with other bodies: new digests by old ones."""
    bodies = {name: part for name, part in bodies_of(view).items() if part.digest in change}
    return replace(view, **{name: replace(part, digest=change[part.digest]) for name, part in bodies.items()})


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
