"""Staff do their work in the browser: the inbox, one case, the deeds, the figures."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session

from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.cases.report import Reported
from gridapp.services.database.engine import open_engine
from gridapp.services.desk import Desk, use_desk
from gridapp.services.file_store import FileStore
from gridapp.services.people.sessions import begin_session
from gridapp.services.store.migrate import migrate
from gridapp.settings import Settings
from tests.cast import Cast, build_cast
from tests.makers import a_case, do, report
from tests.served import served

pytestmark = [pytest.mark.journey, pytest.mark.desk_first]

_SECRET = "a secret of the journeys, long enough"


@dataclass(frozen=True)
class Street:
    """A served street with the cast in it, and the same desk for whoever acts meanwhile."""

    address: str
    desk: Desk
    cast: Cast


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    folder = tmp_path_factory.mktemp("street")
    settings = Settings(data_dir=folder, secret_key=_SECRET, _env_file=None)
    engine = open_engine(settings.database_url)
    migrate(engine)
    with Session(engine.execution_options(writes=True)) as session:
        cast = build_cast(session)
    desk = Desk(engine, FileStore(Path(settings.files_url)), settings)
    use_desk(desk)
    with served(folder, GRID_SECRET_KEY=_SECRET) as address:
        yield Street(address, desk, cast)
    engine.dispose()


SignIn = Callable[[Page, str], None]


@pytest.fixture
def sign_in(street: Street) -> SignIn:
    def by_cookie(page: Page, name: str) -> None:
        with street.desk.acting(street.cast.actor(name)) as act:
            token = begin_session(act, getattr(street.cast, name), "journey")
        page.context.add_cookies([{"name": "grid_session", "value": token, "url": street.address}])

    return by_cookie


def open_case(page: Page, street: Street, case: Reported, where: str = "/desk/case") -> None:
    page.goto(f"{street.address}{where}?no={case.no}")
    expect(page.get_by_role("article", name=f"事件 {case.no}")).to_be_visible()


def test_a_dispatcher_finds_accepts_and_dispatches(
    street: Street, anywhere: Page, sign_in: SignIn
) -> None:
    case = report(street.desk, street.cast, text="𠮷祥里的水管爆了，水往外冒")
    sign_in(anywhere, "wang")
    anywhere.goto(f"{street.address}/desk")
    anywhere.get_by_role("searchbox", name="搜索事件").fill("水管")
    anywhere.get_by_role("button", name="搜索", exact=True).click()
    anywhere.locator(f"a[href$='{case.no}']", has_text="水管爆了").click()
    expect(anywhere.get_by_role("heading", name="水管爆了")).to_be_focused()
    expect(anywhere).to_have_title(re.compile(r".+·事件·社区网格"))
    anywhere.get_by_role("button", name="受理", exact=True).click()
    anywhere.get_by_role("dialog").get_by_label("分类").select_option("water")
    anywhere.get_by_role("button", name="确认受理").click()
    expect(anywhere.get_by_role("status").first).to_have_text("已受理，这件事现在待派遣。")
    anywhere.get_by_role("button", name="派遣", exact=True).click()
    anywhere.get_by_label("派给").select_option(label="市政所")
    anywhere.get_by_role("button", name="确认派遣").click()
    expect(anywhere.get_by_role("article", name=f"事件 {case.no}")).to_contain_text("派给市政所")


def test_a_double_tap_does_the_deed_once(street: Street, phone: Page, sign_in: SignIn) -> None:
    case = report(street.desk, street.cast)
    sign_in(phone, "wang")
    open_case(phone, street, case)
    phone.get_by_role("button", name="受理", exact=True).click()
    phone.get_by_role("button", name="确认受理").dblclick()
    expect(phone.get_by_role("dialog")).to_have_count(0)
    expect(phone.get_by_role("status").first).to_have_text("已受理，这件事现在待派遣。")
    expect(phone.get_by_role("list", name="办理过程").get_by_text("受理 · 王芳")).to_have_count(1)


def test_whoever_comes_second_sees_what_has_changed(
    street: Street, phone: Page, sign_in: SignIn
) -> None:
    case = a_case(street.desk, street.cast, Status.ACCEPTED)
    sign_in(phone, "wang")
    open_case(phone, street, case)
    phone.get_by_role("button", name="派遣", exact=True).click()
    phone.get_by_label("交办要求").fill("请今天处理")
    do(street.desk, street.cast.actor("wang"), Deed.URGE, case.no, words="快")
    phone.get_by_role("button", name="确认派遣").click()
    expect(phone.get_by_role("dialog").get_by_role("alert")).to_contain_text("情况已有变化")
    expect(phone.get_by_label("交办要求")).to_have_value("请今天处理")
    phone.get_by_role("button", name="确认派遣").click()
    expect(phone.get_by_role("status").first).to_have_text("已派遣，这件事现在待接单。")


def test_a_deed_overtaken_by_another_is_no_longer_offered(
    street: Street, phone: Page, sign_in: SignIn
) -> None:
    case = report(street.desk, street.cast)
    sign_in(phone, "wang")
    open_case(phone, street, case)
    phone.get_by_role("button", name="受理", exact=True).click()
    do(street.desk, street.cast.actor("wang"), Deed.DECLINE, case.no, words="不归街道管")
    phone.get_by_role("button", name="确认受理").click()
    expect(phone.get_by_role("dialog")).to_have_count(0)
    expect(phone.get_by_role("alert").first).to_contain_text("情况已有变化")
    expect(phone.get_by_role("article").first).to_contain_text("不予受理")


def test_escape_puts_the_form_away_and_the_focus_back(
    street: Street, desk: Page, sign_in: SignIn
) -> None:
    case = report(street.desk, street.cast)
    sign_in(desk, "wang")
    open_case(desk, street, case)
    accept = desk.get_by_role("button", name="受理", exact=True)
    accept.click()
    expect(desk.get_by_label("分类")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    expect(accept).to_be_focused()


def test_a_worker_takes_a_task_and_goes_on_to_handle_it(
    street: Street, anywhere: Page, sign_in: SignIn
) -> None:
    case = a_case(street.desk, street.cast, Status.ACCEPTED, text="单元门前的路灯坏了")
    do(street.desk, street.cast.actor("wang"), Deed.DISPATCH, case.no)
    sign_in(anywhere, "li")
    anywhere.goto(f"{street.address}/worker")
    tasks = anywhere.get_by_role("list", name="我的任务")
    tasks.locator(f"a[href$='{case.no}']").click()
    anywhere.get_by_role("button", name="接单").click()
    handle = anywhere.get_by_role("link", name="处置")
    expect(handle).to_have_attribute("href", f"/field/handle?no={case.no}")


def test_a_verifier_begins_with_what_is_to_be_verified(
    street: Street, phone: Page, sign_in: SignIn
) -> None:
    a_case(street.desk, street.cast, Status.HANDLED)
    sign_in(phone, "zhao")
    phone.goto(f"{street.address}/desk")
    tab = phone.get_by_role("tab", name="待核查")
    expect(tab).to_have_attribute("aria-selected", "true")
    phone.get_by_role("list", name="事件列表").get_by_role("link").first.click()
    phone.get_by_role("button", name="核查通过").click()
    phone.get_by_role("button", name="确认核查通过").click()
    expect(phone.get_by_role("status").first).to_have_text("已核查通过，这件事现在待结案。")


def test_a_reporter_is_shown_in_full_for_a_reason(
    street: Street, phone: Page, sign_in: SignIn
) -> None:
    case = report(street.desk, street.cast, phone="13800138000", name="张三丰")
    sign_in(phone, "wang")
    open_case(phone, street, case)
    expect(phone.get_by_text("138****8000")).to_be_visible()
    phone.get_by_role("button", name="查看上报人完整信息").click()
    phone.get_by_label("理由").fill("回电核实地点")
    phone.get_by_role("button", name="确认查看完整信息").click()
    call = phone.get_by_role("link", name="拨打电话")
    expect(call).to_have_attribute("href", "tel:13800138000")


def test_a_leader_reads_figures_with_their_formula(
    street: Street, anywhere: Page, sign_in: SignIn
) -> None:
    report(street.desk, street.cast)
    sign_in(anywhere, "leader")
    anywhere.goto(f"{street.address}/leader")
    anywhere.get_by_text("准确派遣率", exact=True).click()
    expect(anywhere.get_by_text("准确派遣率 = 一次派准数 ÷ 派遣数")).to_be_visible()
    anywhere.get_by_role("link", name="南大街社区").click()
    expect(anywhere.get_by_role("heading", name="南大街社区")).to_be_visible()
    anywhere.get_by_role("button", name="今天").click()
    expect(anywhere.get_by_role("button", name="今天")).to_have_attribute("aria-pressed", "true")


def test_a_stranger_is_led_to_sign_in_and_back(street: Street, phone: Page) -> None:
    phone.goto(f"{street.address}/desk/case?no=26061000001")
    phone.wait_for_url(f"{street.address}/sign-in?next=/desk/case%3Fno%3D26061000001")


@pytest.mark.parametrize(("who", "where"), [("admin", "/desk"), ("li", "/leader")])
def test_another_post_s_page_says_so_kindly(
    street: Street, phone: Page, sign_in: SignIn, who: str, where: str
) -> None:
    sign_in(phone, who)
    phone.goto(f"{street.address}{where}")
    expect(phone.get_by_text("这个页面不归您的岗位使用")).to_be_visible()


def test_a_case_out_of_reach_looks_like_none(street: Street, phone: Page, sign_in: SignIn) -> None:
    case = report(street.desk, street.cast, at=street.cast.code2)
    sign_in(phone, "li")
    phone.goto(f"{street.address}/worker/case?no={case.no}")
    expect(phone.get_by_text("没有找到这件事")).to_be_visible()


def test_signing_out_ends_at_the_sign_in_page(street: Street, phone: Page, sign_in: SignIn) -> None:
    sign_in(phone, "wang")
    phone.goto(f"{street.address}/me")
    phone.get_by_role("button", name="退出登录").click()
    phone.wait_for_url("**/sign-in**")
    phone.goto(f"{street.address}/desk")
    phone.wait_for_url("**/sign-in?next=/desk")
