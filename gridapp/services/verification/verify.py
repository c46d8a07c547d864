"""Records what a verifier found of a record: at once in the register, unless it is disputed."""

from dataclasses import replace
from typing import Annotated, Any, Final, Literal

from pydantic import Field, StringConstraints
from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.errors import ConflictError, FactsError, NotThereError
from gridapp.domain.registering import SETTLED, RecordKind, Verified
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.phones import read_phone
from gridapp.services.register.access import open_building
from gridapp.services.register.households import (
    AmendHouseholdFacts,
    HouseholdFacts,
    keep_household,
)
from gridapp.services.register.premises import (
    AmendPremisesFacts,
    PremisesFacts,
    keep_premises,
)
from gridapp.services.verbs import verb
from gridapp.services.verification.access import goes_through, open_verification
from gridapp.services.verification.subject import (
    Subject,
    open_subject,
    put_right,
    snapshot,
    take_out,
)
from gridapp.tables import (
    Grid,
    Household,
    Verification,
    VerificationFinding,
    VerificationItem,
)

Said = Literal[
    Verified.CONFIRMED, Verified.CORRECTED, Verified.GONE, Verified.NOT_FOUND, Verified.NEW
]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
_NOTHING_NEW: Final = "没有写要更正的内容；登记都对，请选「属实」。"


class VerifyFacts(Facts):
    """What a verifier found of the record that is the subject.

    Args:
        household: What is right instead, for 已更正 of a household.
        premises: The same for a shop and the like.
        building: Where something is that was not on record (新发现), with ``new_household`` or
            ``new_premises``; there is then no subject.
    """

    verification: Annotated[str, Field(max_length=64)]
    outcome: Said
    words: Words = ""
    household: AmendHouseholdFacts | None = None
    premises: AmendPremisesFacts | None = None
    building: Annotated[str, Field(max_length=64)] = ""
    new_household: HouseholdFacts | None = None
    new_premises: PremisesFacts | None = None


@verb(Deed.VERIFY_RECORD, VerifyFacts)
def verify_record(act: Act, order: Order, facts: VerifyFacts) -> dict[str, Any]:
    """Record a finding.

    What two verifiers say differently, or what was found of a record that has changed meanwhile,
    is kept and left to a decision.

    Raises:
        NotThereError: No such verification or record in it, or out of reach.
        ConflictError: The verification has been ended.
        FactsError: What is to be put right is missing.
    """
    row = open_verification(act, facts.verification, Deed.VERIFY_RECORD, running=True)
    if facts.outcome is Verified.NEW:
        return _enter(act, order, facts, row)
    subject = open_subject(act, order.subject, Deed.VERIFY_RECORD)
    item = hold_item(act, row, subject)
    before = snapshot(act, subject.row)
    changes = _changes(facts, subject, before)
    disputed = item.status is Verified.CONFLICT or _is_disputed(act, order, facts, subject, item)
    finding = _keep(act, order, facts, item, subject, before, before | changes)
    if disputed:
        _stand(act, item, Verified.CONFLICT)
    elif facts.outcome is Verified.NOT_FOUND:
        _stand(act, item, item.status if item.status in SETTLED else Verified.NOT_FOUND)
    else:
        if changes:
            put_right(act, subject, changes, None)
        if facts.outcome is Verified.GONE and not subject.is_struck:
            take_out(act, subject, None)
        finding.is_applied = True
        _stand(act, item, facts.outcome)
    return _reply(order, item, subject)


def hold_item(
    act: Act, row: Verification, subject: Subject, *, look_only: bool = False
) -> VerificationItem:
    """Hold a record's line in a verification until the deed is done, or only look at it.

    Raises:
        NotThereError: The record is not gone through by this verification.
    """
    is_home = isinstance(subject.row, Household)
    record = col(VerificationItem.household_id if is_home else VerificationItem.premises_id)
    asked = select(VerificationItem).where(
        col(VerificationItem.verification_id) == row.id, record == subject.row.id
    )
    if not look_only:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    item: VerificationItem | None = act.session.execute(asked).scalar_one_or_none()
    if item is None:
        raise NotThereError
    # Two who hold the line one after the other: the second is to see what the first has written.
    act.session.refresh(subject.row)
    return item


def _changes(facts: VerifyFacts, subject: Subject, before: dict[str, Any]) -> dict[str, Any]:
    if facts.outcome is not Verified.CORRECTED:
        return {}
    told = facts.household if isinstance(subject.row, Household) else facts.premises
    said = told.model_dump(mode="json", exclude_none=True) if told else {}
    if "phone" in said:
        said["phone"] = read_phone(said["phone"])
    changes = {name: value for name, value in said.items() if before.get(name) != value}
    if not changes:
        raise FactsError(_NOTHING_NEW, fields={"outcome": _NOTHING_NEW})
    return changes


def _is_disputed(
    act: Act, order: Order, facts: VerifyFacts, subject: Subject, item: VerificationItem
) -> bool:
    """Tell whether somebody has to decide: the record changed meanwhile, or two say different."""
    outcome = facts.outcome
    if outcome is Verified.NOT_FOUND:
        return False
    if subject.is_struck:
        return outcome is not Verified.GONE
    if order.version is not None and order.version != subject.row.version:
        return True
    other: VerificationFinding | None = act.session.execute(
        select(VerificationFinding)
        .where(
            col(VerificationFinding.item_id) == item.id,
            col(VerificationFinding.outcome).in_(SETTLED),
        )
        .order_by(col(VerificationFinding.id).desc())
    ).scalars().first()  # fmt: skip
    by_another = other is not None and other.person_id != act.actor.person_id
    return by_another and outcome is not Verified.CONFIRMED


def _keep(  # noqa: PLR0913, PLR0917 - a finding is made of as much
    act: Act,
    order: Order,
    facts: VerifyFacts,
    item: VerificationItem,
    subject: Subject,
    before: dict[str, Any],
    after: dict[str, Any],
) -> VerificationFinding:
    assert item.id is not None
    assert act.actor.person_id is not None, "only staff holds the permission"
    finding = VerificationFinding(
        uid=order.uid, item_id=item.id, person_id=act.actor.person_id, outcome=facts.outcome,
        seen_version=subject.row.version if order.version is None else order.version,
        before=before, after=after, words=facts.words, done_at=order.done_at,
        received_at=act.now,
    )  # fmt: skip
    act.session.add(finding)
    act.session.flush()
    return finding


def _stand(act: Act, item: VerificationItem, status: Verified) -> None:
    item.status = status
    item.version += 1
    act.session.flush()


def _reply(order: Order, item: VerificationItem, subject: Subject) -> dict[str, Any]:
    return {
        "receipt": str(order.uid),
        "record": str(subject.row.uid),
        "status": item.status.value,
        "version": subject.row.version,
    }


def _enter(act: Act, order: Order, facts: VerifyFacts, row: Verification) -> dict[str, Any]:
    """Enter what was not on record; it counts by itself, not among what was to be gone through."""
    building, grid = open_building(act, facts.building, Deed.VERIFY_RECORD)
    if not _goes_through(act, row, grid):
        raise NotThereError
    if facts.new_household is not None:
        made: Any = keep_household(act, order.uid, building, facts.new_household)
        kind, record = RecordKind.HOUSEHOLD, {"household_id": made.id}
    elif facts.new_premises is not None:
        made = keep_premises(act, order.uid, building, facts.new_premises)
        kind, record = RecordKind(facts.new_premises.kind.value), {"premises_id": made.id}
    else:
        raise FactsError("请写明新发现的是什么。", fields={"new_household": "请写明"})
    if kind.value not in row.kinds:
        raise ConflictError("这次核查不包括这一类登记。")
    assert row.id is not None
    assert building.id is not None
    item = VerificationItem(
        verification_id=row.id, building_id=building.id, status=Verified.NEW, is_new=True, **record
    )
    act.session.add(item)
    act.session.flush()
    subject = Subject(made, building, grid)
    after = snapshot(act, made)
    _keep(act, replace(order, version=None), facts, item, subject, {}, after).is_applied = True
    act.session.flush()
    return _reply(order, item, subject)


def _goes_through(act: Act, row: Verification, grid: Grid) -> bool:
    asked = select(col(Verification.id)).where(col(Verification.id) == row.id, goes_through(grid))
    return act.session.execute(asked).first() is not None
