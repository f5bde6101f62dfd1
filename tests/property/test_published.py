"""Law 5 for the value that planning gets: from what is published, nothing hidden can be reached."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar, get_args

import msgspec
from hypothesis import HealthCheck, given, settings
from msgspec.structs import fields, replace

from briefgen import plan
from briefgen.kernel.disk import Disk
from briefgen.load.project import load_content
from briefgen.load.references import drop_broken_references
from briefgen.model.checks import Capture, CopyInfo, QuoteCheck, SourceCheck
from briefgen.model.content import Brief, Claim, Dispute, Finding, Flag, Side, Source, Theme
from briefgen.model.references import SENTENCES, Kind, Targets, Use, map_references
from briefgen.model.site import Body, Document, Site, SourceRecord
from briefgen.model.texts import MarkedText, Reference
from briefgen.model.vocabulary import RELATIONS
from support.project import Project
from support.strategies import SECRET, projects

T = TypeVar("T", bound=msgspec.Struct)
DAY = date(2025, 12, 31)
HIDDEN = f"hidden-{SECRET.lower()}"
CLAIM = f"{HIDDEN}#one"
FLAG = Flag(kind="wrong-fact", note="So.", evidence=(HIDDEN,))
FINDING = Finding(verdict="mixed", note="It is.", evidence=(HIDDEN,))
DISPUTES = (
    Dispute(id="one", question="Which?", kind="fact", claims=(CLAIM, CLAIM)),
    Dispute(
        id="two", question="Which?", kind="fact", sides=(Side(label="This", claims=(CLAIM,)),) * 2, evidence=(HIDDEN,)
    ),
)
BODY = Body("digest", (Reference("cite", f"sources/{HIDDEN}"), Reference("link", f"briefs/{HIDDEN}.md")))
MARKED = MarkedText("\x000\x00 <a href='\x001\x00'>so</a>", BODY.references)
NONE: Targets = dict.fromkeys(get_args(Kind), ())
CHECK = SourceCheck(
    id=HIDDEN,
    text="a" * 64,
    quotes=(QuoteCheck(words="b" * 32, result="found", checked="2025-01-01", fragment=f"text={SECRET}"),),
)
COPY = CopyInfo("content/copies/x", "a" * 64, Capture(title=SECRET))


def with_hidden_brief(site: Site) -> Site:
    """Return the site with a hidden brief to which every field refers that can name a brief, its source or a claim."""
    claims = tuple(Claim(id="one", actor=actor, says=SECRET) for actor in site.actors)[:1]
    hidden = Brief(title=SECRET, date="2024-01-01", status="draft", source=Source(title=SECRET), claims=claims)
    file = f"content/briefs/{HIDDEN}.md"
    briefs = {
        id: replace(document, body=BODY, data=_brief(document.data), has_marks=True)
        for id, document in site.briefs.items()
    }
    themes = {
        id: replace(document, body=BODY, data=_theme(document.data), has_marks=True)
        for id, document in site.themes.items()
    }
    sources = {id: replace(record, data=_source(record.data), has_marks=True) for id, record in site.sources.items()}
    site = replace(
        site,
        briefs={**briefs, HIDDEN: Document(HIDDEN, file, hidden)},
        themes=themes,
        sources={**sources, HIDDEN: SourceRecord(HIDDEN, Source(title=SECRET), file, brief=HIDDEN)},
        checks={id: replace(CHECK, id=id) for id in (*sources, HIDDEN)},
        copies=dict.fromkeys((*sources, HIDDEN), COPY),
    )
    return replace(site, config=_marked(site.config), publishers=_documents(site.publishers))


def _documents(found: Mapping[str, Document[T]]) -> dict[str, Document[T]]:
    return {id: replace(document, data=_marked(document.data), has_marks=True) for id, document in found.items()}


def _marked(entry: T) -> T:
    """Return an entry with a sentence that refers to the hidden brief wherever it takes one."""
    changed: dict[str, Any] = {}
    for name, kind in SENTENCES[type(entry)]:
        value, default = getattr(entry, name), next(each for each in fields(entry) if each.name == name).default
        change = (lambda _: MARKED) if kind is MarkedText else _marked
        if default == ():
            changed[name] = (MARKED,) if kind is MarkedText else tuple(map(change, value))
        elif kind is MarkedText or value is not None:
            changed[name] = change(value)
    return replace(entry, **changed)


def _brief(brief: Brief) -> Brief:
    related = dict.fromkeys(RELATIONS, (CLAIM,))
    claims = (replace(claim, **related, confirmed_by=(HIDDEN,), via=HIDDEN, finding=FINDING) for claim in brief.claims)
    return _marked(replace(brief, source=brief.source and _source(brief.source), claims=tuple(claims)))


def _theme(theme: Theme) -> Theme:
    return _marked(replace(theme, disputes=DISPUTES))


def _source(source: Source) -> Source:
    return _marked(replace(source, cites=(HIDDEN,), flags=(FLAG,)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(files=projects())
def test_nothing_hidden_can_be_reached_from_a_published_site(files: dict[str, bytes]) -> None:
    with TemporaryDirectory() as folder:
        written = load_content(Project(Path(folder), files).root, Disk()).site
    assert written is not None
    site = with_hidden_brief(drop_broken_references(written))

    found, _ = plan.filter_published(site, plan.Admission(DAY))

    text = str(msgspec.to_builtins(found, str_keys=True))
    assert HIDDEN not in text
    assert SECRET not in text
    for use in uses(found):
        assert use.kind != "source" or use.target in found.sources
        assert use.kind != "claim" or use.target.partition("#")[0] in {**found.briefs, **found.sources}


def uses(site: Site) -> list[Use]:
    found: list[Use] = []

    def collect(use: Use) -> str:
        found.append(use)
        return use.target

    map_references(site, NONE, collect)
    return found
