"""What an address answered, and for how long that is believed."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

from msgspec import Meta, Struct

from briefgen.model.links import ANSWERING, LinkState

_HOUR_S = 3600
_DAY_S = 24 * _HOUR_S
BELIEVED_S: dict[LinkState, int] = {
    "ok": 7 * _DAY_S,
    "moved": 7 * _DAY_S,
    "dead": _DAY_S,
    "blocked": _DAY_S,
    "slow": _DAY_S,
    "unreachable": _HOUR_S,
}


Seconds = Annotated[int, Meta(ge=0, lt=253_402_300_800)]  # since 1970, until the year 9999


class Answer(Struct, frozen=True, omit_defaults=True):
    """One address at one time; times are seconds since 1970.

    `target` is where it has moved to; `etag` and `modified` let the server say next time that nothing has changed.
    `archive` is an archived copy of what is dead: empty where there is none, None where nobody was asked.
    `asked` is false for a host that nobody wanted to ask.
    """

    state: LinkState
    checked: Seconds
    answered: Seconds = 0  # when it last did; 0 for never
    note: str = ""
    target: str = ""
    etag: str = ""
    modified: str = ""
    archive: str | None = None
    asked: bool = True

    @property
    def conditions(self) -> dict[str, str]:
        """Headers that let the server say that nothing has changed (RFC 9110 §13.1)."""
        if self.state not in ANSWERING:
            return {}
        wanted = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in wanted.items() if value}

    def believed(self, now: float) -> bool:
        """Whether it need not be asked again yet. What was answered in the future is not believed."""
        return self.asked and 0 <= now - self.checked < BELIEVED_S[self.state]


def state_of(status: int, headers: Mapping[str, str]) -> LinkState:
    """What a status that is no redirect says of an address (RFC 9110 §15)."""
    if status < HTTPStatus.MULTIPLE_CHOICES or status == HTTPStatus.NOT_MODIFIED:
        return "ok"
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return "dead"
    if headers.get("cf-mitigated") == "challenge":  # a riddle for people, whatever status it is sent with
        return "blocked"
    if status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY) or status < HTTPStatus.BAD_REQUEST:
        return "unreachable"
    # 999 is one large site's word for a program that it does not want.
    return "unreachable" if HTTPStatus.INTERNAL_SERVER_ERROR <= status < 600 else "blocked"


def in_words(status: int) -> str:
    """`404 Not Found`."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
