"""A project in which every text of every kind of content file attacks the page that shows it. Made from the schema.

Each text begins with the name of its key (`Brief.lede`), so that a test can see whether it is shown.
"""

import json
import re
from typing import Any

from msgspec import Struct

from briefgen.load.content import STRUCTS
from briefgen.load.shapes import CLAIM_REF, DATE, DAY, ID, Shape, keys, shape

ATTACK = (
    """</title></style></script><script>attack()</script><img src=x onerror=attack()>"'><svg onload=attack()>"""
    """ ' onmouseover=attack() style=color:red " ]]> --> <!-- &lt;b> &#60; &quot; javascript:attack() {{ 7 * 7 }}"""
    """ {% raw %} \\u003c `attack()` ${attack()} \u2028 \u2067 \U0001f600"""
)
ADDRESS = """https://example.org/"><script>attack()</script>'onclick='attack()?a&lt;=<b>&b#javascript:attack()"""
BASE = """https://desk.example/'"<b>/"""
PREFIX = "/'%22%3Cb%3E/"
"""Where the address takes the site to stand, as browsers write it."""

BODY = """# <script>attack()</script> " onclick="attack()

<script>attack()</script> <img src=x onerror=attack()> <style>* { color: red }</style>

[[speaker|<script>attack()</script>"']] [@other, "<script>attack()</script>"] `<script>attack()</script>`
[link](https://example.org/"onclick="attack() '"><script>attack()</script>')
![alt "><script>](/dot.svg '"onload="attack()')
<https://example.org/"><script>attack()</script>> &lt;script>attack()&lt;/script>
[^note] [x](<../pages/method.md> "' onclick=attack()")

| <script>attack()</script> |
| :-: |
| <b onclick=attack()> |

```"><script>attack()</script>
</code></pre><script>attack()</script>
```

[^note]: <script>attack()</script>
"""

UNSHOWN = {"Actor.metonyms", "Context.before", "Context.after"}
"""Texts that no page shows."""

# What has to fit to something else in the project.
_FITTING: dict[str, Any] = {
    "actor": "speaker",
    "actors": ["speaker"],
    "contradicts": ["hostile#two"],
    "supersedes": ["hostile#two"],
    "corroborates": None,  # two claims of one source have one origin
    "undercuts": ["hostile#two"],
    "evidence": ["other"],
    "cites": ["other"],
    "confirmed_by": ["other"],
    "expires": "2040-01-01",
    "file": "dot.png",
    "former_ids": None,  # ids, each of one thing only
    "for": "speaker",
    "of": "speaker",
    "output_dir": "site",
    "retraction": None,
    "site_theme": "briefing",
    "status": "published",
    "theme": "question",
    "themes": ["question"],
    "wikidata": "Q1",
    "confidence": None,
    "page_size": 1,
}


def files() -> dict[str, str | bytes]:
    """The project; each kind of content is there once at least, and two briefs of which one is retracted."""
    brief = _filled(STRUCTS["brief"])
    brief["claims"].append(
        brief["claims"][0]
        | {"id": "two", "contradicts": ["hostile#one"], "credibility": "6"}
        | {"supersedes": [], "undercuts": []}
    )
    brief["claims"][0]["id"] = "one"
    brief["corrections"][0]["claims"] = ["one"]
    gone = {"status": "retracted", "retraction": {"date": "2025-12-03", "why": f"Retraction.why {ATTACK}"}}
    theme = _filled(STRUCTS["theme"])
    (dispute,) = theme["disputes"]
    dispute["claims"] = []
    dispute["sides"] = [dispute["sides"][0] | {"claims": [f"hostile#{claim}"]} for claim in ("one", "two")]
    dispute["earlier"][0]["date"] = "2020-01-01"
    other = _filled(STRUCTS["source"]) | {"id": "other", "url": f"{ADDRESS}other", "cites": [], "flags": []}
    other["claims"] = [other["claims"][0] | {"via": "mine"}]
    return {
        "content/static/dot.png": b"",
        "content/site.yaml": _yaml(_filled(STRUCTS["config"])),
        "content/briefs/hostile.md": _markdown(brief),
        "content/briefs/gone.md": _markdown({"title": f"Brief.title {ATTACK}", "date": "2025-12-03"} | gone),
        "content/actors/speaker.md": _markdown(_filled(STRUCTS["actor"])),
        "content/themes/question.md": _markdown(theme),
        "content/publishers/outlet.yaml": _yaml(_filled(STRUCTS["publisher"])),
        "content/sources/other.yaml": _yaml(other),
        "content/links.yaml": _yaml(_filled(STRUCTS["links"])),
        "content/pages/method.md": _markdown(_filled(STRUCTS["page"])),
        "content/pages/index.md": _markdown({"title": "Home"}),
        "content/static/dot.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    }


def with_address(address: str) -> tuple[dict[str, str | bytes], int]:
    """The project with another text in the place of each address, and how many there are."""
    found, number = {}, 0
    for path, content in files().items():
        found[path] = content
        for before in (ADDRESS, BASE):
            text, written = str(found[path]), json.dumps(before, ensure_ascii=False)
            number += text.count(written)
            found[path] = text.replace(written, json.dumps(address))
    return found, number


def labels() -> set[str]:
    """How the texts begin that are in the project."""
    return set(re.findall(r"[A-Z]\w+\.[a-z]\w+(?= </title>)", "".join(map(str, files().values()))))


def _filled(struct: type[Struct]) -> dict[str, Any]:
    label = struct.__name__
    values = {name: _value(f"{label}.{name}", name, key.shape) for name, key in keys(struct).items()}
    if label == "Claim":
        values["role"] = f"Role.title {ATTACK}"
        values |= {"publisher": None, "kind": "forecast", "quote_language": "de", "via": "other"}
    if label in ("Source", "SourceFile"):
        values["language"] = "de"  # a title in the language of the site has no translation
    if label == "KnownLink":
        values["state"] = "dead"
    if label == "Theme":
        values["disputes"] = [_filled(_inner(struct, "disputes"))]
    return {name: value for name, value in values.items() if value is not None}


def _inner(struct: type[Struct], name: str) -> type[Struct]:
    inner = keys(struct)[name].shape.inner
    assert inner is not None
    return inner


def _value(label: str, name: str, wanted: Shape) -> Any:
    if name in _FITTING:
        return _FITTING[name]
    if wanted.kind == "list":
        inner = shape(wanted.item)
        return [_filled(inner.struct) if inner.struct else _value(label, name, inner)]
    if wanted.struct:
        return _filled(wanted.struct)
    if wanted.kind == "number":
        return 1
    if wanted.kind == "word":
        return str(wanted.words[-1])
    if wanted.pattern in (DAY, DATE):
        return "2025-12-03"
    if wanted.pattern in (ID, CLAIM_REF):
        return "mine"
    if "https?" in wanted.pattern:
        return BASE if label == "Config.base_url" else ADDRESS
    return "en" if name.endswith("language") else f"{label} {ATTACK}"


def _markdown(front_matter: dict[str, Any]) -> str:
    return f"---\n{_yaml(front_matter)}---\n{BODY}"


def _yaml(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
