"""What residents of the journeys have reported before, and that everybody can use a page."""

from uuid import uuid4

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.areas.places import see_place
from gridapp.services.cases.report import Reported, ReportFacts, report_case
from gridapp.services.deeds import do_deed
from gridapp.services.desk import RESIDENT
from gridapp.services.orders import Order
from tests.journeys.hamlet import Hamlet

_RULES = {"runOnly": ["wcag2a", "wcag2aa"]}


def check_everybody_can_use(page: Page) -> None:
    """Let axe look at a page: names, roles, contrast."""
    found = Axe().run(page, options=_RULES)
    assert found.violations_count == 0, found.generate_report()


def a_case_of(
    hamlet: Hamlet,
    status: Status = Status.REPORTED,
    *,
    category: str = "street_lamp",
    phone: str = "",
) -> Reported:
    """Report a case at home; closed, a worker has settled it on the spot."""
    facts = ReportFacts(
        at=hamlet.home.code, text="楼道的灯不亮", category=category, phone=phone or None
    )
    with hamlet.desk.acting(RESIDENT) as act:
        case = report_case(act, uuid4(), facts)
    if status is Status.CLOSED:
        with hamlet.desk.acting(hamlet.actor("li")) as act:
            do_deed(act, Order(Deed.SETTLE, case.no, {"words": "已当场更换灯泡"}))
    return case


def open_matter(hamlet: Hamlet) -> str:
    """See to it that something is open at home; gives its category's name."""
    a_case_of(hamlet)
    with hamlet.desk.looking(RESIDENT) as act:
        return see_place(act, hamlet.home.code).matters[0].category
