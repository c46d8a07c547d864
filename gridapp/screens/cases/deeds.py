"""How each deed is offered on a page: at once, by a form, or on a page of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from gridapp.domain.errors import FactsError
from gridapp.domain.labels import DEED
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import BEIJING
from gridapp.services.cases.views import ButtonView

# What moves a case on; the first of these that is allowed is the page's main action.
_MAIN: Final = (
    Deed.SETTLE, Deed.ACCEPT, Deed.DISPATCH, Deed.TAKE, Deed.HANDLE, Deed.VERIFY, Deed.CLOSE,
    Deed.RESUME,
)  # fmt: skip
# Capture with photos goes through pages that keep a draft and wait for the network.
_FIELD_PAGES: Final = {Deed.SETTLE: "/field/settle", Deed.HANDLE: "/field/handle"}
_GRAVE: Final = {Deed.DECLINE, Deed.RETURN, Deed.REDO, Deed.MERGE, Deed.BLOCK}
AT_ONCE: Final = frozenset({Deed.TAKE})
_MOMENTS: Final = {"to", "resume_at"}


@dataclass(frozen=True)
class DeedButton:
    """A button for a deed: ``href`` leads to its own page, else the deed or its form is opened."""

    deed: str
    label: str
    href: str
    is_grave: bool


def main_and_more(
    no: str, buttons: Iterable[ButtonView], came_from: str = ""
) -> tuple[list[DeedButton], list[DeedButton]]:
    """Part the buttons the reader may press into the main one (or none) and the others.

    Args:
        no: The case's number.
        buttons: What the reader may do.
        came_from: Where a page of its own leads back to: ``desk``, or empty for today.
    """
    way_back = f"&from={came_from}" if came_from else ""
    made = {Deed(b.deed): _button(f"{no}{way_back}", b) for b in buttons if b.deed in set(Deed)}
    main = next((deed for deed in _MAIN if deed in made), None)
    rest = [button for deed, button in made.items() if deed is not main]
    return ([made[main]] if main else []), sorted(rest, key=lambda button: button.is_grave)


def _button(asked: str, button: ButtonView) -> DeedButton:
    deed = Deed(button.deed)
    page = _FIELD_PAGES.get(deed)
    return DeedButton(deed, button.label, f"{page}?no={asked}" if page else "", deed in _GRAVE)


def facts_of_form(form: dict[str, Any]) -> dict[str, Any]:
    """Turn what a form sent into a deed's facts: what was left empty was not said.

    Raises:
        FactsError: A moment is none.
    """
    facts: dict[str, Any] = {}
    for name, value in form.items():
        if name == "is_private":
            facts["is_public"] = not value
        elif name == "all_photos":
            facts["all_photos"] = bool(value)
        elif isinstance(value, str) and value.strip():
            facts[name] = _moment(value) if name in _MOMENTS else value.strip()
    return facts


def _moment(typed: str) -> str:
    """Read a moment of the Beijing clock."""
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=BEIJING).isoformat()
    except ValueError as error:
        raise FactsError("时间填写有误，请重新选择。") from error


def clock_field(moment: datetime) -> str:
    """Write a moment as a field for the Beijing clock wants it."""
    return moment.astimezone(BEIJING).strftime("%Y-%m-%dT%H:%M")


def done_words(deed: str, status_label: str) -> str:
    """Say what has been done and how the case stands now."""
    done = f"已{DEED[Deed(deed)]}"
    return f"{done}。" if status_label == done else f"{done}，这件事现在{status_label}。"
