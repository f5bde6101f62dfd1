"""One address → its result: redirects are followed here, and rate limits of hosts hold for all addresses."""

from collections import Counter
from collections.abc import Mapping
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urljoin

from msgspec.structs import replace

from briefgen.linkcheck.client import PRIVATE, Client, Method, NoResponse, Resolver, Response, host_of
from briefgen.linkcheck.limits import Clock, Limits, RateLimiter, format_wait, parse_retry_after
from briefgen.linkcheck.results import LinkResult, classify, describe_status
from briefgen.model.links import ANSWERING, LinkState, bare, escaped, without_credentials

_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT_REDIRECTS = {301, 308}
_MAX_SHOWN = 200  # characters of a location that cannot be used


class Checked(NamedTuple):
    """A result. If no name server has found the host, the result holds only if the network works."""

    result: LinkResult
    is_resolved: bool = True


class _CheckFailed(Exception):
    """The result of a check that ends without a useful response."""

    def __init__(self, state: LinkState, note: str, *, is_resolved: bool = True, is_requested: bool = True) -> None:
        super().__init__(note)
        self.checked = Checked(LinkResult(state, 0, note=note, is_requested=is_requested), is_resolved)


class _Redirects(NamedTuple):
    """The response at the end of all redirects, and at the end of the permanent ones `target`, if there are any."""

    response: Response
    seconds: float
    end: str
    target: str


class LinkChecker:
    """A checker of any number of addresses. `has_response` becomes true with the first response."""

    def __init__(self, client: Client, resolver: Resolver, limits: Limits, clock: Clock) -> None:
        self.has_response = False
        self.limiter = RateLimiter(limits, clock)
        self._client = client
        self._resolver = resolver
        self._limits = limits
        self._clock = clock
        self._closed: dict[str, tuple[LinkState, str]] = {}  # hosts that demand too long a wait

    async def check(self, address: str, known: LinkResult | None = None) -> Checked:
        """Return how the address answers now; `known` is its last result."""
        try:
            redirects = await self._follow_redirects(address, known.conditional_headers if known else {})
            checked = Checked(self._evaluate(address, redirects, known))
        except _CheckFailed as failed:
            checked = failed.checked
        except NoResponse as error:
            checked = Checked(LinkResult("unreachable", 0, note=error.reason))
        now = int(self._clock.now())
        answered = now if checked.result.state in ANSWERING else known.answered if known else 0
        return checked._replace(result=replace(checked.result, checked=now, answered=answered))

    async def _follow_redirects(self, address: str, conditional_headers: Mapping[str, str]) -> _Redirects:
        here, target, is_permanent, seconds = address, "", True, 0.0
        visits: Counter[str] = Counter()
        for _ in range(self._limits.redirects + 1):
            visits[here] += 1
            # A second visit may help if the first has set a cookie; a third one means a circle.
            if visits[here] > 2:
                raise _CheckFailed("unreachable", "it redirects in a circle")
            response = await self._request_with_retries(here, conditional_headers if here == address else {})
            seconds += response.seconds
            location = response.headers.get("location", "") if response.status in _REDIRECTS else ""
            if not location:
                return _Redirects(response, seconds, here, target)
            here = _resolve_location(here, location)
            is_permanent = is_permanent and response.status in _PERMANENT_REDIRECTS
            target = here if is_permanent else target
        raise _CheckFailed("unreachable", f"it redirects more than {self._limits.redirects} times")

    def _evaluate(self, address: str, redirects: _Redirects, known: LinkResult | None) -> LinkResult:
        status, headers, _ = redirects.response
        state = classify(status, headers)
        if state != "ok":
            return LinkResult(state, 0, note=describe_status(status))
        if redirects.target and redirects.target != address:
            return LinkResult("moved", 0, target=redirects.target)
        is_slow = redirects.seconds > self._limits.slow_s
        note = f"it took {redirects.seconds:.0f} seconds" if is_slow else ""
        result = LinkResult("slow" if is_slow else "ok", 0, note=note)
        if redirects.end != address:  # the headers of another address are of no use for this one
            return result
        old = known if known and status == HTTPStatus.NOT_MODIFIED else result
        return replace(result, etag=headers.get("etag", old.etag), modified=headers.get("last-modified", old.modified))

    async def _request_with_retries(self, address: str, headers: Mapping[str, str]) -> Response:
        """Return the first response that demands no wait, or the last one."""
        host = host_of(address)
        if not host:
            raise _CheckFailed("unreachable", "no request can be sent to the address")
        await self._check_host(host, address)
        tries = 0
        while True:
            response = await self._head_or_get(host, address, headers)
            if not _is_rate_limited(response):
                return response
            self._wait(host, response, self._limits.default_wait_s * 2**tries)
            tries += 1
            if tries == self._limits.tries:
                return response

    def _wait(self, host: str, response: Response, default_s: float) -> None:
        """Delay requests to a host for as long as it demands, or send it no more in this run."""
        demanded = parse_retry_after(response.headers, self._clock.now())
        wait = default_s if demanded is None else demanded
        if wait > self._limits.max_wait_s:
            note = f"{describe_status(response.status)}: the host demands a wait of {format_wait(wait)}"
            self._closed[host] = classify(response.status, {}), note
            raise _CheckFailed(*self._closed[host])
        self.limiter.delay(host, wait)

    async def _check_host(self, host: str, address: str) -> None:
        match (await self._resolver.resolve(address)).status:
            case "missing":
                raise _CheckFailed("dead", f'there is no host "{host}"', is_resolved=False)
            case "no-answer":
                note = f'no name server answered for the host "{host}"'
                raise _CheckFailed("unreachable", note, is_resolved=False)
            case "private" if not self._limits.private:
                raise _CheckFailed("unreachable", PRIVATE, is_requested=False)

    async def _head_or_get(self, host: str, address: str, headers: Mapping[str, str]) -> Response:
        """Return the response to HEAD, or to GET if that is an error: some servers refuse HEAD or get it wrong."""
        try:
            response = await self._request(host, "HEAD", address, headers)
        except NoResponse as error:
            if not error.can_retry:
                raise
        else:
            if response.status < HTTPStatus.BAD_REQUEST or _is_rate_limited(response):
                return response
        return await self._request(host, "GET", address, headers)

    async def _request(self, host: str, method: Method, address: str, headers: Mapping[str, str]) -> Response:
        async with self.limiter.limit(host):
            if host in self._closed:
                raise _CheckFailed(*self._closed[host])
            response = await self._client.request(method, address, headers)
        self.has_response = True
        return response


def _is_rate_limited(response: Response) -> bool:
    """Return whether a host demands a wait: 429, or 503 with a time (RFC 6585 §4, RFC 9110 §15.6.4)."""
    if response.status == HTTPStatus.SERVICE_UNAVAILABLE:
        return "retry-after" in response.headers
    return response.status == HTTPStatus.TOO_MANY_REQUESTS


def _resolve_location(here: str, location: str) -> str:
    """Return the address to which a redirect leads, without a name and password that its location may hold."""
    # Parsers of addresses ignore these three characters.
    location = without_credentials(location.translate(dict.fromkeys(map(ord, "\t\r\n"))))
    try:
        target = escaped(bare(urljoin(here, location)))
    except ValueError:
        target = ""
    if not target.startswith(("http://", "https://")) or not host_of(target):
        raise _CheckFailed("unreachable", f"it redirects to what is no address of the web: {location[:_MAX_SHOWN]}")
    return target
