"""Reflex's own template, changed so that one build fits every address."""

from pathlib import Path

import pytest
import reflex_base

from gridapp.frontend.origins import socket_origins
from gridapp.frontend.plugin import OneOriginPlugin, TemplateChangedError, one_origin

TEMPLATE = Path(reflex_base.__file__).parent / ".templates" / "web" / "utils" / "state.js"


def test_the_socket_goes_to_the_origin_of_the_page() -> None:
    assert "window.location.origin" in one_origin(TEMPLATE.read_text(encoding="utf-8"))


def test_no_time_stamp_reaches_the_bundle() -> None:
    assert "reflex.json" not in one_origin(TEMPLATE.read_text(encoding="utf-8"))


def test_a_port_behind_tls_is_kept() -> None:
    assert 'endpoint.port = ""' not in one_origin(TEMPLATE.read_text(encoding="utf-8"))


def test_changing_twice_changes_nothing_more() -> None:
    once = one_origin(TEMPLATE.read_text(encoding="utf-8"))

    assert one_origin(once) == once


def test_another_template_is_refused() -> None:
    with pytest.raises(TemplateChangedError):
        one_origin("export const nothing = 1;")


def test_endpoints_name_no_host() -> None:
    endpoints = OneOriginPlugin().update_env_json()

    assert endpoints["EVENT"] == "/_event"
    assert all(path.startswith("/") for path in endpoints.values())


@pytest.mark.parametrize(
    ("public", "origins"),
    [
        ("https://grid.example.cn", ("https://grid.example.cn",)),
        ("http://127.0.0.1:3000", ("http://127.0.0.1:3000", "http://localhost:3000")),
        ("http://localhost", ("http://127.0.0.1", "http://localhost")),
    ],
)
def test_only_the_public_address_may_open_the_socket(public: str, origins: tuple[str, ...]) -> None:
    assert socket_origins(public) == origins
