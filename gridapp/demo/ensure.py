"""Sees to it that a demo server has something to show."""

from collections.abc import Callable

from gridapp.demo.fill import DEFAULT_SEED, fill_demo, is_empty
from gridapp.demo.sizes import Size
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM


def ensure_demo(desk: Desk, *, size: Size, say: Callable[[str], None]) -> bool:
    """Fill an empty town with a demo and tell whether it was done; otherwise leave it alone.

    Args:
        desk: Whose town.
        size: How large the demo is to be.
        say: Told once that it will take a moment.
    """
    with desk.looking(SYSTEM) as act:
        if not is_empty(act):
            return False
    say("正在填入演示数据，约需半分钟。")
    with desk.acting(SYSTEM) as act:
        password = desk.settings.demo_password
        fill_demo(act, size, seed=DEFAULT_SEED, password=password)
    return True
