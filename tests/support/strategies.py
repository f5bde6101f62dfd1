"""Random projects as files: content that is valid, of every kind and shape, with drafts and the like among it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from briefgen.check.findings import NEED_EVIDENCE
from briefgen.model.vocabulary import VERDICTS

ACTORS = ("mayor", "council", "nordland", "press-office")
THEMES = ("dam", "budget", "water")
BRIEFS = ("meeting", "report", "letter", "speech", "leak")
PUBLISHERS = ("Gazette", "The Dam Post")
SOURCES = ("minutes", "gazette")
ADDRESS = "https://example.org/a?b=1&c=2"

# Marks hidden texts, so that a leak of any of it shows.
SECRET = "xyzzy"  # noqa: S105 (no password)

text = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\u202d\u202e\ufffe\uffff"),
    min_size=1,
    max_size=12,
)
plain = text.map(lambda value: value.replace("[", "(").replace("]", ")").strip() or "x")
marked = st.sampled_from(
    [
        *("*It* rises", "so says [[mayor|the mayor]]", "[[dam]]", "see [@minutes]", '[@gazette, "so"]', "`[[x]]`"),
        *("a\\[b", f"see [this]({ADDRESS})", "see [the dam](../themes/dam.md)", "**[@minutes; @gazette]**"),
    ]
)
sentences = st.one_of(plain, plain, marked)
days = st.dates(date(2020, 1, 1), date(2029, 12, 31)).map(str)
edtf = st.one_of(days, st.sampled_from(["2025", "2025-12", "2025-12?", "2024~", "2023-05-01%", "unknown"]))
grades = st.sampled_from("ABCDEF")


def _some(values: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=3)


def _optional(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


def _spoken(claim: dict[str, Any]) -> dict[str, Any]:
    """A claim is of an actor unless an outlet speaks, and answers the question of its theme if it has one."""
    speaker = {} if "publisher" in claim else {"actor": ACTORS[len(claim["says"]) % len(ACTORS)]}
    found = claim | speaker | ({} if "theme" in claim else {"answer": "unclear"})
    if "quote" not in found or "quote_language" not in found:
        found = {key: value for key, value in found.items() if key not in ("quote_language", "translation")}
    return found if "translation" in found else {key: found[key] for key in found if key != "translated_by"}


def _found(claim: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A claim, with a finding if it is of a kind that can have one."""
    verdicts = [word for word in VERDICTS.get(claim.get("kind", ""), ()) if word not in NEED_EVIDENCE]
    found = _optional({"verdict": st.sampled_from(verdicts), "note": plain}, {"evidence": _some(SOURCES)})
    return (
        st.one_of(st.just(claim), found.map(lambda finding: claim | {"finding": finding}))
        if verdicts
        else st.just(claim)
    )


claims = st.lists(
    _optional(
        {"id": st.sampled_from(["a", "b", "c"]), "says": sentences},
        {
            "for": st.sampled_from(ACTORS),
            "theme": st.sampled_from(THEMES),
            "publisher": st.sampled_from(PUBLISHERS),
            "answer": st.sampled_from(["yes", "conditional", "no", "unclear"]),
            "date": edtf,
            "quote": plain,
            "quote_language": st.just("uk"),
            "translation": plain,
            "translated_by": st.sampled_from(["machine", "Ada"]),
            "via": st.sampled_from(SOURCES),
            "note": sentences,
            "credibility": st.integers(2, 6),
            "confirmed_by": _some(SOURCES),
            "kind": st.sampled_from(["fact", "demand", "commitment", "forecast", "opinion"]),
        },
    ).flatmap(_found),
    max_size=3,
    unique_by=lambda claim: claim["id"],
).map(lambda found: [_spoken(claim) for claim in found])
flags = st.lists(
    _optional(
        {"kind": st.sampled_from(["outdated", "wrong-figure"]), "note": sentences},
        {"evidence": _some(SOURCES), "severity": st.sampled_from(["major", "minor"])},
    ),
    max_size=2,
)
sources = _optional(
    {"title": plain},
    {
        "url": st.just(ADDRESS),
        "publisher": st.sampled_from([*PUBLISHERS, "Известия", "unknown"]),
        "kind": st.sampled_from(["report", "opinion", "rewrite"]),
        "author": plain,
        "reliability": st.one_of(grades, st.fixed_dictionaries({"facts": grades, "opinion": grades})),
        "interest": plain,
        "summary": sentences,
        "flags": flags,
    },
)


def _reasoned(source: dict[str, Any]) -> dict[str, Any]:
    """A grade of a source's own has a reason."""
    return source | ({"reliability_reason": "So."} if "reliability" in source else {})


briefs = _optional(
    {"title": plain, "date": days, "source": sources.map(_reasoned)},
    {
        "lede": sentences,
        "expires": st.just(""),
        "status": st.sampled_from(["draft", "published", "needs-second-source"]),
        "key_points": st.lists(sentences, max_size=2),
        "actors": _some(ACTORS),
        "themes": _some(THEMES),
        "claims": claims,
    },
)


def _expiring(brief: dict[str, Any]) -> dict[str, Any]:
    """A brief that expires does so a year after its date."""
    year = int(brief["date"][:4])
    return brief | ({"expires": f"{year + 1}{brief['date'][4:7]}-28"} if "expires" in brief else {})


briefs = briefs.map(_expiring)
words = st.sampled_from(
    ["Water", "[[mayor]]", "[[dam|the dam]]", "[@minutes]", '[@gazette, "so"]', "*rises*", "<b>", "`[[x]]`", "a\\[b"]
)
bodies = st.lists(words, min_size=1, max_size=6).map(" ".join)


def front_matter(values: dict[str, Any], body: str = "") -> str:
    """Values as YAML (JSON is YAML) between fences, and a text."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join(["---", *lines, "---", body, ""])


@dataclass(frozen=True)
class Written:
    """A content file before it is text, so that it can be edited by its keys."""

    values: dict[str, Any]
    body: str = ""

    def bytes(self, path: str) -> bytes:
        """What the file at this path holds."""
        text = (
            front_matter(self.values, self.body)
            if path.endswith(".md")
            else json.dumps(self.values, ensure_ascii=False)
        )
        return text.encode()


def written_briefs() -> st.SearchStrategy[Written]:
    return st.builds(Written, briefs, bodies)


_DEFAULTS = _optional({}, {"kind": st.sampled_from(["opinion", "report"]), "language": st.sampled_from(["uk", "fa"])})


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Written]:
    """The content files of a project, by path; every reference resolves."""
    config = {"title": draw(plain), "page_size": draw(st.integers(1, 4)), "markdown": draw(st.booleans())}
    files = {"content/site.yaml": Written(config)}
    for actor in ACTORS:
        files[f"content/actors/{actor}.md"] = Written({"name": actor.title(), "kind": "person"}, draw(bodies))
    for theme in THEMES:
        files[f"content/themes/{theme}.md"] = Written({"name": theme.title(), "question": draw(plain)})
    for publisher in PUBLISHERS:
        values = draw(_optional({"name": st.just(publisher)}, {"defaults": _DEFAULTS}))
        files[f"content/publishers/{publisher.lower().replace(' ', '-')}.yaml"] = Written(values)
    for source in SOURCES:
        values = _reasoned(draw(sources)) | {"published": draw(edtf)}
        values.pop("flags", None)
        # A claim of a source is no older than it, and the source quotes another text, not itself.
        kept = [{key: value for key, value in claim.items() if key not in ("date", "via")} for claim in draw(claims)]
        values["claims"] = kept
        files[f"content/sources/{source}.yaml"] = Written(values)
    for brief in draw(st.lists(st.sampled_from(BRIEFS), unique=True, max_size=5)):
        files[f"content/briefs/{brief}.md"] = draw(written_briefs())
    files["content/pages/about.md"] = Written({"title": draw(plain)}, draw(bodies))
    _relate(draw, files)
    return files


def _relate(draw: st.DrawFn, files: dict[str, Written]) -> None:
    """Add relations between claims, and disputes; none that cannot be."""
    found = {
        f"{path.rpartition('/')[2].partition('.')[0]}#{claim['id']}": (file.values, claim)
        for path, file in files.items()
        for claim in file.values.get("claims", ())
    }
    if len(found) < 2:
        return
    for one, other in draw(st.lists(st.lists(st.sampled_from(sorted(found)), min_size=2, max_size=2, unique=True))):
        (owner, claim), (other_owner, _) = found[one], found[other]
        possible = ["contradicts", "undercuts", *(["corroborates"] if _are_independent(owner, other_owner) else [])]
        listed = claim.setdefault(draw(st.sampled_from(possible)), [])
        listed.extend([other] if other not in listed else [])
    for theme in THEMES:
        claims = draw(st.lists(st.sampled_from(sorted(found)), max_size=4, unique=True))
        if len(claims) > 1:
            sides = [{"label": draw(plain), "claims": claims[:1]}, {"label": draw(plain), "claims": claims[1:]}]
            dispute: dict[str, Any] = {"id": f"on-{theme}", "question": draw(plain), "kind": "fact"}
            more: dict[str, Any] = draw(st.sampled_from([{"claims": claims}, {"sides": sides}]))
            reading = {"reading": {"says": draw(plain), "date": draw(days)}} if draw(st.booleans()) else {}
            files[f"content/themes/{theme}.md"].values["disputes"] = [dispute | more | reading]


def _are_independent(one: dict[str, Any], other: dict[str, Any]) -> bool:
    publishers = [file.get("source", file).get("publisher", "unknown") for file in (one, other)]
    return one is not other and (publishers[0] != publishers[1] or publishers[0] == "unknown")


def projects() -> st.SearchStrategy[dict[str, bytes]]:
    """The files of a project, by path."""
    return contents().map(lambda files: {path: file.bytes(path) for path, file in files.items()})
