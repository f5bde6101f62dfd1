"""Bibliographies as BibTeX, with the entry types and dates of biblatex (its manual, §2.1 and §2.3.8)."""

from collections.abc import Iterator

from briefgen.render.bibliography import one_line
from briefgen.views.formats import Bibliography, Reference

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # Not `\{`: BibTeX counts braces whatever stands before them.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "&%$#_"},
    }
)

_VERBATIM = frozenset({"url", "date", "urldate"})


def render(bibliography: Bibliography) -> bytes:
    """One entry after the other, keys as in the site."""
    return "\n".join("\n".join(_entry(each)) + "\n" for each in bibliography.references).encode("utf-8", "replace")


def _entry(reference: Reference) -> Iterator[str]:
    yield f"@online{{{reference.key},"
    # Braces within: nobody's name is taken apart, and no letter made small.
    named = (("title", reference.title), ("author", reference.author), ("organization", reference.publisher))
    for name, value in named:
        if value or name == "title":  # which must be there
            yield f"  {name} = {{{{{_text(value)}}}}},"
    archived = f"Archived at {reference.archive}" if reference.archive else ""
    plain = (
        ("date", reference.published),
        ("urldate", reference.retrieved),
        ("url", reference.url),
        ("note", "; ".join(filter(None, (archived, reference.note)))),
        ("langid", reference.language),
    )
    for name, value in plain:
        if value:
            yield f"  {name} = {{{_verbatim(value) if name in _VERBATIM else _text(value)}}},"
    yield "}"


def _verbatim(value: str) -> str:
    """An address or a date, which TeX takes as it is; braces would end it."""
    return value.replace("{", "%7B").replace("}", "%7D")


def _text(value: str) -> str:
    return one_line(value).translate(_ESCAPES)
