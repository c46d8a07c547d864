"""Runs a whole story: phones, server, line and weather, until nothing waits any more."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Playwright, sync_playwright

from tests.chaos.phone import Phone
from tests.chaos.release import next_release
from tests.chaos.server import Server
from tests.chaos.story import Told, Worker
from tests.chaos.verdict import Verdict, judge
from tests.chaos.weather import Weather
from tests.faults import Line
from tests.served import free_port

_CALM_TRIES: Final = 1200


@dataclass(frozen=True)
class Run:
    """How a run has ended, and what it went through."""

    verdict: Verdict
    happened: Counter[str]


def run_chaos(
    folder: Path, count: int, seed: int, is_over: Callable[[int], bool] = lambda _: False
) -> Run:
    """Let three workers capture so many things together while everything fails.

    Args:
        folder: Where phones and server keep what they have.
        count: How many captures.
        seed: Draws what happens.
        is_over: Told the number of captures so far; may end the day early.
    """
    told = Told()
    server_port = free_port()
    with (
        Line(server_port) as line,
        Server(folder, line.address, server_port) as server,
        sync_playwright() as playwright,
    ):
        phones = _phones(playwright, folder, line.address)
        try:
            workers = _workers(phones, server, seed, told)
            with Weather(line, server, seed) as weather:
                for worker in workers:
                    worker.wait = weather.await_turn
                    worker.calm = weather.calm
                for turn in range(count):
                    if is_over(turn):
                        break
                    if turn == count // 2:
                        weather.bring(next_release(folder, "next"))
                    if turn % len(workers) == 0:
                        weather.await_turn()
                    workers[turn % len(workers)].capture(folder)
            _wait_until_all_is_sent(workers)
            happened = told.happened + weather.happened
            happened["phone killed"] = sum(phone.kill_count for phone in phones)
        finally:
            for phone in phones:
                phone.end()
        return Run(judge(server.data, told), happened)


def _phones(playwright: Playwright, folder: Path, address: str) -> list[Phone]:
    phones = []
    for login in ("li", "qian", "chen"):
        phone = Phone(playwright, folder / f"phone-{login}", address, login)
        phone.turn_on()
        phones.append(phone)
    return phones


def _workers(phones: list[Phone], server: Server, seed: int, told: Told) -> list[Worker]:
    places = {"li": server.cast.code1, "qian": server.cast.code2, "chen": server.cast.code1}
    workers = []
    for phone in phones:
        person = getattr(server.cast, phone.login)
        worker = Worker(phone, person, places[phone.login], seed, told)
        worker.sign_in()
        workers.append(worker)
    return workers


def _wait_until_all_is_sent(workers: list[Worker]) -> None:
    """Open the app once more on each phone, in fine weather, and let it finish by itself."""
    asked = threading.Event()
    for worker in workers:
        worker.open("/field/outbox")
        left = worker.left()
        for _ in range(_CALM_TRIES):
            if not left:
                break
            asked.wait(0.1)
            left = worker.left()
        assert not left, f"{worker.phone.login} still has {left}"
