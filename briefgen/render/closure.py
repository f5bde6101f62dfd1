"""What the bytes of a template's pages depend on in the site theme, told without loading jinja2.

A build in which nothing is to be rendered still asks for every page's closure. So tags are found with a pattern here,
and `environment` refuses any template whose tags the pattern would not have found.
"""

import re
from collections.abc import Callable, Iterable
from hashlib import blake2b

from briefgen.render.site_theme import SiteTheme

_TAG = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b(.*?)%\}", re.DOTALL)
_STRING = re.compile(r"\"([^\"]*)\"|'([^']*)'")


def references(text: str) -> frozenset[str]:
    """Names of the templates that a template's source pulls in itself; perhaps some that it does not, never fewer."""
    return frozenset(one or other for tag in _TAG.findall(text) for one, other in _STRING.findall(tag))


def find_circle(name: str, direct: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """Return templates that pull each other in, the first again at the end, if `name` leads to such; empty if not.

    `direct` gives the names that one template pulls in. A circle is the same, wherever one comes from.
    """
    done: set[str] = set()

    def walk(path: tuple[str, ...]) -> tuple[str, ...]:
        if path[-1] in path[:-1]:
            return path[path.index(path[-1]) : -1]
        for target in sorted(direct(path[-1])):
            if target not in done and (found := walk((*path, target))):
                return found
        done.add(path[-1])
        return ()

    circle = walk((name,))
    if not circle:
        return ()
    first = circle.index(min(circle))
    return (*circle[first:], *circle[:first], circle[first])


class Closures:
    """The digests of a site theme's templates, each made once."""

    def __init__(self, site_theme: SiteTheme) -> None:
        self._templates = site_theme.templates
        self._references: dict[str, frozenset[str]] = {}
        self._digests: dict[str, str] = {}

    def __call__(self, template: str) -> str:
        """A digest over the sources of `template` and of all that it pulls in, however far off."""
        digest = self._digests.get(template)
        if digest is None:
            digest = self._digests[template] = self._make(template)
        return digest

    def members(self, template: str) -> list[str]:
        """`template` and the names of all that it pulls in, sorted; also names of templates that do not exist."""
        found: set[str] = set()
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self.direct(name))
        return sorted(found)

    def direct(self, name: str) -> frozenset[str]:
        known = self._references.get(name)
        if known is None:
            template = self._templates.get(name)
            known = self._references[name] = references(template.text) if template else frozenset()
        return known

    def _make(self, template: str) -> str:
        digest = blake2b(digest_size=16)
        for name in self.members(template):
            found = self._templates.get(name)
            # The length before each text keeps two different lists from running into the same bytes.
            text = b"" if found is None else found.text.encode("utf-8", "surrogatepass")
            digest.update(f"{name}\0{-1 if found is None else len(text)}\0".encode("utf-8", "surrogatepass"))
            digest.update(text)
        return digest.hexdigest()
