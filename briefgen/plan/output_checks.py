"""Checks of all outputs together: each path is claimed once (law 4), and every link in a text leads to one."""

from collections.abc import Container, Iterable, Iterator
from functools import cache, partial
from itertools import chain
from typing import Any

from briefgen.kernel.languages import is_known
from briefgen.kernel.messages import Messages, list_languages
from briefgen.model.page import Copy, Page, PlannedFile, output_paths
from briefgen.model.problem import Place, Pointer, Problem, Severity
from briefgen.model.references import CONFIG, Use, all_marked_texts
from briefgen.model.site import Document
from briefgen.model.structure import BriefDocument, SiteStructure
from briefgen.model.texts import Reference, written
from briefgen.plan import urls
from briefgen.plan.prose import resolve_target


def find_untranslated(messages: Messages) -> Iterator[Problem]:
    """Yield `untranslated-language` if there is no catalogue for the language of the site, which is a known one."""
    language = messages.language
    if not messages.is_untranslated or not is_known(language):
        return
    yield Problem(
        code="untranslated-language",
        message=f'the texts of pages are not translated into "{language}", so they are in English',
        at=Pointer(CONFIG, ("language",)),
        hint=f"there are {', '.join(list_languages())}; a site theme can add messages/{language}.po",
        severity=Severity.WARNING,
    )


def find_collisions(outputs: Iterable[PlannedFile]) -> Iterator[Problem]:
    """Yield `path-collision` for every output whose path another one has, or needs as a folder.

    Paths that differ only in case or in Unicode form collide, too, since some file systems do not distinguish them.
    """
    from unicodedata import normalize

    first: dict[str, PlannedFile] = {}
    for output in outputs:
        for path in output_paths((output,)):
            other = first.setdefault(normalize("NFC", path).casefold(), output)
            if other is not output:
                yield _collision(path, output, other)
    for key, output in first.items():
        folder = key.rpartition("/")[0]
        while folder:
            if folder in first:
                yield _collision(output.path, output, first[folder])
                break
            folder = folder.rpartition("/")[0]


def _collision(path: str, output: PlannedFile, other: PlannedFile) -> Problem:
    if any(isinstance(each, Page) and each.kind == "redirect" for each in (output, other)):
        hint = "take it out of former_ids or aliases: this address is taken"
    else:
        hint = "rename one of them" if _file(output) and _file(other) else "rename your file: this address is taken"
    return Problem(
        code="path-collision",
        message=f'"{path}" would be made twice: by {_maker(output)} and by {_maker(other)}',
        at=Place(_file(output) or _file(other)),
        hint=hint,
    )


def _maker(output: PlannedFile) -> str:
    own = f'\'s own page "{output.kind.replace("_", " ")}"' if isinstance(output, Page) else " itself"
    return _file(output) or f"briefgen{own}"


def _file(output: PlannedFile) -> str:
    if isinstance(output, Page):
        return output.origin
    return output.file if isinstance(output, Copy) and not output.asset else ""


def paths_of_unreadable(files: Iterable[str]) -> set[str]:
    """Return the paths of the pages that these content files would make if they could be read."""
    below = (file.removeprefix("content/") for file in files if file.startswith("content/"))
    addresses = (resolve_target(Reference("link", file)) for file in below)
    return {urls.path(address) for address in addresses if address is not None}


def find_broken_links(site: SiteStructure, outputs: Container[str]) -> Iterator[Problem]:
    """Yield `broken-link` for every link or image in a text that leads to none of the `outputs`, which are paths."""
    return (problem for _, problem in _broken_links(site, outputs))


def find_missing_targets(site: SiteStructure, outputs: Container[str]) -> frozenset[str]:
    """Return what these links and images lead to, as they are written."""
    return frozenset(use.target for use, _ in _broken_links(site, outputs))


def _broken_links(site: SiteStructure, outputs: Container[str]) -> Iterator[tuple[Use, Problem]]:
    anchors = cache(partial(_anchors, site))
    for use in _links(site):
        reference: Any = use.reference
        address = resolve_target(reference)
        path, mark, fragment = (address or "").partition("#")
        file = urls.path(path)
        ids = anchors(file) if fragment else None
        code = "broken-link"
        if address is not None and (new := _document_renamed_from(site, path)):
            code, message = "former-id", f'link to "{reference.target}", which has another id now'
            hint = f'write "{_as_before(reference, new)}{mark}{fragment}"'
        elif address is None or file not in outputs:
            message = f'{reference.kind} to "{reference.target}", which is not in this site'
            hint = _where(reference, outputs)
        elif ids is not None and fragment not in ids:
            message = f'link to "#{fragment}", which is not on that page'
            hint = "headings have ids made of their words; claims have their own id"
        else:
            continue
        yield use, Problem(code=code, message=message, at=use.at, hint=hint)


def _links(site: SiteStructure) -> Iterator[Use]:
    """Yield all links and images of bodies and sentences."""
    documents: Iterable[BriefDocument | Document[Any]] = chain(
        site.briefs.values(), site.actors.values(), site.themes.values(), site.pages.values()
    )
    for document in documents:
        for reference in document.body.references:
            if reference.kind in ("link", "image") and reference.target:
                yield Use("link", reference.target, document.file, (), reference)
    for file, keys, text in all_marked_texts(site):
        for reference in text.references:
            if reference.kind == "link" and reference.target:
                yield Use("link", reference.target, file, keys, reference, written(reference))


def _anchors(site: SiteStructure, path: str) -> frozenset[str] | None:
    """Return the element ids of an output that texts may link to; None for files whose ids are not known.

    Ids that templates make are not known to planning, so a page without a text of its own has None.
    """
    above, _, name = path.rpartition("/")
    folder, _, id = above.rpartition("/")
    if name != "index.html":
        return None
    if folder == "briefs" and id in site.briefs:
        brief = site.briefs[id]
        return frozenset((*brief.body.anchors, *(claim.id for claim in brief.data.claims)))
    if folder == "sources" and id in site.sources and site.sources[id].claims:
        return frozenset(claim.id for claim in site.sources[id].claims)
    if folder == "themes" and id in site.themes:
        return frozenset(site.themes[id].body.anchors)
    if folder == "actors" and id in site.actors:
        return frozenset(site.actors[id].body.anchors)
    # The page `index` is at the root: a folder of that name can only have a static file, whose ids are not known.
    page = site.pages.get(id or "index") if not folder and id != "index" else None
    return frozenset(page.body.anchors) if page else None


def _document_renamed_from(site: SiteStructure, path: str) -> str:
    """Return the document that has this former address, as `briefs/new`; empty where none has."""
    folder, _, id = path.removesuffix("index.html").rstrip("/").rpartition("/")
    return site.redirects.get(f"{folder or 'pages'}/{id}", "")


def _as_before(reference: Reference, new: str) -> str:
    """Return the address of `new`, or its file where the reference named a file."""
    suffix = reference.target.partition("#")[0].rpartition(".")[2]
    return f"/{urls.document(new)}" if reference.target.startswith("/") else f"../{new}.{suffix}"


def _where(reference: Reference, outputs: Container[str]) -> str:
    path, mark, fragment = reference.target.partition("#")
    if path.startswith("/") and f"{path[1:]}/index.html" in outputs:
        return f"the address of a page ends with a slash: {path}/{mark}{fragment}"
    if reference.kind == "image":
        return "images lie in content/static/: write ../static/map.png or /map.png"
    return "link a content file (../actors/x.md) or an address from the site's root (/about/)"
