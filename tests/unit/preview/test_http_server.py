"""Sockets, and the choice of a port."""

import socket
from collections.abc import Iterator

import pytest

from briefgen.model.failure import Failure
from briefgen.preview import server as preview_server
from briefgen.preview.server import listen, make_url


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setattr(preview_server, "DEFAULT_PORT", port)
        yield port


def test_without_a_port_the_next_free_one_is_used(taken: int) -> None:
    with listen("127.0.0.1", None) as bound:
        assert bound.getsockname()[1] > taken


def test_a_chosen_port_that_is_taken_is_a_failure(taken: int) -> None:
    with pytest.raises(Failure, match=f"port {taken} is taken"):
        listen("127.0.0.1", taken)


def test_a_port_is_free_again_as_soon_as_its_server_has_ended() -> None:
    with listen("127.0.0.1", 0) as bound:
        port = bound.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            bound.setblocking(True)
            bound.accept()[0].close()

    with listen("127.0.0.1", port) as again:
        assert again.getsockname()[1] == port


@pytest.mark.parametrize("host", ["no.such.host.invalid", "300.1.2.3", "192.0.2.1", "a" * 300])
def test_a_host_of_another_machine_is_a_failure_with_a_next_step(host: str) -> None:
    with pytest.raises(Failure) as caught:
        listen(host, 0)

    assert "127.0.0.1" in caught.value.next_step


def test_every_url_can_be_opened_in_a_browser() -> None:
    assert make_url("127.0.0.1", 8000) == "http://127.0.0.1:8000/"
    assert make_url("0.0.0.0", 8000) == "http://127.0.0.1:8000/"  # noqa: S104 (nothing is bound here)
    assert make_url("::1", 8000) == "http://[::1]:8000/"
    assert make_url("::", 8000) == "http://[::1]:8000/"
    assert make_url("localhost", 8000) == "http://localhost:8000/"
