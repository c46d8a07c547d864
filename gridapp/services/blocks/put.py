"""Blocks whoever sent a case, and lifts it again: two deeds with a reason each (屏蔽 解除)."""

from datetime import timedelta
from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints
from sqlalchemy import CursorResult, select, update
from sqlmodel import col

from gridapp.domain.errors import ConflictError, FactsError, NotThereError
from gridapp.domain.labels import BLOCK_KIND
from gridapp.domain.privacy import mask_phone
from gridapp.domain.vocabulary import BlockKind, Deed, GridLevel
from gridapp.services.audit import write_audit
from gridapp.services.blocks.keys import block_key
from gridapp.services.case_access import OpenedCase, case_no_of, open_case
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, shown
from gridapp.services.permit import demand, grids_within
from gridapp.services.verbs import verb
from gridapp.tables import Block, Case, Grid

REASON_MAX_CHARACTERS: Final = 200
Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=REASON_MAX_CHARACTERS), shown(4)
]


class BlockFacts(Facts):
    """What is held back, why, and for how long: nothing is blocked for ever."""

    kind: BlockKind
    words: Reason
    days: Annotated[int, Field(ge=1, le=180)] = 30


class UnblockFacts(Facts):
    """Why it is held back no longer."""

    words: Reason


@verb(Deed.BLOCK, BlockFacts)
def put_block(act: Act, order: Order, facts: BlockFacts) -> dict[str, Any]:
    """Hold back what comes from the device, the phone or the place of a case.

    Whoever is blocked may go on reporting: each report is kept and looked at first.

    Raises:
        NotThereError: No such case, or out of reach.
        NotAllowedError: In sight, but not for this role.
        FactsError: The case has no such thing, or it came from staff.
        ConflictError: It is blocked already.
    """
    opened = open_case(act, order.subject, Deed.BLOCK)
    held, label = _held_of(opened.row, facts.kind)
    if not held:
        sentence = f"这件事没有留下可以屏蔽的{_NOUN[facts.kind]}。"
        raise FactsError(sentence, fields={"kind": sentence})
    street_id = _street_of(act, opened)
    key = block_key(act.secret, facts.kind, held)
    if _standing(act, facts.kind, key, street_id):
        raise ConflictError(f"{BLOCK_KIND[facts.kind]}已经屏蔽。")
    row = Block(
        kind=facts.kind, key=key, label=label, street_id=street_id, case_id=opened.row.id,
        reason=facts.words.strip(), made_by_id=act.actor.person_id, made_at=act.now,
        ends_at=act.now + timedelta(days=facts.days),
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    no = case_no_of(opened.row)
    write_audit(act, Deed.BLOCK, f"block:{row.id}", facts.words, case=no, kind=facts.kind.value)
    return {"receipt": str(order.uid), "block": row.id, "version": row.version}


@verb(Deed.UNBLOCK, UnblockFacts)
def lift_block(act: Act, order: Order, facts: UnblockFacts) -> dict[str, Any]:
    """Hold it back no longer; what was held back before stays to be looked at.

    Raises:
        NotThereError: No such block, or of another street.
        ConflictError: It has been lifted already.
    """
    demand(act, Deed.UNBLOCK)
    row = _open_block(act, order.subject)
    done = act.session.execute(
        update(Block)
        .where(col(Block.id) == row.id, col(Block.version) == (order.version or row.version))
        .where(col(Block.lifted_at).is_(None))
        .values(
            version=row.version + 1, lifted_at=act.now, lifted_by_id=act.actor.person_id,
            lift_reason=facts.words.strip(),
        )
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    assert isinstance(done, CursorResult)
    if done.rowcount != 1:
        raise ConflictError("这一条已经解除，或刚刚有人改过，请刷新后再看。")
    write_audit(act, Deed.UNBLOCK, f"block:{row.id}", facts.words, kind=row.kind.value)
    return {"receipt": str(order.uid), "block": row.id, "version": row.version + 1}


_NOUN: Final = {BlockKind.DEVICE: "手机标识", BlockKind.PHONE: "电话", BlockKind.PLACE: "楼栋"}


def _held_of(row: Case, kind: BlockKind) -> tuple[str, str]:
    """Give what is held back of a case, and what staff may read of it: masked, as ever."""
    if row.reporter_id is not None:
        return "", ""
    if kind is BlockKind.DEVICE:
        return row.device, f"上报 {case_no_of(row)} 的手机"
    if kind is BlockKind.PHONE:
        return row.reporter_phone, f"电话 {mask_phone(row.reporter_phone)}"
    return str(row.building_id or ""), row.place


def _street_of(act: Act, opened: OpenedCase) -> int:
    """Give the street in whose name it is blocked; a block reaches no further."""
    above = [int(part) for part in opened.grid_path.strip("/").split("/")]
    street: int | None = act.session.execute(
        select(col(Grid.id)).where(col(Grid.id).in_(above), col(Grid.level) == GridLevel.STREET)
    ).scalar_one_or_none()
    return street if street is not None else above[0]


def _standing(act: Act, kind: BlockKind, key: str, street_id: int) -> bool:
    found = act.session.execute(
        select(col(Block.id)).where(
            col(Block.kind) == kind, col(Block.key) == key, col(Block.street_id) == street_id,
            col(Block.lifted_at).is_(None), col(Block.ends_at) > act.now,
        )
    ).first()  # fmt: skip
    return found is not None


def _open_block(act: Act, subject: str) -> Block:
    within = select(col(Grid.id)).where(grids_within(act.actor, Deed.UNBLOCK))
    if not (subject.isascii() and subject.isdigit() and len(subject) <= _ID_DIGITS):
        raise NotThereError
    row: Block | None = act.session.execute(
        select(Block).where(col(Block.id) == int(subject), col(Block.street_id).in_(within))
    ).scalar_one_or_none()
    if row is None:
        raise NotThereError
    return row


_ID_DIGITS: Final = 9
