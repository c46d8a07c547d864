"""What need not be known any longer is forgotten; the matter stays."""

from sqlalchemy import func, select

from gridapp.domain.vocabulary import Status
from gridapp.jobs.forget import forget
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.photos.keep import keep_photo
from gridapp.tables import Case, OutboxMessage, Photo
from tests.api.conftest import draw_photo, sha256
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import a_case


def the_case(desk: Desk) -> Case:
    with desk.looking(SYSTEM) as act:
        found: Case = act.session.execute(select(Case)).scalar_one()
        act.session.expunge(found)
    return found


def test_a_reporter_is_forgotten_a_year_after_closing(desk: Desk, cast: Cast, clock: Clock) -> None:
    a_case(desk, cast, Status.CLOSED, phone="13812345678", name="张三")
    clock.forward(days=364)
    assert (forget(desk), the_case(desk).reporter_phone) == (0, "13812345678")
    clock.forward(days=2)
    assert (forget(desk), forget(desk)) == (1, 0)
    case = the_case(desk)
    assert (case.reporter_phone, case.reporter_name, case.text[:2]) == ("", "", "三号")
    with desk.looking(SYSTEM) as act:
        assert act.session.execute(select(func.count(OutboxMessage.id))).scalar_one() == 0  # type: ignore[arg-type]


def test_an_open_case_keeps_its_reporter(desk: Desk, cast: Cast, clock: Clock) -> None:
    a_case(desk, cast, Status.TAKEN, phone="13812345678")
    clock.forward(days=800)
    forget(desk)
    assert the_case(desk).reporter_phone == "13812345678"


def test_a_photo_that_nobody_named_goes_after_a_day_with_its_files(
    desk: Desk, clock: Clock
) -> None:
    body = draw_photo("stray")
    with desk.acting(SYSTEM) as act:
        keep_photo(act, sha256(body), body, "23456789")
    clock.forward(hours=23)
    assert forget(desk) == 0
    clock.forward(hours=2)
    assert forget(desk) == 3  # the row, the picture and its thumbnail
    with desk.looking(SYSTEM) as act:
        assert act.session.execute(select(func.count(Photo.id))).scalar_one() == 0  # type: ignore[arg-type]
