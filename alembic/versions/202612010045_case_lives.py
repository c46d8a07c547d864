"""The lives of a case: each promise counted once, in its own days, and what was missed.

Revision: 0030_case_lives, after 0032_moments.

What stands is mended from the steps of each case, and every change is written down in the audit
log under ``upgrade.case_lives``: how many lives were found, how many promises had been missed
before more time was granted, how many deeds count at another moment, and each due moment that
was wrong, with what it was. The history tells no earlier limit, so an ended life is judged by the
limit that the case has now, or by the due moment that an extension names.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

from gridapp.domain.codes import case_no
from gridapp.domain.deadlines import URGENCY_LIMITS, Limit, parse_limit
from gridapp.domain.offline import counted_at
from gridapp.domain.promising import Begun, CaseEvent, Extended, Paused, Standing, promise_of
from gridapp.domain.vocabulary import Urgency
from gridapp.domain.workcalendar import DayKind, Shift, Week, WorkCalendar, beijing_date
from gridapp.tables.base import UtcMoment


revision = "0030_case_lives"
down_revision = "0032_moments"
branch_labels = None
depends_on = None

_MOMENTS = (
    "reopened_at", "reopened_due_at", "missed_at", "redone_at", "extended_at", "extended_late_at",
    "moved_at",
)  # fmt: skip
_INDEX = "ix_case_closed_at_status"
_INDEXED = ["closed_at", "status", "grid_id", "reported_at"]
_WORDS = "升级：按办理过程重新核定期限和计数时间"
_AT_ONCE = 500

_moment = UtcMoment()
_CASE = sa.table(
    "case",
    *(sa.column(name, sa.Integer) for name in (
        "id", "reopen_count", "extension_count", "redo_count", "version",
    )),
    *(sa.column(name, sa.String) for name in ("status", "urgency", "due_limit", "satisfaction", "supervision")),
    *(sa.column(name, sa.Boolean) for name in ("settled", "contacted", "solved", "due_provisional")),
    *(sa.column(name, _moment) for name in (
        "reported_at", "due_at", "first_due_at", "step_due_at", "handled_at", "closed_at",
        "rated_at", *_MOMENTS,
    )),
)  # fmt: skip
_STEP = sa.table(
    "case_step",
    *(sa.column(name, sa.Integer) for name in ("id", "case_id", "actor_id")),
    *(sa.column(name, sa.String) for name in ("deed", "status_from", "status_to")),
    *(sa.column(name, _moment) for name in ("at", "done_at")),
    sa.column("facts", sa.JSON),
)
_LIFE = sa.table(
    "case_life",
    *(sa.column(name, sa.Integer) for name in ("case_id", "number")),
    *(sa.column(name, sa.String) for name in ("status", "outcome", "satisfaction")),
    *(sa.column(name, sa.Boolean) for name in ("settled", "contacted", "solved")),
    *(sa.column(name, _moment) for name in (
        "started_at", "due_at", "missed_at", "redone_at", "extended_at", "extended_late_at",
        "handled_at", "closed_at", "rated_at",
    )),
)  # fmt: skip
_AUDIT = sa.table(
    "audit_row",
    sa.column("at", _moment), sa.column("deed", sa.String), sa.column("subject", sa.String),
    sa.column("reason", sa.String), sa.column("facts", sa.JSON),
)  # fmt: skip

_OPEN = ("reported", "accepted", "dispatched", "taken", "handled", "verified", "paused")


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    for name in _MOMENTS:
        op.add_column("case", sa.Column(name, moment, nullable=True))
    op.drop_index(_INDEX, "case")
    op.create_index(_INDEX, "case", [*_INDEXED, "reopened_at", "settled"])
    op.create_table(
        "case_life",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("due_at", moment, nullable=False),
        *(sa.Column(name, moment, nullable=True) for name in (
            "missed_at", "redone_at", "extended_at", "extended_late_at", "handled_at", "closed_at",
        )),
        sa.Column("contacted", sa.Boolean(), nullable=True),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.Column("satisfaction", sa.String(length=32), nullable=True),
        sa.Column("rated_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_life_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_life")),
    )  # fmt: skip
    op.create_index("uq_case_life_case_id_number", "case_life", ["case_id", "number"], unique=True)
    _mend(op.get_bind())


def downgrade() -> None:
    op.drop_table("case_life")
    op.drop_index(_INDEX, "case")
    op.create_index(_INDEX, "case", _INDEXED)
    for name in _MOMENTS:
        op.drop_column("case", name)


def _mend(connection: sa.Connection) -> None:
    calendar, said = _calendar(connection), Counter[str]()
    touched = sa.exists().where(
        _STEP.c.case_id == _CASE.c.id, _STEP.c.deed != "case.report", _STEP.c.done_at < _STEP.c.at
    )
    moved = sa.or_(
        _CASE.c.reopen_count > 0, _CASE.c.extension_count > 0, _CASE.c.redo_count > 0,
        _CASE.c.status.in_(_OPEN), touched,
    )  # fmt: skip
    ids = list(connection.execute(sa.select(_CASE.c.id).where(moved)).scalars())
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        steps = {
            case_id: list(told)
            for case_id, told in groupby(
                connection.execute(
                    sa.select(_STEP).where(_STEP.c.case_id.in_(some))
                    .order_by(_STEP.c.case_id, _STEP.c.id)
                ).mappings(),
                lambda step: step["case_id"],
            )
        }  # fmt: skip
        for row in connection.execute(sa.select(_CASE).where(_CASE.c.id.in_(some))).mappings().all():
            if row["id"] in steps:
                _mend_case(connection, row, steps[row["id"]], calendar, said)
    if said:
        _say(connection, "", dict(said))


def _say(connection: sa.Connection, subject: str, facts: dict[str, Any]) -> None:
    now = datetime.now(UTC)
    row = {"at": now, "deed": "upgrade.case_lives", "subject": subject, "reason": _WORDS}
    connection.execute(_AUDIT.insert().values(**row, facts=facts))


_Row = Mapping[str, Any]
_Counted = tuple[_Row, datetime]


def _mend_case(
    connection: sa.Connection, row: _Row, steps: Sequence[_Row], calendar: WorkCalendar,
    said: Counter[str],
) -> None:  # fmt: skip
    lives, starts = _lives_of(row, steps)
    now = _life(row, starts[-1], lives[-1], calendar)
    changes = {name: now[name] for name in ("missed_at", "redone_at", "extended_at", "extended_late_at")}
    changes["moved_at"] = lives[-1][-1][1] if lives[-1] else starts[-1]
    changes["reopened_at"] = starts[-1] if len(starts) > 1 else None
    for name in ("handled_at", "closed_at"):
        if row[name] is not None and now[name] is not None and now[name] != row[name]:
            changes[name] = now[name]
            said[f"{name}_moved_to_when_it_was_done"] += 1
    said["missed_before_more_time_was_granted"] += now["missed_at"] is not None
    for number, (start_at, life) in enumerate(zip(starts[:-1], lives[:-1], strict=True), start=1):
        ended = _life(row, start_at, life, calendar)
        if ended["rated_at"] and row["rated_at"] == ended["rated_at"]:
            ended |= {"contacted": row["contacted"], "solved": row["solved"]}
            changes |= dict.fromkeys(("contacted", "solved", "satisfaction", "rated_at"))
        connection.execute(_LIFE.insert().values(case_id=row["id"], number=number, **ended))
        said["lives_ended_by_a_reopening"] += 1
    if len(starts) > 1:
        changes |= _due_from_the_reopening(connection, row, starts[-1], lives[-1], calendar, said)
    connection.execute(_CASE.update().where(_CASE.c.id == row["id"]).values(**changes))


def _lives_of(row: _Row, steps: Sequence[_Row]) -> tuple[list[list[_Counted]], list[datetime]]:
    """Cut a history at its reopenings; each step with the moment at which it counts."""
    lives: list[list[_Counted]] = [[]]
    starts: list[datetime] = [row["reported_at"]]
    moved_at = row["reported_at"]
    for step in steps[1:]:
        done_at = step["done_at"] if step["actor_id"] is not None else None
        at = counted_at(done_at, step["at"], moved_at)
        moved_at = at if step["status_from"] != step["status_to"] else moved_at
        if step["deed"] == "case.reopen":
            lives.append([])
            starts.append(at)
        else:
            lives[-1].append((step, at))
    return lives, starts


def _life(
    row: _Row, start_at: datetime, steps: Sequence[_Counted], calendar: WorkCalendar
) -> dict[str, Any]:
    standing = _standing(row, start_at, steps, calendar)
    life: dict[str, Any] = dict.fromkeys(
        ("redone_at", "extended_at", "extended_late_at", "handled_at", "closed_at", "outcome",
         "contacted", "solved", "satisfaction", "rated_at")
    ) | {
        "started_at": start_at, "status": "reported", "settled": False,
        "due_at": standing.due_at, "missed_at": standing.missed_at,
    }  # fmt: skip
    for step, at in steps:
        life["status"] = step["status_to"]
        life |= _done(step, at)
    return life


def _done(step: _Row, at: datetime) -> dict[str, Any]:
    facts, deed = step["facts"], step["deed"].removeprefix("case.")
    if deed == "extend":
        late = datetime.fromisoformat(facts["from"]) < at
        return {"extended_late_at" if late else "extended_at": at}
    told: dict[str, dict[str, Any]] = {
        "settle": {"settled": True, "handled_at": at, "closed_at": at, "outcome": facts.get("outcome")},
        "handle": {"handled_at": at, "outcome": facts.get("outcome")},
        "redo": {"handled_at": None, "outcome": None, "redone_at": at},
        "close": {"closed_at": at},
        "decline": {"closed_at": at},
        "rate": {"rated_at": step["at"], "satisfaction": facts.get("satisfaction")},
    }  # fmt: skip
    return told.get(deed, {})


def _standing(
    row: _Row, start_at: datetime, steps: Sequence[_Counted], calendar: WorkCalendar
) -> Standing:
    """Compute a life's promise by the case's limit and what moved its due moment.

    Before an extension stood what the extension itself says.
    """
    events = [Begun(start_at, _limit(row)), *_moves(steps)]
    extended = [told for told in steps if told[0]["deed"] == "case.extend"]
    late = (
        was for step, at in extended if (was := datetime.fromisoformat(step["facts"]["from"])) < at
    )
    standing = promise_of(events, calendar)
    return replace(standing, missed_at=next(late, None)) if extended else standing


def _limit(row: _Row) -> Limit:
    return parse_limit(row["due_limit"]) or URGENCY_LIMITS[Urgency(row["urgency"])].whole


def _moves(steps: Sequence[_Counted]) -> Iterator[CaseEvent]:
    paused_at, resume_at = None, None
    for step, at in steps:
        if step["deed"] == "case.pause":
            paused_at, resume_at = at, datetime.fromisoformat(step["facts"]["resume_at"])
        elif step["deed"] == "case.resume" and paused_at and resume_at:
            # What resumed by itself went on from the moment agreed.
            yield Paused(paused_at, at if step["actor_id"] is not None else resume_at)
        elif step["deed"] == "case.extend":
            yield Extended(at, datetime.fromisoformat(step["facts"]["to"]))


def _due_from_the_reopening(  # noqa: PLR0913, PLR0917 - what a mend needs to know and to say
    connection: sa.Connection, row: _Row, start_at: datetime, steps: Sequence[_Counted],
    calendar: WorkCalendar, said: Counter[str],
) -> dict[str, Any]:  # fmt: skip
    """Count from the reopening what an acceptance had counted from the first report."""
    right = _standing(row, start_at, steps, calendar)
    wrong = _standing(row, row["reported_at"], steps, calendar)
    base = promise_of([Begun(start_at, _limit(row))], calendar)
    changes: dict[str, Any] = {"reopened_due_at": base.due_at}
    if row["due_at"] == right.due_at or row["due_at"] != wrong.due_at:
        return changes
    said["due_counted_from_the_reopening"] += 1
    no = case_no(row["id"], beijing_date(row["reported_at"]))
    moved = {"due_was": row["due_at"].isoformat(), "due_now": right.due_at.isoformat()}
    _say(connection, f"case:{no}", moved)
    changes |= {"due_at": right.due_at, "due_provisional": right.provisional}
    if row["step_due_at"] is not None:
        changes["step_due_at"] = max(row["step_due_at"], right.due_at)
    cards = [at for step, at in steps if step["deed"] == "case.supervise" and step["actor_id"] is None]
    if cards and all(at <= right.due_at for at in cards):
        changes["supervision"] = "none"
        said["cards_taken_back"] += 1
    return changes


def _calendar(connection: sa.Connection) -> WorkCalendar:
    day = sa.table("calendar_day", sa.column("on", sa.Date), sa.column("kind", sa.String))
    year = sa.table("calendar_year", sa.column("year", sa.Integer))
    return WorkCalendar(
        days={row.on: DayKind(row.kind) for row in connection.execute(sa.select(day))},
        known_years=frozenset(connection.execute(sa.select(year)).scalars()),
        later_weeks=tuple(sorted(_weeks(connection).items())),
    )


def _weeks(connection: sa.Connection) -> dict[date, Week]:
    rule = sa.table("rule", sa.column("id", sa.Integer), sa.column("kind", sa.String))
    change = sa.table(
        "rule_change", sa.column("id", sa.Integer), sa.column("rule_id", sa.Integer),
        sa.column("from_on", sa.Date), sa.column("facts", sa.JSON),
        sa.column("cancelled_at", _moment),
    )  # fmt: skip
    found = connection.execute(
        sa.select(change.c.from_on, change.c.facts)
        .join(rule, rule.c.id == change.c.rule_id)
        .where(rule.c.kind == "week", change.c.cancelled_at.is_(None))
        .order_by(change.c.from_on, change.c.id)
    )
    return {row.from_on: _week(row.facts["week"]) for row in found}


def _week(told: Sequence[Sequence[Sequence[str]]]) -> Week:
    return tuple(
        tuple(Shift(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in day)
        for day in told
    )
