"""The one door for every deed: the client's id makes it happen once, the registry says which."""

from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import col

from gridapp.domain.auditing import AUDITED
from gridapp.domain.errors import FactsError, OtherContentError
from gridapp.domain.timebounds import clock_moment
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import count_written, write_deed
from gridapp.services.desk import Act
from gridapp.services.fieldwords import field_words
from gridapp.services.orders import Facts, Order
from gridapp.services.verbs import VERBS
from gridapp.tables import DeedDone

# A building's version is a checksum of what stands there.
VERSION_MAX: Final = 2**32 - 1


@dataclass(frozen=True)
class Done:
    """A deed's receipt; ``is_new`` is False when the same deed came again."""

    reply: dict[str, Any]
    is_new: bool


def facts_of(model: type[Facts], given: dict[str, Any]) -> Facts:
    """Read the facts of a deed.

    Raises:
        FactsError: A field is missing, unknown or wrong; ``fields`` names each.
    """
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise FactsError(fields=field_words(error.errors(include_url=False))) from error


def do_deed(act: Act, order: Order) -> Done:
    """Do one deed once: the same id with the same content gets the same receipt again.

    Raises:
        OtherContentError: The id was used for something else, or by somebody else.
        FactsError: The deed is unknown or its facts are wrong.
        GridappError: Whatever the deed itself refuses.
    """
    verb = VERBS.get(Deed(order.deed)) if order.deed in set(Deed) else None
    if verb is None:
        raise FactsError("没有这种操作。", fields={"deed": "没有这种操作"})
    _demand_version_number(order)
    told, order = order.done_at, replace(order, done_at=clock_moment(order.done_at))
    clock_wrong = told is not None and order.done_at is None
    if not _claim(act, order, clock_wrong=clock_wrong):
        return _done_before(act, order)
    written = count_written(act)
    reply = verb.do(act, order, facts_of(verb.facts, order.facts))
    if order.deed in AUDITED and count_written(act) == written:
        write_deed(act, order, reply)
    act.session.flush()
    act.session.execute(update(DeedDone).where(col(DeedDone.uid) == order.uid).values(reply=reply))
    return Done(reply, is_new=True)


def _demand_version_number(order: Order) -> None:
    """Refuse a version that no column keeps; machines are refused it earlier, forms are not."""
    if order.version is not None and not 0 <= order.version <= VERSION_MAX:
        raise FactsError(fields={"version": f"应为 0 到 {VERSION_MAX} 的整数"})


def _claim(act: Act, order: Order, *, clock_wrong: bool) -> bool:
    """Take the id for this order; of two at once, the unique key lets one through.

    A clock that says what cannot be is left out and flagged: no deed is refused or lost for it.
    The claim is part of the deed's transaction: a refused deed leaves its id free.
    """
    sqlite = act.session.get_bind().dialect.name == "sqlite"
    insert = sqlite_insert(DeedDone) if sqlite else postgres_insert(DeedDone)
    claimed = act.session.execute(
        insert.values(
            uid=order.uid,
            deed=order.deed,
            subject=order.subject[:64],
            digest=order.digest(),
            person_id=act.actor.person_id,
            reply={},
            done_at=order.done_at,
            clock_wrong=clock_wrong,
            received_at=act.now,
        )
        .on_conflict_do_nothing(index_elements=["uid"])
        .returning(col(DeedDone.uid))
    ).scalar_one_or_none()
    return claimed is not None


def _done_before(act: Act, order: Order) -> Done:
    row = act.session.execute(select(DeedDone).where(col(DeedDone.uid) == order.uid)).scalar_one()
    same = row.digest == order.digest() and row.person_id == act.actor.person_id
    if not same:
        raise OtherContentError
    return Done(row.reply, is_new=False)
