"""How a case goes on: from each status the deed that comes next, as its fate has it.

A story is told until the present moment and stops there, so that the newest cases are open.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from gridapp.demo.fates import Fate
from gridapp.demo.folding import play
from gridapp.demo.phrases.all import PHRASES
from gridapp.demo.phrases.office import EXPLAINED, NOT_SOLVED, RATED, WORDS
from gridapp.demo.stage import Shot, Stage
from gridapp.demo.taps import leaves_phone, thanks
from gridapp.demo.telling import Played, Told
from gridapp.domain.deadlines import LimitUnit, parse_limit
from gridapp.domain.vocabulary import Deed, Outcome, Satisfaction, Status, Supervision

_MINUTE: Final = timedelta(minutes=1)
_STEPS_MAX_COUNT: Final = 40


@dataclass(slots=True)
class Story:
    """A case on its way, with the chance and the fate that lead it."""

    stage: Stage
    played: Played
    chance: Random
    fate: Fate
    shot: Shot | None = None
    told_at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.told_at = self.played.report.at

    @property
    def row(self) -> dict[str, Any]:
        """The case's row as it is now."""
        return self.played.row

    def after(self, least: int, most: int) -> datetime:
        """Give a moment so many minutes later: by the clock where it is urgent, else at work."""
        amount = self.chance.randint(least * 60, most * 60)
        return self.at_work(self.told_at, timedelta(seconds=amount))

    def at_work(self, start_at: datetime, amount: timedelta) -> datetime:
        """Give the moment at which so much time has passed, of the kind the case is promised in."""
        limit = parse_limit(self.row["due_limit"])
        if limit and limit.unit is LimitUnit.CLOCK_HOURS:
            return start_at + amount
        return self.stage.calendar.add_work_time(start_at, amount)

    def told(self, deed: Deed, at: datetime, by: int | None, **facts: Any) -> Told:
        """Tell a deed; its words are drawn unless given."""
        words = facts.pop("words", None)
        if words is None:
            words = self.chance.choice(WORDS[deed])
        uid = UUID(int=self.chance.getrandbits(128), version=4)
        return Told(deed, at, by, uid, {"words": words} | facts)

    @property
    def handler(self) -> int:
        """Who has it now: the unit's officer, or the worker of the grid."""
        unit_id = self.row["unit_id"]
        if unit_id is None:
            return self.stage.staff.worker_of[self.played.report.place.home_id]
        codes = list(self.stage.staff.unit_ids)
        return self.stage.staff.officer_of[codes[unit_id - 1]]


def tell(story: Story, until: Deed | None = None) -> None:
    """Let a case go on up to the present, or until a deed has been done."""
    if story.fate.settled_at_once:
        # One order reports and settles: both have its id.
        at_once = replace(settle(story, story.told_at), uid=story.played.report.uid)
        play(story.stage, story.played, at_once)
        if until is Deed.SETTLE:
            return
    while len(story.played.steps) < _STEPS_MAX_COUNT:
        following = NEXT[story.row["status"]](story)
        if following is None or following.at > story.stage.now:
            return
        play(story.stage, story.played, following)
        story.told_at = following.at
        if following.deed is until:
            return


def _at_the_inbox(story: Story) -> Told | None:
    fate, wang = story.fate, story.stage.person("wang")
    if fate.merge_into:
        return story.told(Deed.MERGE, story.after(3, 60), wang, into=fate.merge_into)
    if fate.declined:
        return story.told(Deed.DECLINE, story.after(5, 120), wang)
    if fate.settled_later:
        return settle(story, story.after(8, 90))
    late = fate.accepted_late and story.row["reopen_count"] == 0
    at = story.after(250, 500) if late else story.after(4, 80)
    category = {} if story.row["category_id"] else {"category": story.played.report.topic}
    return story.told(Deed.ACCEPT, at, wang, **category)


def settle(story: Story, at: datetime) -> Told:
    """Tell how the grid's worker settled it on the spot."""
    worker = story.stage.staff.worker_of[story.played.report.place.home_id]
    words = story.played.report.matter.settled
    return story.told(Deed.SETTLE, at, worker, words=words, **_shots(story))


def _shots(story: Story) -> dict[str, Any]:
    if story.shot is None:
        return {}
    shot, story.shot = story.shot, None  # a photo hangs on a case once
    return {"before": (shot.found,), "after": (shot.mended,)}


def _to_dispatch(story: Story) -> Told:
    wang = story.stage.person("wang")
    unit = None if story.fate.stays_in_grid else PHRASES[story.played.report.topic].unit
    if unit and story.row["return_count"]:
        unit = story.chance.choice([code for code in story.stage.staff.unit_ids if code != unit])
    return story.told(Deed.DISPATCH, story.after(2, 25), wang, **({"unit": unit} if unit else {}))


def _to_take(story: Story) -> Told:
    fate = story.fate
    if fate.returns:
        fate.returns -= 1
        suggested = {"unit": "zfd"} if story.chance.random() < 0.5 else {}
        return story.told(Deed.RETURN, story.after(20, 180), story.handler, **suggested)
    return story.told(Deed.TAKE, story.after(5, 120), story.handler)


def _in_hand(story: Story) -> Told:
    fate = story.fate
    if (left := leaves_phone(story.played)) is not None:
        return left
    for happens, once in (
        ("adds_words", _add_words),
        ("pauses", _pause),
        ("asks_extension", _ask),
        ("is_urged", _urge),
        ("is_supervised", _supervise),
    ):
        if getattr(fate, happens):
            setattr(fate, happens, False)
            if (told := once(story)) is not None:
                return told
    if story.row["extension_asked_to"]:
        return story.told(Deed.EXTEND, story.after(20, 120), story.stage.person("wang"))
    return _handle(story)


def _add_words(story: Story) -> Told | None:
    reporter_is_there = story.played.report.by is None
    at = story.told_at + story.chance.randint(20, 600) * _MINUTE
    return story.told(Deed.ADD_WORDS, at, None) if reporter_is_there else None


def _pause(story: Story) -> Told:
    at = story.after(30, 240)
    resume_at = story.stage.calendar.add_work_days(at, story.chance.randint(2, 6))
    return story.told(Deed.PAUSE, at, story.stage.person("wang"), resume_at=resume_at)


def _ask(story: Story) -> Told | None:
    at = story.after(30, 240)
    to = story.stage.calendar.add_work_days(story.row["due_at"], story.chance.randint(2, 5))
    return story.told(Deed.ASK_EXTENSION, at, story.handler, to=to) if at < to else None


def _urge(story: Story) -> Told | None:
    at = story.at_work(max(story.told_at, story.row["due_at"]), 20 * _MINUTE)
    return story.told(Deed.URGE, at, story.stage.person("wang"))


def _supervise(story: Story) -> Told:
    at = story.at_work(max(story.told_at, story.row["due_at"]), 120 * _MINUTE)
    level = story.chance.choice((Supervision.YELLOW_CARD, Supervision.RED_CARD)).value
    return story.told(Deed.SUPERVISE, at, story.stage.person("sun"), level=level)


def _handle(story: Story) -> Told:
    row, chance, fate = story.row, story.chance, story.fate
    left = max(row["due_at"] - story.told_at, 30 * _MINUTE)
    part = 1 + chance.random() if fate.late else chance.betavariate(2, 3.5) * 0.95
    at = story.at_work(story.told_at + left * part, chance.randint(60, 600) * timedelta(seconds=1))
    words = {
        Outcome.SOLVED: (story.played.report.matter.reply,),
        Outcome.EXPLAINED: EXPLAINED,
        Outcome.NOT_SOLVED: NOT_SOLVED,
    }[fate.outcome]
    shots = _shots(story) if fate.outcome is Outcome.SOLVED else {}
    return story.told(
        Deed.HANDLE, at, story.handler,
        outcome=fate.outcome.value, words=chance.choice(words), **shots,
    )  # fmt: skip


def _to_verify(story: Story) -> Told:
    zhao = story.stage.person("zhao")
    if story.fate.is_redone:
        story.fate.is_redone = False
        return story.told(Deed.REDO, story.after(30, 300), zhao)
    return story.told(Deed.VERIFY, story.after(20, 400), zhao)


def _to_close(story: Story) -> Told:
    return story.told(Deed.CLOSE, story.after(3, 120), story.stage.person("wang"))


def _to_resume(story: Story) -> Told:
    at = story.at_work(story.row["resume_at"], story.chance.randint(1, 200) * _MINUTE)
    return story.told(Deed.RESUME, at, story.stage.person("wang"))


def _afterwards(story: Story) -> Told | None:
    fate, chance = story.fate, story.chance
    if story.played.report.by is not None:
        return None
    if fate.is_rated:
        fate.is_rated = False
        at = story.told_at + chance.randint(60, 5_000) * _MINUTE
        satisfaction = fate.satisfaction
        return story.told(
            Deed.RATE, at, None,
            words=chance.choice(RATED[satisfaction]),
            contacted=satisfaction is not Satisfaction.DISSATISFIED or chance.random() < 0.5,
            solved=satisfaction is not Satisfaction.DISSATISFIED,
            satisfaction=satisfaction.value,
        )  # fmt: skip
    if fate.is_reopened:
        fate.is_reopened = fate.settled_later = False
        return story.told(Deed.REOPEN, story.told_at + chance.randint(30, 3_000) * _MINUTE, None)
    return thanks(story.played)


def _over(_story: Story) -> Told | None:
    return None


NEXT: Final[dict[Status, Callable[[Story], Told | None]]] = {
    Status.REPORTED: _at_the_inbox,
    Status.ACCEPTED: _to_dispatch,
    Status.DISPATCHED: _to_take,
    Status.TAKEN: _in_hand,
    Status.PAUSED: _to_resume,
    Status.HANDLED: _to_verify,
    Status.VERIFIED: _to_close,
    Status.CLOSED: _afterwards,
    Status.DECLINED: _over,
    Status.MERGED: _over,
}
