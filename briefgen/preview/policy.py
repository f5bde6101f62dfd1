"""Content security policies of pages: the preview allows its own script in them, and requests to its server."""

import re
from html import escape, unescape

_META = re.compile(rb"""<meta\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_IS_POLICY = re.compile(rb"""\bhttp-equiv\s*=\s*["']?content-security-policy\b""", re.IGNORECASE)
_CONTENT = re.compile(rb"""(\scontent\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)


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
    inline = any(
        value.lower() == "'unsafe-inline'" for value in directives.get(scripts, directives.get("default-src", []))
    )
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
