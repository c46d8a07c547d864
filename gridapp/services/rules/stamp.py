"""What is read from the rules is kept in memory until the rules' stamp changes, in every worker.

Whoever changes a rule writes a new stamp in the same transaction; a transaction that needs a rule
asks for the stamp once. A stamp that was rolled back is one that nobody ever reads.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session
from sqlmodel import col

from gridapp.services.desk import Act
from gridapp.tables import TownFact

T = TypeVar("T")

_FACT: Final = "rules"


def stamp_of(act: Act) -> str:
    """Give the stamp of the rules as this transaction sees them; empty before the first change."""
    told = act.session.info.get(_FACT)
    if told is None:
        found: Any = act.session.execute(
            select(col(TownFact.value)).where(col(TownFact.key) == _FACT)
        ).scalar_one_or_none()
        told = act.session.info[_FACT] = str(found or "")
    return cast("str", told)


def renew_stamp(act: Act) -> None:
    """Let every worker read the rules anew; called by whoever changes one, at the end."""
    stamp = uuid4().hex
    sqlite = act.session.get_bind().dialect.name == "sqlite"
    insert = (sqlite_insert if sqlite else postgres_insert)(TownFact)
    said = insert.values(key=_FACT, value=stamp)
    act.session.execute(
        said.on_conflict_do_update(index_elements=["key"], set_={"value": said.excluded.value})
    )
    act.session.info[_FACT] = stamp


def kept(act: Act, name: str, read: Callable[[Session], T]) -> T:
    """Give what was read from the rules, read anew when they have changed since."""
    stamp = stamp_of(act)
    known = act.kept.get(name)
    if known is None or known[0] != stamp:
        act.session.flush()
        known = act.kept[name] = (stamp, read(act.session))
    return cast("T", known[1])
