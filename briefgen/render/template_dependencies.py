"""What the bytes of a template's pages depend on in the site theme, found without loading jinja2.

A build in which nothing is to be rendered needs the dependencies of every page. So a pattern finds tags here, and
`sandbox.template_checks` refuses any template whose tags the pattern would not have found.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import blake2b

from briefgen.render.site_theme import SiteTheme

_TAG = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b(.*?)%\}", re.DOTALL)
_STRING = re.compile(r"\"([^\"]*)\"|'([^']*)'")


def find_references(text: str) -> frozenset[str]:
    """Return the names of the templates that a source includes, imports or extends; perhaps more, never fewer."""
    return frozenset(one or other for tag in _TAG.findall(text) for one, other in _STRING.findall(tag))


def find_circle(name: str, direct: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """Return templates that pull each other in, the first again at the end, if `name` leads to such; empty if not.

    `direct` gives the names that one template pulls in. The result is the same for every template in the circle.
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


class TemplateDependencies:
    """The dependencies of a site theme's templates, each found once."""

    def __init__(self, site_theme: SiteTheme) -> None:
        self._templates = site_theme.templates
        self._messages = site_theme.messages
        self.direct = cache(self._find_direct)
        self.digest = cache(self._compute_digest)

    def find_all(self, template: str) -> list[str]:
        """Return `template` and the names of all that it depends on, sorted; also names of missing templates."""
        found: set[str] = set()
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self.direct(name))
        return sorted(found)

    def _find_direct(self, name: str) -> frozenset[str]:
        template = self._templates.get(name)
        return find_references(template.text) if template else frozenset()

    def _compute_digest(self, template: str) -> str:
        """Return a digest over the sources of `template` and of all that it depends on, and over the catalogues."""
        digest = blake2b(self._messages.digest.encode(), digest_size=16)
        for name in self.find_all(template):
            found = self._templates.get(name)
            # The length before each text keeps two different lists from running into the same bytes.
            text = b"" if found is None else found.text.encode("utf-8", "surrogatepass")
            digest.update(f"{name}\0{-1 if found is None else len(text)}\0".encode("utf-8", "surrogatepass"))
            digest.update(text)
        return digest.hexdigest()
