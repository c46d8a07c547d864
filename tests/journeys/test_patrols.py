"""A head lays a point and a night patrol; the worker sees both, goes there and finds something."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlmodel import Session, select

from gridapp.domain.vocabulary import Source
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Desk
from gridapp.tables import Case, PatrolFinding, PatrolPoint
from tests.journeys.conftest import OpenWindow, Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import press, sign_in
from tests.journeys.test_visits import KEPT

pytestmark = pytest.mark.journey


def barriers(page: Page) -> list[str]:
    found = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [one["id"] for one in Axe().run(page).response["violations"]]
    return found


def tomorrow(desk: Desk) -> str:
    return (beijing_date(desk.clock()) + timedelta(days=1)).isoformat()


def finding(hamlet: Hamlet, point: str) -> Case:
    with Session(hamlet.desk.engine) as session:
        asked = select(Case).join(PatrolFinding).join(PatrolPoint)
        return session.exec(asked.where(PatrolPoint.name == point)).one()


def test_a_night_that_the_head_makes_is_seen_by_who_goes(
    hamlet: Hamlet, open_window: OpenWindow, shoot: Shoot
) -> None:
    head, worker = open_window(), open_window()
    width = head.viewport_size["width"] if head.viewport_size else 0
    theme, people = f"商圈夜巡{width}", f"王大爷、张阿姨{width}"
    sign_in(head, hamlet.address, "chen")
    head.goto(f"{hamlet.address}/patrols")
    expect(head.get_by_role("region", name="巡查日历")).to_be_visible()
    expect(head.locator("thead [aria-current=date]")).to_be_in_viewport(ratio=1)
    assert barriers(head) == []
    shoot(head, "patrols")
    press(head, "排夜巡")
    form = head.get_by_role("dialog")
    form.get_by_label("主题").fill(theme)
    form.get_by_label("从哪天").fill(tomorrow(hamlet.desk))
    form.get_by_label("到哪天").fill(tomorrow(hamlet.desk))
    form.get_by_label("李建国（网格员）").check()
    form.get_by_label("没有账号的志愿者").fill(people)
    shoot(head, "patrols-roster")
    press(form, "确认排夜巡")
    expect(head.get_by_text("已排夜巡。")).to_be_visible()
    expect(head.get_by_text(f"李建国、{people}")).to_be_visible()
    sign_in(worker, hamlet.address, "li")
    worker.goto(f"{hamlet.address}/field/today")
    worker.get_by_role("link", name=theme).click()
    expect(worker.get_by_text(f"李建国、{people}")).to_be_visible()
    press(worker, "请人顶班")
    expect(worker.get_by_text("李建国（求人顶班）")).to_be_visible()
    assert barriers(worker) == []
    shoot(worker, "today-night")


def test_what_is_found_at_a_point_becomes_a_case(
    hamlet: Hamlet, open_window: OpenWindow, shoot: Shoot, problems: list[str]
) -> None:
    head, worker = open_window(), open_window()
    name = f"水泵房{worker.viewport_size['width'] if worker.viewport_size else ''}"
    sign_in(head, hamlet.address, "chen")
    head.goto(f"{hamlet.address}/patrols")
    press(head, "新增巡查点")
    form = head.get_by_role("dialog")
    form.get_by_label("名称").fill(name)
    form.get_by_label("具体位置").fill("泵房西侧")
    press(form, "确认新增巡查点")
    expect(head.get_by_text("已新增巡查点。")).to_be_visible()
    sign_in(worker, hamlet.address, "li")
    worker.goto(f"{hamlet.address}/field/today")
    expect(worker.get_by_role("link", name=name)).to_be_visible()
    shoot(worker, "today-patrols")
    for path in ("/field/today", "/field/check_in"):
        worker.evaluate(KEPT, path)
    worker.context.set_offline(offline=True)
    worker.reload()
    worker.get_by_role("link", name=name).click()
    press(worker, "签到")
    expect(worker.get_by_text(f"已签到：{name}")).to_be_visible()
    problems.clear()  # that there was no network is no complaint
    worker.context.set_offline(offline=False)
    expect(worker.locator("#saved[data-arrived]")).to_be_visible()
    worker.get_by_role("link", name="上报", exact=True).click()
    expect(worker.get_by_text("会记为这次巡查的发现")).to_be_visible()
    expect(worker.locator("form[data-started]")).to_be_visible()
    worker.get_by_label("在哪栋楼").select_option(hamlet.home.code)
    worker.get_by_label("看到了什么").fill("水泵房门没有锁")
    press(worker, "上报")
    expect(worker.locator("#saved[data-arrived]")).to_be_visible()
    assert finding(hamlet, name).source is Source.PATROL
