"""From which pages a socket may be opened, drawn as a table."""

import pytest

from gridapp.guard.origins import admits_origin

_PUBLIC = "https://grid.example"


@pytest.mark.parametrize(
    ("origin", "host", "public", "admitted"),
    [
        ("https://grid.example", "grid.example", _PUBLIC, True),
        ("https://grid.example", "10.0.0.1:3000", _PUBLIC, True),
        ("https://GRID.local", "grid.local", _PUBLIC, True),
        ("http://grid.example", "grid.example", _PUBLIC, False),
        ("http://192.168.1.5:3000", "192.168.1.5:3000", "http://127.0.0.1:3000", True),
        ("http://192.168.1.5", "192.168.1.5:3000", "http://127.0.0.1:3000", False),
        ("https://grid.example.evil.cn", "grid.example", _PUBLIC, False),
        ("https://evil.cn", "grid.example", _PUBLIC, False),
        ("https://grid.example/", "grid.example", _PUBLIC, False),
        ("https://a@grid.example", "grid.example", _PUBLIC, False),
        ("http://[", "grid.example", _PUBLIC, False),
        ("null", "null", _PUBLIC, False),
        ("", "", _PUBLIC, False),
        ("http://", "", "http://127.0.0.1:3000", False),
    ],
)
def test_only_our_own_pages_open_a_socket(
    origin: str, host: str, public: str, *, admitted: bool
) -> None:
    assert admits_origin(origin, host, public) is admitted
