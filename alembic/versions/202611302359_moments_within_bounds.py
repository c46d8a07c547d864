"""Moments, days and positions that no clock, calendar or map knows are mended where they stand.

Revision: 0032_moments, after 0031_kept_rows.

What a client had given was kept as it came: year 1, year 9999, and on PostgreSQL even BC and year
10000, which the driver cannot read. Every column of a moment, a day or a position is looked at:
what a device's clock or its satellite fix said is emptied, any other gets the nearest bound,
since to be closed, retired or due is more than a moment. What was changed is logged by
table and column and written down as an audit row. From then on ``gridapp.services.store.bounds``
lets none in.

A device's clock that was emptied so is flagged in ``deed_done.clock_wrong``, which is new.
Nothing is undone on the way down: what was wrong stays mended.
"""

import logging
from datetime import date, datetime, timedelta, timezone

import sqlalchemy as sa
from alembic import op

revision = "0032_moments"
down_revision = "0031_kept_rows"
branch_labels = None
depends_on = None

# As they were when this was written: (least, most), and whether the greater one is left out.
_MOMENTS = ("2000-01-01 00:00:00+00", "2100-01-01 00:00:00+00")
_DAYS = ("1950-01-01", "2099-12-31")
_POSITIONS = {"lng_wgs84": (-180, 180), "lat_wgs84": (-90, 90), "accuracy_m": (0, 10_000_000)}
# By a device's clock: nobody knows when it was, and every reader knows the server's moment instead.
_CLOCKS = {
    "case.made_at", "case_step.done_at", "note.made_at", "check_in.made_at", "visit.made_at",
    "verification_finding.done_at", "deed_done.done_at", "photo.taken_at",
}
_LAST = {"sqlite": "2099-12-31 23:59:59.000000", "postgresql": "2099-12-31 23:59:59+00"}
_FIRST = {"sqlite": "2000-01-01 00:00:00.000000", "postgresql": "2000-01-01 00:00:00+00"}

logger = logging.getLogger("alembic.runtime.migration")


def upgrade() -> None:
    op.add_column(
        "deed_done",
        sa.Column("clock_wrong", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    connection = op.get_bind()
    _flag_clocks(connection)
    # A rule's first state began in 1970 by our own word; now it begins with the first moment.
    connection.execute(
        sa.text(
            f"UPDATE rule_change SET starts_at = '{_FIRST[connection.dialect.name]}'"
            f" WHERE starts_at < '{_MOMENTS[0]}'"
        )
    )
    changed = _mend_nights(connection)
    for table in sorted(sa.inspect(connection).get_table_names()):
        for column in sa.inspect(connection).get_columns(table):
            count = _mend(connection, table, column)
            if count:
                changed[f"{table}.{column['name']}"] = count
    if changed:
        _tell(connection, changed)


def _flag_clocks(connection: sa.Connection) -> None:
    """Flag before the clocks are emptied: of an empty one nobody could tell why."""
    first, end = _MOMENTS
    connection.execute(
        sa.text(
            f"UPDATE deed_done SET clock_wrong = {'1' if connection.dialect.name == 'sqlite' else 'true'}"
            f" WHERE done_at < '{first}' OR done_at >= '{end}'"
        )
    )


def _mend_nights(connection: sa.Connection) -> dict[str, int]:
    """A roster has each night once, so its far nights may not all become the last day."""
    far = sa.text(f"SELECT id FROM patrol_night WHERE night_on > '{_DAYS[1]}' ORDER BY id")
    ids = list(connection.execute(far).scalars())
    night = sa.table("patrol_night", sa.column("id", sa.Integer()), sa.column("night_on", sa.Date()))
    for place, row_id in enumerate(ids):
        on = date.fromisoformat(_DAYS[1]) - timedelta(days=place)
        connection.execute(night.update().where(night.c.id == row_id).values(night_on=on))
    return {"patrol_night.night_on": len(ids)} if ids else {}


def _mend(connection: sa.Connection, table: str, column: dict[str, object]) -> int:
    name, kind, dialect = f'"{column["name"]}"', column["type"], connection.dialect.name
    if isinstance(kind, sa.DateTime):
        below, above = f"{name} < '{_MOMENTS[0]}'", f"{name} >= '{_MOMENTS[1]}'"
        least, most = f"'{_FIRST[dialect]}'", f"'{_LAST[dialect]}'"
    elif isinstance(kind, sa.Date):
        below, above = f"{name} < '{_DAYS[0]}'", f"{name} > '{_DAYS[1]}'"
        least, most = f"'{_DAYS[0]}'", f"'{_DAYS[1]}'"
    elif column["name"] in _POSITIONS:
        least, most = map(str, _POSITIONS[column["name"]])
        below, above = f"{name} < {least}", f"{name} > {most}"
    else:
        return 0
    if f"{table}.{column['name']}" in _CLOCKS or (column["nullable"] and column["name"] in _POSITIONS):
        least = most = "NULL"
    count = 0
    for where, value in ((below, least), (above, most)):
        found = connection.execute(
            sa.text(f'UPDATE "{table}" SET {name} = {value} WHERE {where}')
        )
        count += found.rowcount
    return count


def _tell(connection: sa.Connection, changed: dict[str, int]) -> None:
    """Say what was changed: whoever looks for a moment that is gone finds why."""
    for place, count in changed.items():
        logger.warning("mended %d values out of bounds in %s", count, place)
    audit = sa.table(
        "audit_row",
        sa.column("at", sa.DateTime(timezone=True)), sa.column("deed", sa.String()),
        sa.column("subject", sa.String()), sa.column("reason", sa.String()),
        sa.column("facts", sa.JSON()),
    )
    connection.execute(
        audit.insert().values(
            at=datetime.now(timezone.utc), deed="upgrade.bounds", subject="",
            reason="升级时更正了超出范围的时间、日期和位置", facts=changed,
        )
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("deed_done", schema=None) as batch_op:
            batch_op.drop_column("clock_wrong")
    else:
        op.drop_column("deed_done", "clock_wrong")
