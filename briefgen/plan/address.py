"""The site's own address in the letters that all programs take: those of ASCII."""

import re
from urllib.parse import quote

_AS_IT_IS = "%:@!$&'()*+,;=~"


def in_ascii(url: str) -> str:
    """The address as RFC 3986 has it: the host's name as RFC 5891 writes it, the rest as percent-encoded UTF-8."""
    scheme, colon, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{colon}{_host(host)}{slash}{_quoted(path, '/')}"


def _host(host: str) -> str:
    if not host.isascii():
        import idna

        name, mark, port = host.partition(":")
        try:
            return idna.encode(name, uts46=True).decode() + mark + port
        except idna.IDNAError:
            pass  # browsers know what to do with percent signs (RFC 3986 §3.2.2)
    # Brackets have a meaning around the host's number and no place elsewhere.
    return _quoted(host, "[]")


def _quoted(text: str, also: str) -> str:
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text), safe=_AS_IT_IS + also)
