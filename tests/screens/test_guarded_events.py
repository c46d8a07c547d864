"""Single events through the guard: arguments, refusals, deeds, and what the log keeps to itself."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from tests.screens.conftest import Serve, Served
from tests.screens.people import LEFT, NEWCOMER
from tests.screens.wire import Wire

Knock = Callable[..., Wire]


@pytest.fixture(scope="module")
def doors(serve: Serve) -> Iterator[Served]:
    with serve("tests.screens.house_of_doors:app") as served:
        yield served


@pytest.fixture
def knock(doors: Served) -> Iterator[Knock]:
    with ExitStack() as wires:

        def knock(role: str = "", **more: Any) -> Wire:
            return wires.enter_context(closing(Wire.as_role(doors.port, role, **more)))

        yield knock


@pytest.fixture
def wire(knock: Knock) -> Wire:
    return knock("dispatcher")


def test_an_event_with_right_arguments_reaches_its_handler(doors: Served, wire: Wire) -> None:
    wire.send(doors.name(".dispatch"), case="7")
    assert wire.var("door_state", "said") == "7 None"


def test_arguments_arrive_in_the_types_that_the_handler_declares(
    doors: Served, knock: Knock
) -> None:
    wire = knock("leader")
    wire.send(doors.name(".order"), wish={"words": "路灯"}, roles=["auditor"])
    assert wire.var("door_state", "said") == "Wish [<Role.AUDITOR: 'auditor'>]"


def test_a_form_arrives_as_its_fields(doors: Served, wire: Wire) -> None:
    wire.send(doors.name(".send_form"), form={"__reflex_form_data__": [["words", "好"]]})
    assert wire.var("door_state", "said") == "好"


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"case": "seven"},
        {"case": [7]},
        {"case": 7, "unit": "no uuid"},
        {"case": 7, "more": 1},
        {"case": {"__reflex_form_data__": 3}},
        {"case": 7.5},
    ],
)
def test_wrong_arguments_are_refused_with_a_notice(
    doors: Served, wire: Wire, payload: dict[str, Any]
) -> None:
    wire.send(doors.name(".dispatch"), **payload)
    assert wire.refusal() == "facts.wrong"


@pytest.mark.parametrize("words", ["a\x00b", "长" * 20_001])
def test_text_that_no_table_can_hold_is_refused(doors: Served, wire: Wire, words: str) -> None:
    wire.send(doors.name(".ask"), words=words)
    assert wire.refusal() == "facts.wrong"


def test_an_unmarked_handler_is_refused_for_everybody(doors: Served, wire: Wire) -> None:
    wire.send(doors.name(".unmarked"))
    assert wire.refusal() == "not_allowed"


def test_setvar_is_refused_for_everybody(doors: Served, wire: Wire) -> None:
    wire.send(doors.name("door_state.setvar"), var_name="said", value="forged")
    assert wire.refusal() == "not_allowed"


def test_a_chained_event_passes_the_guard_as_well(doors: Served, knock: Knock) -> None:
    wire = knock()
    wire.send(doors.name(".chain"))
    assert wire.refusal() == "session.needed"


def test_a_stranger_is_told_to_sign_in(doors: Served, knock: Knock) -> None:
    wire = knock()
    wire.send(doors.name(".wish"), words="x")
    assert str(wire.var("session_state", "sign_in_at")).startswith("/sign-in?next=")


def test_a_first_password_must_be_changed_before_anything_else(doors: Served, knock: Knock) -> None:
    wire = knock(NEWCOMER)
    wire.send(doors.name(".dispatch"), case=7)
    assert wire.refusal() == "session.password_change_needed"


def test_a_deed_is_done_in_the_name_of_the_connection(doors: Served, wire: Wire) -> None:
    wire.send(doors.name(".wish"), words="修灯")
    assert wire.var("door_state", "said") == "dispatcher: 修灯"


def test_a_background_event_works_and_tells_its_refusal(doors: Served, knock: Knock) -> None:
    wire = knock("grid_worker")
    wire.send(doors.name(".count"), upto=3)
    assert wire.var("door_state", "said") == "counted 3"
    wire.send(doors.name(".refuse_later"))
    assert wire.refusal() == "deed.conflict"


@pytest.mark.parametrize(
    ("handler", "code"),
    [
        (".be_refused", "deed.conflict"),
        (".break_down", "gridapp.error"),
        (".slip", "gridapp.error"),
    ],
)
def test_whatever_goes_wrong_becomes_a_notice(
    doors: Served, wire: Wire, handler: str, code: str
) -> None:
    wire.send(doors.name(handler))
    assert wire.refusal() == code


def test_a_refusal_is_logged_without_what_was_sent(doors: Served, wire: Wire) -> None:
    wire.send(doors.name(".dispatch"), case="geheimnis")
    wire.refusal()
    log = doors.log.read_text(encoding="utf-8")
    assert "door_state.dispatch: facts.wrong" in log
    assert "geheimnis" not in log


def test_the_session_cookie_is_never_sent_to_the_page(doors: Served, knock: Knock) -> None:
    wire = knock("verifier-secret")
    wire.send(doors.name("state____state.hydrate"))
    assert "verifier-secret" not in str(wire.update())


def test_what_an_ended_session_saw_is_not_sent_again(doors: Served, knock: Knock) -> None:
    wire = knock(LEFT)
    wire.send(doors.name(".keep"), words="138 0000 8000")
    assert wire.var("door_state", "kept") == "138 0000 8000"
    wire.send(doors.name("state____state.hydrate"))
    assert wire.var("door_state", "kept") == ""


def test_values_for_browser_storage_are_not_taken(doors: Served, wire: Wire) -> None:
    wire.send(doors.name(".hydrate_and_load"), vars={"no.such_state": 1})
    wire.send(doors.name(".ask"), words="还在")
    assert wire.var("session_state", "notice_code") == ""
    assert wire.var("door_state", "said") == "还在"
