"""A language has a tag by which browsers, screen readers and search engines know it."""

from collections.abc import Iterator

from briefgen.check.places import source_keys
from briefgen.kernel.languages import is_known, suggestion
from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site


def unknown_languages(site: Site) -> Iterator[Problem]:
    """Yield a problem for each language, of the site or of a source, that is not in BCP 47."""
    if not is_known(site.config.language):
        yield _unknown(site.config.language, Pointer("content/site.yaml", ("language",)))
    for source in site.sources.values():
        language = source.data.language
        if language is not None and not is_known(language):
            yield _unknown(language, Pointer(source.file, (*source_keys(source), "language")))


def _unknown(language: str, at: Pointer) -> Problem:
    found = suggestion(language)
    hint = f"write {found}" if found else "write a tag of BCP 47, such as en, uk or pt-BR"
    return Problem("unknown-value", f'"language" cannot be "{language}"', at, hint)
