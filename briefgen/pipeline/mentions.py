"""The mentions of actors and themes that are not linked, in all content of a project, and links for them."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from msgspec import Struct

from briefgen.kernel.disk import Disk
from briefgen.load.known_names import KnownNames
from briefgen.load.mention_links import write_links
from briefgen.load.mentions import Unlinked, find_unlinked
from briefgen.load.scalars import CannotEdit
from briefgen.load.text import read_parts
from briefgen.model.references import CONFIG, Keys, sentences
from briefgen.model.site import Body, Site
from briefgen.model.texts import plain
from briefgen.pipeline.incremental.cached_content import read_site
from briefgen.pipeline.options import Options

_RECORDED = "corrections"  # what was published is not changed afterwards


class Mentions(Struct, frozen=True):
    """The mentions without a link, and those that were linked, in `files`."""

    unlinked: tuple[Unlinked, ...] = ()
    linked: tuple[Unlinked, ...] = ()
    names: Mapping[str, str] = {}  # of what is mentioned, by target such as `actors/ada-miller`

    @property
    def files(self) -> int:
        """The number of files that were changed."""
        return len({one.file for one in self.linked})


class _File(Struct, frozen=True):
    """A content file with texts of the desk; `own` is what all of it is about, such as `actors/ada-miller`."""

    file: str
    data: Any
    body: Body = Body()
    own: str = ""


def find_mentions(options: Options, *, fix: bool = False, disk: Disk | None = None) -> Mentions:
    """Return the mentions without a link; with `fix`, write links for those that are sure.

    Raises:
        Failure: the machine refused something.
    """
    site, disk = read_site(options.root), disk or Disk()
    if site is None:
        return Mentions()
    names = KnownNames(site)
    unlinked: list[Unlinked] = []
    linked: list[Unlinked] = []
    for one in _files(site):
        path = options.root / one.file
        data = disk.read(path)
        texts = tuple(_candidates(one, data, names))
        try:
            found = find_unlinked(one.file, data, texts, names, partial(_meant, one)) if texts else ()
        except CannotEdit:
            continue
        done: list[Unlinked] = []
        if fix and found:
            new, done = write_links(one.file, data, found, names)
            done = done if new != data and disk.rewrite(path, new, data) else []
        linked += done
        unlinked += (each for each in found if each not in done)
    return Mentions(tuple(unlinked), tuple(linked), _names(site))


def _files(site: Site) -> Iterator[_File]:
    for folder, documents in (
        ("briefs", site.briefs),
        ("actors", site.actors),
        ("themes", site.themes),
        ("publishers", site.publishers),
        ("pages", site.pages),
    ):
        for id, document in documents.items():
            if document.file:
                own = f"{folder}/{id}" if folder in ("actors", "themes") else ""
                yield _File(document.file, document.data, document.body, own)
    for record in site.sources.values():
        if record.brief is None:
            yield _File(record.file, record.data)
    yield _File(CONFIG, site.config)


def _candidates(one: _File, data: bytes, names: KnownNames) -> Iterator[Keys]:
    """Yield the keys of the texts that may mention something without a link; none for the body.

    Most texts mention nothing else than what they link to, and need not be parsed again.
    """
    for keys, text in sentences(one.data):
        if keys[0] != _RECORDED and _may_mention(plain(text), names, _meant(one, keys)):
            yield keys
    if one.body.digest and (parts := read_parts(data, one.file)[0]):
        linked = {reference.target for reference in one.body.references if reference.kind == "entity"}
        if _may_mention(parts.body, names, {*linked, *_meant(one, ())}):
            yield ()


def _may_mention(text: str, names: KnownNames, known: set[str]) -> bool:
    return any(known.isdisjoint(found.targets) for found in names.find(text))


def _meant(one: _File, keys: Keys) -> set[str]:
    """Return what is shown beside a text: what the page is about, and who says a claim on what."""
    found = {one.own}
    if keys[:1] == ("claims",):
        claim = one.data.claims[keys[1]]
        found |= {f"actors/{claim.actor}", f"actors/{claim.for_}", f"themes/{claim.theme}"}
    return found


def _names(site: Site) -> dict[str, str]:
    return {
        f"{folder}/{id}": document.data.name
        for folder, documents in (("actors", site.actors), ("themes", site.themes))
        for id, document in documents.items()
    }
