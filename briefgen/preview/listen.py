"""A socket to listen on: the port that was asked for, or the next that is free."""

import errno
import socket

from briefgen.model.problem import Failure

DEFAULT_PORT = 8000
_TRIES = 100


def listen(host: str, port: int | None) -> socket.socket:
    """A bound socket on `host`; without a `port` the first free one from `DEFAULT_PORT` upward.

    Raises:
        Failure: the port is taken or not for us, or there is no such host.
    """
    family, where = _find(host)
    wanted = range(DEFAULT_PORT, DEFAULT_PORT + _TRIES) if port is None else (port,)
    for number in wanted:
        try:
            return _bound(family, where, number)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise _refused(host, number, error) from error
    if port is None:
        raise Failure(f"the ports from {wanted[0]} to {wanted[-1]} are all taken", "Name a free one with --port.")
    raise Failure(
        f"port {port} is taken", "Name another with --port, or leave the option out to get the next free one."
    )


def url(host: str, port: int) -> str:
    """The address to open in a browser; never 0.0.0.0, which is none."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 (a name, not a binding)
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def _find(host: str) -> tuple[socket.AddressFamily, str]:
    try:
        found = socket.getaddrinfo(host or None, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise Failure(
            f'there is no host "{host}" to listen on', "Use 127.0.0.1, or 0.0.0.0 for the whole network."
        ) from error
    # IPv4 first, as a browser that is given `localhost` ends up there in any case.
    found.sort(key=lambda one: one[0] is not socket.AF_INET)
    family, _, _, _, where = found[0]
    return family, str(where[0])


def _bound(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # With the protocol named, asyncio sends small answers without delay (it looks at `proto`): 40 ms for each.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        # Or a server that has just ended would keep its port for a minute.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(128)
        bound.setblocking(False)
    except OSError:
        bound.close()
        raise
    return bound


def _refused(host: str, port: int, error: OSError) -> Failure:
    if isinstance(error, PermissionError):
        return Failure(f"port {port} is not for everybody", "Name one above 1023 with --port.")
    if error.errno == errno.EADDRNOTAVAIL:
        return Failure(f"this machine has no address {host}", "Use 127.0.0.1, or 0.0.0.0 for the whole network.")
    return Failure(
        f"cannot listen on {host}: {(error.strerror or str(error)).lower()}", "Try another --host or --port."
    )
