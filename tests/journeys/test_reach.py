"""A resident's phone is told of progress, does its piece of work, and is never kept waiting."""

import json
import threading
from collections.abc import Iterator
from uuid import uuid4

import http_ece
import pytest
from playwright.sync_api import Page, expect

from gridapp.demo.drawings.scenes import Scene
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.buildings import own_buildings
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.deeds import do_deed
from gridapp.services.desk import RESIDENT
from gridapp.services.limits import LIMITS
from gridapp.services.messages.keys import base64url, public_key_of
from gridapp.services.orders import Order
from tests.adapters.test_push import AUTH, BROWSER
from tests.awaited import wait_for
from tests.gateway import Gateway, a_gateway
from tests.journeys.conftest import Shoot
from tests.journeys.hamlet import Hamlet, served_hamlet
from tests.journeys.people import photo, press, take
from tests.journeys.test_access import barriers

pytestmark = pytest.mark.journey

# What only a browser maker's push service can do: give this phone an address of its own.
_SUBSCRIBED = """endpoint => {
  PushManager.prototype.getSubscription = async () => null;
  PushManager.prototype.subscribe = async () => ({ toJSON: () => endpoint });
}"""
_NEVER = "() => { PushManager.prototype.subscribe = () => new Promise(() => {}); }"
_SHOWN = """async () => {
  const registrations = await navigator.serviceWorker.getRegistrations();
  const shown = await Promise.all(registrations.map((one) => one.getNotifications()));
  return shown.flat().map(({ title, body, data }) => ({ title, body, url: data.url }));
}"""


@pytest.fixture(scope="module")
def is_whole() -> bool:
    """The bare engine has no notifications."""
    return True


@pytest.fixture(scope="module")
def service() -> Iterator[Gateway]:
    """A push service on this machine."""
    with a_gateway() as gateway:
        yield gateway


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, service: Gateway) -> Iterator[Hamlet]:
    """The residents' pages alone, for which no front end is built."""
    folder = tmp_path_factory.mktemp("reach")
    with served_hamlet(folder, "--api-only", GRID_PUSH_SERVICES=service.host) as hamlet:
        yield hamlet


def reported(place: Hamlet, **facts: str) -> tuple[str, str]:
    """Report behind the pages; gives number and token."""
    told = {"at": place.home.code, "text": "三号楼门口的路灯不亮"} | facts
    with place.desk.acting(RESIDENT) as act:
        case = report_case(act, uuid4(), ReportFacts(**told))
    return case.no, case.track


def hot_building(place: Hamlet, number: int) -> str:
    """Let so many report from a building that one more has to work; gives its code."""
    with place.desk.looking(place.actor("li")) as act:
        code = own_buildings(act)[number].code
    for _ in range(LIMITS.place_calm_count):
        reported(place, at=code)
    return code


def open_track(place: Hamlet, phone: Page, track: str, stub: str, told: object = None) -> None:
    phone.context.grant_permissions(["notifications"], origin=place.address)
    phone.goto(f"{place.address}/c/{track}")
    phone.evaluate(stub, told)


def test_a_phone_is_told_by_its_push_service_of_what_has_become_of_the_matter(
    place: Hamlet, phone: Page, service: Gateway, shoot: Shoot
) -> None:
    no, track = reported(place, phone="13812345678")
    keys = {"p256dh": public_key_of(BROWSER), "auth": base64url(AUTH)}
    mine = {"endpoint": f"{service.url}/push/phone", "keys": keys}
    open_track(place, phone, track, _SUBSCRIBED, mine)
    press(phone, "开启通知")
    expect(phone.get_by_text("已开启，有进展会在这部手机上通知您。")).to_be_visible()
    phone.locator("#messages").scroll_into_view_if_needed()
    shoot(phone, "resident-messages")
    assert barriers(phone) == []
    came = threading.Event()
    service.on_request = came.set
    with place.desk.acting(place.actor("wang")) as act:
        do_deed(act, Order(Deed.DECLINE, no, {"words": "不属于本街道"}))
    assert came.wait(60)
    sealed = service.came[-1].body
    notice = http_ece.decrypt(sealed, private_key=BROWSER, auth_secret=AUTH, version="aes128gcm")
    for _ in range(2):  # the same notice sent twice is shown once
        deliver_to_worker(phone, place.address, notice.decode())
    shown = [
        {"title": "您上报的事有进展", "body": json.loads(notice)["body"], "url": f"/c/{track}"}
    ]
    assert phone.evaluate(_SHOWN) == shown
    press(phone, "关闭通知")
    expect(phone.get_by_role("button", name="开启通知")).to_be_visible()


def deliver_to_worker(phone: Page, origin: str, content: str) -> None:
    """Hand a notice to the service worker as the browser would, and wait until it is shown."""
    devtools = phone.context.new_cdp_session(phone)
    found: list[str] = []

    def note(event: dict[str, list[dict[str, str]]]) -> None:
        found.extend(one["registrationId"] for one in event["registrations"])

    devtools.on("ServiceWorker.workerRegistrationUpdated", note)
    devtools.send("ServiceWorker.enable")
    wait_for(phone, "async () => (await navigator.serviceWorker.ready).active !== null")
    told = {"origin": origin, "registrationId": found[0], "data": content}
    devtools.send("ServiceWorker.deliverPushMessage", told)
    wait_for(phone, f"async () => (await ({_SHOWN})()).length > 0")
    devtools.detach()


def test_where_no_push_service_answers_the_page_says_so_and_goes_on(
    place: Hamlet, phone: Page
) -> None:
    phone.clock.install()
    open_track(place, phone, reported(place)[1], _NEVER)
    press(phone, "开启通知")
    expect(phone.get_by_text("正在开启，请稍等。")).to_be_visible()
    phone.clock.fast_forward(9_000)
    expect(phone.get_by_text("这部手机一时连不上通知服务，不影响办理。")).to_be_visible()
    phone.get_by_label("补充说明").fill("晚上更黑")
    take(phone, "photos", photo(Scene.LAMP_OUT))
    press(phone, "提交补充")
    expect(phone.get_by_text("补充已收到。")).to_be_visible()


def test_a_phone_does_its_work_at_a_hot_place_and_the_report_is_let_in(
    place: Hamlet, phone: Page
) -> None:
    code = hot_building(place, 1)
    phone.goto(f"{place.address}/report?at={code}")
    phone.get_by_label("发生了什么").fill("整栋楼停电了")
    press(phone, "提交")
    expect(phone.get_by_text("谢谢您告诉我们")).to_be_visible()
    expect(phone.get_by_text("您这件已经收下")).to_have_count(0)


def test_at_a_hot_place_a_phone_whose_script_cannot_work_is_heard_all_the_same(
    place: Hamlet, phone: Page, problems: list[str]
) -> None:
    code = hot_building(place, 2)
    phone.route("**/field/prove.js", lambda route: route.abort())
    phone.goto(f"{place.address}/report?at={code}")
    phone.get_by_label("发生了什么").fill("整栋楼停电了")
    press(phone, "提交")
    expect(phone.get_by_text("您这件已经收下")).to_be_visible()
    problems.clear()
