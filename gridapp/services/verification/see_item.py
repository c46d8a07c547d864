"""Shows one record of a verification: what it says, what each verifier found; people masked."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.clockwords import day_words, moment_words
from gridapp.domain.privacy import mask_name, mask_phone
from gridapp.domain.registering import PREMISES_KIND, TENURE, VERIFIED, Tenure, Verified, door_words
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.permit import covers
from gridapp.services.register.risks import list_risks
from gridapp.services.verification.access import open_verification
from gridapp.services.verification.subject import Subject, open_subject, snapshot
from gridapp.services.verification.verify import hold_item
from gridapp.tables import Household, Person, VerificationFinding

LABELS: Final = {
    "unit": "单元", "door": "门牌", "floor": "楼层", "name": "户主", "phone": "电话",
    "head_count": "人数", "tenure": "居住性质", "remarks": "备注", "spot": "位置", "trade": "业态",
    "credit_code": "统一社会信用代码", "contact": "负责人", "risk": "风险等级",
}  # fmt: skip
_SHOP_NAME: Final = "名称"
NOTHING: Final = "空"


@dataclass(frozen=True)
class ChangeView:
    """One field that a verifier put right."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class FindingView:
    """What one verifier found, when, and whether the register says so since."""

    id: str
    by: str
    at_words: str
    outcome: str
    outcome_label: str
    words: str
    changes: tuple[ChangeView, ...]
    is_applied: bool


@dataclass(frozen=True)
class ItemView:
    """A record with everything found of it.

    Args:
        version: That of the record, on which the next finding is made.
        item_version: That of its line here, on which a decision is made.
        facts: What the register says, as label and words.
    """

    record: str
    version: int
    item_version: int
    is_home: bool
    kind_label: str
    place: str
    who: str
    facts: tuple[tuple[str, str], ...]
    status: str
    status_label: str
    is_struck: bool
    decided_words: str
    findings: tuple[FindingView, ...]
    may_verify: bool
    may_decide: bool


def see_item(act: Act, verification: str, record: str) -> ItemView:
    """Show one record of a verification.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees the register.
        NotThereError: No such verification or record in it, or out of reach.
    """
    row = open_verification(act, verification, Deed.SEE_REGISTER)
    subject = open_subject(act, record, Deed.SEE_REGISTER)
    item = hold_item(act, row, subject, look_only=True)
    risks = {risk.code: risk.name for risk in list_risks(act)}
    said = snapshot(act, subject.row)
    is_home = isinstance(subject.row, Household)
    path, runs = subject.grid.path, row.ended_at is None
    decided = ""
    if item.decided_at is not None:
        decided = f"{day_words(act.now, beijing_date(item.decided_at))}裁定：{item.decided_why}"
    return ItemView(
        record=str(subject.row.uid), version=subject.row.version, item_version=item.version,
        is_home=is_home, kind_label=_kind(subject), place=_place(subject), who=_who(subject),
        facts=_facts(said, risks, is_home=is_home),
        status=item.status.value, status_label=VERIFIED[item.status],
        is_struck=subject.is_struck, decided_words=decided,
        findings=_findings(act, item.id, risks, is_home=is_home),
        may_verify=runs and covers(act.actor, Deed.VERIFY_RECORD, path),
        may_decide=item.status is Verified.CONFLICT
        and covers(act.actor, Deed.DECIDE_RECORD, path),
    )  # fmt: skip


def _facts(
    said: dict[str, Any], risks: dict[str, str], *, is_home: bool
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (_label(name, is_home=is_home), _told(name, value, risks, is_home=is_home))
        for name, value in said.items()
    )


def _kind(subject: Subject) -> str:
    row = subject.row
    return "户室" if isinstance(row, Household) else PREMISES_KIND[row.kind]


def _place(subject: Subject) -> str:
    row, building = subject.row, subject.building.name
    if isinstance(row, Household):
        return f"{building} {door_words(row.unit, row.door)}"
    return f"{building} {row.spot}".strip()


def _who(subject: Subject) -> str:
    row = subject.row
    return mask_name(row.name) if isinstance(row, Household) else row.name


def _label(name: str, *, is_home: bool) -> str:
    return LABELS[name] if is_home or name != "name" else _SHOP_NAME


def _told(name: str, value: Any, risks: dict[str, str], *, is_home: bool) -> str:
    """Say a value as everybody who sees the register may read it."""
    if value in {None, "", 0}:
        return NOTHING
    if name == "phone":
        return mask_phone(str(value))
    if name == "contact" or (name == "name" and is_home):
        return mask_name(str(value))
    if name == "tenure":
        return TENURE[Tenure(value)]
    return risks.get(value, str(value)) if name == "risk" else str(value)


def _findings(
    act: Act, item_id: int | None, risks: dict[str, str], *, is_home: bool
) -> tuple[FindingView, ...]:
    found = act.session.execute(
        select(VerificationFinding, col(Person.name))
        .join(Person, col(Person.id) == col(VerificationFinding.person_id))
        .where(col(VerificationFinding.item_id) == item_id)
        .order_by(col(VerificationFinding.id).desc())
    )
    return tuple(
        FindingView(
            id=str(row.uid), by=by, at_words=moment_words(act.now, row.received_at),
            outcome=row.outcome.value, outcome_label=VERIFIED[row.outcome], words=row.words,
            changes=tuple(
                ChangeView(
                    _label(name, is_home=is_home),
                    _told(name, row.before.get(name), risks, is_home=is_home),
                    _told(name, value, risks, is_home=is_home),
                )
                for name, value in row.after.items()
                if row.before.get(name) != value
            ),
            is_applied=row.is_applied,
        )
        for row, by in found
    )  # fmt: skip
