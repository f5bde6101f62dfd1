"""The site's own address in the letters that all programs take: those of ASCII."""

import re
from urllib.parse import quote

from briefgen.kernel.host_names import ascii_host

_AS_IT_IS = "%:@!$&'()*+,;=~"


def in_ascii(url: str) -> str:
    """The address as RFC 3986 has it: the host's name as RFC 5891 writes it, the rest as percent-encoded UTF-8."""
    scheme, colon, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{colon}{_host(host)}{slash}{_quoted(path, '/')}"


def _host(host: str) -> str:
    name, mark, port = host.partition(":")
    return (ascii_host(name) or _quoted(name, "")) + mark + port


def _quoted(text: str, also: str) -> str:
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text), safe=_AS_IT_IS + also)
