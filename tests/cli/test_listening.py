"""A port where somebody listens stops the start; one that was just given up does not."""

import resource
import socket
from collections.abc import Iterator

import pytest

from gridapp.cli import listening
from gridapp.cli.listening import (
    StartRefusedError,
    make_room_for_connections,
    refuse_taken_port,
)


@pytest.fixture
def granian_like() -> Iterator[socket.socket]:
    """A socket as granian opens it: it would share its port with a second one."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        yield listener


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "0.0.0.0"),
        ("0.0.0.0", "127.0.0.1"),
        ("127.0.0.1", "::"),
        ("127.0.0.1", "localhost"),
    ],
)
def test_a_taken_port_is_refused_with_the_mend(
    granian_like: socket.socket, theirs: str, ours: str
) -> None:
    granian_like.bind((theirs, 0))
    granian_like.listen()
    port = granian_like.getsockname()[1]
    with pytest.raises(StartRefusedError, match=rf"端口 {port} 已被占用.*--port"):
        refuse_taken_port(ours, port)


def test_a_port_whose_server_has_just_ended_is_free(granian_like: socket.socket) -> None:
    granian_like.bind(("127.0.0.1", 0))
    granian_like.listen()
    port = granian_like.getsockname()[1]
    visitor = socket.create_connection(("127.0.0.1", port))
    accepted, _ = granian_like.accept()
    accepted.close()  # the server closes first: its side waits in TIME_WAIT
    visitor.close()
    granian_like.close()
    refuse_taken_port("127.0.0.1", port)


def test_a_wrong_address_is_refused_with_the_mend() -> None:
    with pytest.raises(StartRefusedError, match="--host"):
        refuse_taken_port("192.0.2.1", 3000)


@pytest.mark.parametrize(
    ("given", "raised_to", "connections"),
    [
        ((1024, 4096), 4096, 3584),
        ((1024, 1 << 20), 16_512, 16_000),
        ((1 << 20, 1 << 20), 0, 16_000),
    ],
)
def test_as_many_connections_as_the_system_allows(
    monkeypatch: pytest.MonkeyPatch, given: tuple[int, int], raised_to: int, connections: int
) -> None:
    said: list[str] = []
    raised: list[tuple[int, int]] = []
    monkeypatch.setattr(listening, "getrlimit", lambda _: given)
    monkeypatch.setattr(listening, "setrlimit", lambda _, limits: raised.append(limits))
    assert make_room_for_connections(said.append) == connections
    assert raised == ([(raised_to, given[1])] if raised_to else [])
    assert len(said) == (connections < 16_000)


def test_a_system_that_refuses_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ValueError

    said: list[str] = []
    monkeypatch.setattr(listening, "getrlimit", lambda _: (1024, resource.RLIM_INFINITY))
    monkeypatch.setattr(listening, "setrlimit", refuse)
    assert make_room_for_connections(said.append) == 512
    assert "1024 个文件" in said[0]
