"""The pages that the preview adds to the site, and the script that it adds to every page.

If a page has a content security policy, the preview allows its own script in it, and requests to its server.
"""

import re
from html import escape, unescape

CLIENT_URL = "/_briefgen/client.js"
EVENTS_URL = "/_briefgen/events"

_META = re.compile(rb"""<meta\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_IS_POLICY = re.compile(rb"""\bhttp-equiv\s*=\s*["']?content-security-policy\b""", re.IGNORECASE)
_CONTENT = re.compile(rb"""(\scontent\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem }}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{html}</p>
</main>
</body>
</html>
"""


def make_page(title: str, html: str) -> bytes:
    """Return a page of the preview's own, which replaces one that the site does not have."""
    return _PAGE.format(title=title, html=html).encode()


def add_client(page: bytes, *, path: str, fingerprint: str, base: str, nonce: str) -> bytes:
    """Return the page with the script that updates it; the attributes of its element are the script's input.

    A content security policy of the page is changed so that it allows this script, by its `nonce`, and no other.
    """
    values = {"page": path, "fingerprint": fingerprint, "base": base}
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in values.items())
    tag = f'<script src="{CLIENT_URL}" nonce="{nonce}"{data}></script>'.encode("utf-8", "replace")
    page = allow_client(page, nonce)
    end = page.lower().rfind(b"</body>")
    if end < 0:
        # A fragment gets no script. In a whole page the end tag of the body is optional.
        return page + tag if page.lstrip()[:9].lower() == b"<!doctype" else page
    return page[:end] + tag + page[end:]


def allow_client(page: bytes, nonce: str) -> bytes:
    """Return the page with policies, in `meta` elements of its head, that allow a script with this nonce."""
    end = page.find(b"</head>")
    if end < 0:
        return page
    return _META.sub(lambda meta: _extend_meta(meta[0], nonce), page[:end]) + page[end:]


def extend_policy(policy: str, nonce: str) -> str:
    """Return the policy with permission for a script with this nonce and for its requests (CSP level 3, §6.1).

    A policy that restricts neither scripts nor requests stays as it is.
    """
    # Of two directives of one name the first counts (§2.2.1).
    directives: dict[str, list[str]] = {}
    for directive in policy.split(";"):
        name, *values = directive.split() or [""]
        if name:
            directives.setdefault(name.lower(), values)
    scripts = "script-src-elem" if "script-src-elem" in directives else "script-src"
    # With a nonce beside it, 'unsafe-inline' would mean nothing (§6.7.3.2).
    inline = "'unsafe-inline'" in map(str.lower, directives.get(scripts, directives.get("default-src", [])))
    _allow(directives, scripts, "'self'" if inline else f"'nonce-{nonce}'")
    _allow(directives, "connect-src", "'self'")
    return "; ".join(" ".join([name, *values]) for name, values in directives.items())


def _allow(directives: dict[str, list[str]], name: str, source: str) -> None:
    values = directives.get(name, directives.get("default-src"))
    if values is not None:
        directives[name] = [*(value for value in values if value.lower() != "'none'"), source]


def _extend_meta(meta: bytes, nonce: str) -> bytes:
    if not _IS_POLICY.search(meta):
        return meta

    def extend(match: re.Match[bytes]) -> bytes:
        policy = extend_policy(unescape(match[2][1:-1].decode("utf-8", "replace")), nonce)
        return match[1] + b'"' + escape(policy, quote=False).replace('"', "&quot;").encode() + b'"'

    return _CONTENT.sub(extend, meta, count=1)
