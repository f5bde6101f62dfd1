"""A socket to listen on: the port that the user chose, or the next that is free."""

import errno
import socket

from briefgen.model.problem import Failure

DEFAULT_PORT = 8000
_TRIES = 100


def listen(host: str, port: int | None) -> socket.socket:
    """Return a bound socket on `host`; without a `port` on the first free one from `DEFAULT_PORT` upward.

    Raises:
        Failure: the port is taken or not allowed, or there is no such host.
    """
    family, ip_address = _look_up(host)
    wanted = range(DEFAULT_PORT, DEFAULT_PORT + _TRIES) if port is None else (port,)
    for number in wanted:
        try:
            return _bind(family, ip_address, number)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise _make_failure(host, number, error) from error
    if port is None:
        raise Failure(f"the ports from {wanted[0]} to {wanted[-1]} are all taken", "Name a free one with --port.")
    raise Failure(
        f"port {port} is taken", "Name another with --port, or leave the option out to get the next free one."
    )


def make_url(host: str, port: int) -> str:
    """Return the URL to open in a browser; never with 0.0.0.0, which no browser can reach."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 (a name, not a binding)
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def _look_up(host: str) -> tuple[socket.AddressFamily, str]:
    try:
        found = socket.getaddrinfo(host or None, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise Failure(
            f'there is no host "{host}" to listen on', "Use 127.0.0.1, or 0.0.0.0 for the whole network."
        ) from error
    # IPv4 first, because a browser tries it in any case for `localhost`.
    found.sort(key=lambda one: one[0] is not socket.AF_INET)
    family, _, _, _, address = found[0]
    return family, str(address[0])


def _bind(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # asyncio sends small responses without a delay of 40 ms only if the socket has a protocol number.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        # Otherwise the port of a server that has just ended would be taken for a minute.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(128)
        bound.setblocking(False)
    except OSError:
        bound.close()
        raise
    return bound


def _make_failure(host: str, port: int, error: OSError) -> Failure:
    if isinstance(error, PermissionError):
        return Failure(f"port {port} is reserved for the system", "Name one above 1023 with --port.")
    if error.errno == errno.EADDRNOTAVAIL:
        return Failure(f"this machine has no address {host}", "Use 127.0.0.1, or 0.0.0.0 for the whole network.")
    return Failure(
        f"cannot listen on {host}: {(error.strerror or str(error)).lower()}", "Try another --host or --port."
    )
