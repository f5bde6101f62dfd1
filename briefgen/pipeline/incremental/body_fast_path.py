"""A fast path for changes of bodies alone: put the new body's digest into the cached view, and render only that page.

Then neither a build nor a preview has to read the rest of the site. A plan depends on a body only by the fields of
`Body` beside its digest: the references in it and the ids that it defines. If these are the same, so is the plan.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from briefgen.kernel.cache import Cache
from briefgen.kernel.digest import digest
from briefgen.load.content import Parsed
from briefgen.model.page import Bundle, Page, PlannedFile
from briefgen.model.problem import Problem
from briefgen.model.site import Body
from briefgen.model.texts import Reference
from briefgen.pipeline.incremental.cached_content import ContentCache, body_digest
from briefgen.pipeline.incremental.cached_index import change_bodies, load_state, save_state
from briefgen.pipeline.incremental.context import RunContext
from briefgen.pipeline.incremental.inputs import MAX_CHANGED_FILES, Inputs
from briefgen.pipeline.incremental.last_build import LastBuild
from briefgen.pipeline.incremental.output_records import OutputRecord, page_fingerprint, view_cache_key
from briefgen.pipeline.options import CONFIG, Options
from briefgen.pipeline.stages import OutputRenderer, Plan, load_site_theme
from briefgen.render.html import RenderError
from briefgen.render.markdown.llms import render_bundle
from briefgen.views import pages as views
from briefgen.views.parts import Prose
from briefgen.write.output_folder import OutputFolder

_encode = msgspec.msgpack.Encoder().encode

BodyChanges = dict[str, dict[str, str]]
"""By content file, the new digest of its body by the old one."""


class FastPathState(Struct, frozen=True, array_like=True):
    """By content file, the digest of its bytes at the last build, and the page that shows its body.

    A page is the path and the record of an output whose view is cached, encoded by itself, since few are decoded.
    """

    content: Mapping[str, str]
    pages: Mapping[str, Raw]
    bundles: tuple[Bundle, ...]


def fast_path_state(inputs: Inputs, plan: Plan, records: Mapping[str, OutputRecord], cache: Cache) -> FastPathState:
    """Return the state after a build that made the outputs of a plan."""
    pages: dict[str, Raw | None] = {}
    for output in plan.outputs:
        record = records.get(output.path)
        if isinstance(output, Page) and record and record.fingerprint and record.view_type:
            # If two pages show one body, only a full build renders both.
            page = Raw(_encode((output.path, record)))
            pages[output.origin] = None if output.origin in pages else page
            cache.mark_used(view_cache_key(record.fingerprint.view))
    return FastPathState(inputs.content, {file: page for file, page in pages.items() if page}, plan.bundles)


def save_fast_path_state(cache: Cache, folder: str, state: FastPathState) -> str:
    """Cache the state after a build into a folder. Return a digest of it."""
    value = _encode(state)
    cache.put(_cache_key(folder), value)
    return digest(value)


def body_only_changes(
    inputs: Inputs, before: Mapping[str, str], problems: Collection[Problem], content: ContentCache
) -> BodyChanges | None:
    """Return the changed bodies, or None if something else may have changed.

    `before` has the digests of the same content files at the last build, `problems` are those it found.
    """
    files = [file for file in inputs.discovery.files if before[file.file] != inputs.content[file.file]]
    if len(files) > MAX_CHANGED_FILES:
        return None
    reported = {problem.at.file for problem in problems}
    changes: BodyChanges = {}
    for file in files:
        old = content.parse_version(file, before[file.file])
        new = content.parse_version(file, inputs.content[file.file])
        # A problem has a line number, which may be another one now.
        if not old or not new or file.file in reported or not _has_same_plan(old, new, no_problems=not reported):
            return None
        changes[file.file] = {body_digest(old): body_digest(new)}
    return changes


def bodies_of(view: Struct) -> dict[str, Prose]:
    """Return the bodies that a view shows, by field."""
    return {name: part for name in view.__struct_fields__ if type(part := getattr(view, name)) is Prose}


def rerender_body_pages(
    options: Options, last: LastBuild, inputs: Inputs, context: RunContext, folder: OutputFolder
) -> tuple[dict[str, bytes], FastPathState, dict[str, str]] | None:
    """Return the bytes of the files that differ from the last build by path, or None if more may have changed.

    With them return the state after it, and the digests of site theme files as they were read. Call it only if nothing
    has changed since then but the bytes of content files.
    """
    content, value = ContentCache(context), context.cache.get(_cache_key(last.output_dir))
    if value is None or digest(value) != last.fast_path_state:
        return None
    state = msgspec.msgpack.decode(value, type=FastPathState)
    found = body_only_changes(inputs, state.content, last.problems, content)
    if found is None:
        return None
    changes = {file: change for file, change in found.items() if any(old != new for old, new in change.items())}
    if not changes:
        return {}, replace(state, content=inputs.content), {}
    [config] = [file for file in inputs.discovery.files if file.file == CONFIG]
    parsed = content.parse_version(config, inputs.content[CONFIG])
    theme = load_site_theme(options, parsed.document.data)[0] if parsed and parsed.document else None
    if theme is None or not changes.keys() <= state.pages.keys():
        return None
    renderer = OutputRenderer(options.root, theme, content.html, context.disk)
    pages = dict(state.pages)
    rendered: dict[str, bytes] = {}
    for file, change in changes.items():
        path, record = msgspec.msgpack.decode(state.pages[file], type=tuple[str, OutputRecord])
        rerendered = _rerender_page(path, record, change, renderer, context.cache)
        if rerendered is None:
            return None
        record, files = rerendered
        rendered |= files
        pages[file] = Raw(_encode((path, record)))
    index = load_state(context.cache, last.output_dir, folder.owned() or {})
    changed = index and change_bodies(changes, context.cache, content.html, index, folder.read)
    if not changed:
        return None
    save_state(context.cache, last.output_dir, changed[0])
    files = rendered | changed[1] | _render_bundles(state.bundles, rendered, folder)
    return files, replace(state, content=inputs.content, pages=pages), theme.read


def _render_bundles(bundles: Iterable[Bundle], rendered: Mapping[str, bytes], folder: OutputFolder) -> dict[str, bytes]:
    """Return the bytes of the bundles that hold files which were rendered again, by path."""

    def read(path: str) -> bytes:
        return rendered[path] if path in rendered else folder.read(path)

    changed = (bundle for bundle in bundles if not rendered.keys().isdisjoint(bundle.parts))
    return {bundle.path: render_bundle(bundle, read) for bundle in changed}


def replace_bodies(outputs: Iterable[PlannedFile], changes: BodyChanges) -> Iterator[PlannedFile]:
    """Yield the outputs of a plan with new bodies."""

    def replace_body(output: PlannedFile) -> PlannedFile:
        if not isinstance(output, Page) or output.origin not in changes:
            return output
        return replace(output, view=lambda: _with_bodies(output.view(), changes[output.origin]))

    return map(replace_body, outputs)


def _cache_key(folder: str) -> bytes:
    return b"fast path " + folder.encode()


def _rerender_page(
    path: str, record: OutputRecord, change: Mapping[str, str], renderer: OutputRenderer, cache: Cache
) -> tuple[OutputRecord, dict[str, bytes]] | None:
    # None if a full build has to make the page.
    before, kind = record.fingerprint, getattr(views, record.view_type)
    old: Struct | None = cache.load(view_cache_key(before.view), kind) if before else None
    if before is None or old is None:
        return None
    view = _with_bodies(old, change)
    if view == old:  # it shows another body
        return None
    encoded = _encode(view)
    drawn = Page(
        path=path,
        kind="",
        template=before.template,
        view=lambda: view,
        format=before.format,
        has_markdown=bool(record.markdown),
    )
    try:
        files = renderer.files(drawn)
    except RenderError:
        return None
    new = page_fingerprint(renderer, drawn, digest(encoded))
    cache.put(view_cache_key(new.view), encoded)
    markdown = digest(files[drawn.markdown]) if drawn.has_markdown else ""
    return replace(record, digest=digest(files[path]), fingerprint=new, markdown=markdown), files


def _with_bodies(view: Struct, change: Mapping[str, str]) -> Struct:
    bodies = {name: part for name, part in bodies_of(view).items() if part.digest in change}
    return replace(view, **{name: replace(part, digest=change[part.digest]) for name, part in bodies.items()})


def _has_same_plan(before: Parsed[Any], after: Parsed[Any], *, no_problems: bool) -> bool:
    """Return whether two states of a file give the same plan.

    With `no_problems` in the site, new ids in a body change nothing; otherwise they may resolve a broken link.
    """
    old, new = before.document, after.document
    if old is None or new is None or before.problems or after.problems:
        return False
    if old.data != new.data or old.unwritten != new.unwritten:
        return False
    same_ids = old.body.anchors == new.body.anchors
    more_ids = no_problems and {*old.body.anchors} <= {*new.body.anchors}
    both_or_none = bool(old.body.digest) is bool(new.body.digest)
    return (same_ids or more_ids) and both_or_none and _unplaced_references(old.body) == _unplaced_references(new.body)


def _unplaced_references(body: Body) -> list[Reference]:
    return [replace(reference, line=0, column=0, length=1) for reference in body.references]
