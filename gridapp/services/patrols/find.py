"""Makes a case of what was found at a patrol point: reported upward, or settled there."""

from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.codes import parse_case_no
from gridapp.domain.errors import FactsError
from gridapp.domain.offline import counted_at
from gridapp.domain.vocabulary import Deed, Outcome, Source
from gridapp.services.cases.handle import Photos
from gridapp.services.cases.move import reply_of
from gridapp.services.cases.report import PlacedFacts, ReportFacts, report_case
from gridapp.services.cases.settle import SettleFacts, settle_case
from gridapp.services.desk import Act
from gridapp.services.orders import NeededWords, Order, Words
from gridapp.services.patrols.open_point import open_point, uuid_of
from gridapp.services.verbs import verb
from gridapp.tables import BuildingCode, Case, PatrolFinding, PatrolPoint


class FindFacts(PlacedFacts):
    """What was found at the point that is the subject.

    ``words`` tell what was done about it: with them it is settled on the spot, without them it is
    reported upward. ``at`` is the nearest building where the point is at none.
    """

    at: Annotated[str, Field(max_length=64)] = ""
    text: NeededWords
    category: Annotated[str, Field(max_length=32)] | None = None
    photos: Photos = ()
    words: Words = ""
    before: Photos = ()
    after: Photos = ()


@verb(Deed.FIND, FindFacts)
def find_at_point(act: Act, order: Order, facts: FindFacts) -> dict[str, Any]:
    """Report or settle a finding; the case says that a patrol found it, and the point is kept.

    Raises:
        NotThereError: No such point, or out of reach.
        FactsError: The building is missing, or the category may not be settled on the spot.
        UnknownPlaceError: The building code is unknown.
        PhotosMissingError: A photo named has not arrived.
    """
    point = open_point(act, uuid_of(order.subject), Deed.FIND)
    report = ReportFacts(
        at=facts.at or _code_of(act, point),
        text=at_point(facts.text, point),
        category=facts.category,
        photos=facts.photos,
        made_at=order.done_at,
        lng_wgs84=facts.lng_wgs84,
        lat_wgs84=facts.lat_wgs84,
        accuracy_m=facts.accuracy_m,
        source=Source.PATROL,
    )
    # What was settled there as well counts when it was done; else the town learns of it now.
    found_at = counted_at(order.done_at, act.now) if facts.words else None
    no = report_case(act, order.uid, report, found_at).no
    parsed = parse_case_no(no)
    assert parsed is not None
    assert point.id is not None
    act.session.add(PatrolFinding(case_id=parsed.case_id, point_id=point.id))
    if facts.words:
        done = SettleFacts(
            words=facts.words, outcome=Outcome.SOLVED, before=facts.before, after=facts.after
        )
        return settle_case(act, replace(order, subject=no), done)
    return reply_of(act.session.get_one(Case, parsed.case_id), order.uid)


def at_point(text: str, point: PatrolPoint) -> str:
    """Say in words where a point in the street is, for a case at the nearest building."""
    if point.building_id is not None:
        return text
    where = f"{point.name}（{point.spot}）" if point.spot else point.name
    return f"{text}\n巡查点：{where}"


def _code_of(act: Act, point: PatrolPoint) -> str:
    hanging = select(col(BuildingCode.code)).where(
        col(BuildingCode.building_id) == point.building_id, col(BuildingCode.retired_at).is_(None)
    )
    code: str | None = (
        act.session.execute(hanging.order_by(col(BuildingCode.code))).scalars().first()
    )
    if code is None:
        raise FactsError("请选择离这里最近的楼栋。", fields={"at": "请选择最近的楼栋"})
    return code
