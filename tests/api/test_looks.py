"""What is looked at: places, lists page by page, the map, the snapshot, health."""

from dataclasses import replace

import httpx
import pytest

from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.desk import Desk, use_desk
from gridapp.services.photos import state
from gridapp.services.photos.state import look_at_decoders
from gridapp.services.store.migrate import downgrade
from tests.api.client import Client
from tests.api.conftest import SignIn
from tests.cast import PASSWORD, Cast
from tests.clock import Clock
from tests.makers import TOLD, a_case, do, report

pytestmark = pytest.mark.both_databases


def test_a_place_tells_its_grid_contacts_and_categories(zhang: Client, cast: Cast) -> None:
    said = zhang.get(f"/places/{cast.code1.lower()}")
    place = said.json()
    assert (place["building"], place["grid"]) == ("1号楼", "南大街第一网格")
    assert place["contacts"][0]["name"] == "李建国"
    assert {"code", "name", "root"} <= place["categories"][0].keys()
    assert said.headers["cache-control"] == "public, max-age=60"


def test_a_place_that_is_known_already_is_not_sent_again(zhang: Client, cast: Cast) -> None:
    path = f"/places/{cast.code1}"
    tag = zhang.get(path).headers["etag"]
    again = zhang.get(path, headers={"if-none-match": f'"other", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")


def test_a_new_matter_changes_a_places_tag(zhang: Client, desk: Desk, cast: Cast) -> None:
    path = f"/places/{cast.code1}"
    tag = zhang.get(path).headers["etag"]
    report(desk, cast)
    again = zhang.get(path, headers={"if-none-match": tag})
    assert (again.status_code, again.json()["open_count"]) == (200, 1)


def test_pages_by_key_lose_nothing_and_repeat_nothing(wang: Client, desk: Desk, cast: Cast) -> None:
    made = [report(desk, cast).no for _ in range(5)]
    seen, after = [], ""
    for _ in range(3):
        page = wang.get(f"/cases?limit=2&after={after}").json()
        seen += [card["no"] for card in page["items"]]
        after = page["next"]
    assert (seen, after, page["total"]) == (made[::-1], "", 5)


def test_a_list_is_filtered_by_several_statuses(wang: Client, desk: Desk, cast: Cast) -> None:
    first, second = report(desk, cast).no, report(desk, cast).no
    do(desk, cast.actor("wang"), Deed.ACCEPT, second, **TOLD[Deed.ACCEPT])
    page = wang.get("/cases?status=accepted,closed&status=declined").json()
    assert [card["no"] for card in page["items"]] == [second] != [first]


def test_no_list_or_case_lets_a_phone_out(sign_in: SignIn, desk: Desk, cast: Cast) -> None:
    no = report(desk, cast, phone="13812345678", name="张三丰").no
    for login in ("wang", "li"):
        client = sign_in(login)
        said = client.get(f"/cases/by-no/{no}").text + client.get("/cases").text
        assert "138****5678" in said
        assert "13812345678" not in said
        assert "张三丰" not in said


def test_the_overview_counts_with_numerator_and_denominator(
    sign_in: SignIn, desk: Desk, cast: Cast
) -> None:
    a_case(desk, cast, Status.CLOSED)
    a_case(desk, cast)
    figures = sign_in("leader").get("/stats/overview?from=2026-06-01&to=2026-06-30").json()
    assert (figures["reported_count"], figures["closed_count"]) == (2, 1)
    due = next(rate for rate in figures["rates"] if rate["label"] == "准确派遣率")
    assert (due["numerator"], due["denominator"]) == (1, 1)


@pytest.mark.parametrize(
    ("query", "status"),
    [("from=2026-06-30&to=2026-06-01", 422), ("to=9999-12-31", 422), ("from=0001-01-01", 422),
     ("from=soon", 422), ("grid=310107005", 404), ("", 200)],
)  # fmt: skip
def test_the_overview_answers_any_period(sign_in: SignIn, query: str, status: int) -> None:
    assert sign_in("leader").get(f"/stats/overview?{query}").status_code == status


def test_figures_are_for_those_who_lead(sign_in: SignIn) -> None:
    assert sign_in("li").get("/stats/overview").status_code == 403


def test_the_map_shows_what_is_open_in_reach(sign_in: SignIn, desk: Desk, cast: Cast) -> None:
    no = report(desk, cast, lng_wgs84=121.4, lat_wgs84=31.25).no
    points = sign_in("li").get("/map").json()
    case = next(f for f in points["features"] if f["properties"]["kind"] == "case")
    assert (case["properties"]["no"], case["geometry"]["coordinates"]) == (no, [121.4, 31.25])
    assert points["grids"][0]["open_count"] == 1
    far = sign_in("sun").get("/map").json()
    assert (far["features"], far["grids"]) == ([], [])


def test_a_grid_out_of_reach_has_no_map(li: Client) -> None:
    assert li.get("/map?grid=310107022001001").status_code == 200
    assert li.get("/map?grid=310107022001002").status_code == 404


def test_the_snapshot_takes_along_what_the_own_grids_need(
    li: Client, desk: Desk, cast: Cast
) -> None:
    no = a_case(desk, cast).no
    do(desk, cast.actor("wang"), Deed.ACCEPT, no)
    do(desk, cast.actor("wang"), Deed.DISPATCH, no)
    taken = li.get("/me/snapshot").json()
    assert [(task["no"], task["is_mine"]) for task in taken["tasks"]] == [(no, True)]
    assert [place["code"] for place in taken["buildings"]] == [cast.code1]
    assert taken["me"]["login"] == "li"


def test_the_snapshot_does_not_age_by_the_clock(li: Client, desk: Desk, cast: Cast) -> None:
    report(desk, cast)
    tag = li.get("/me/snapshot").headers["etag"]
    desk.clock.forward(minutes=5)  # type: ignore[attr-defined]  # the tests' clock
    assert li.get("/me/snapshot", headers={"if-none-match": tag}).status_code == 304


def test_the_snapshot_takes_along_patrol_points_and_the_nights_of_the_grid(
    li: Client, desk: Desk, cast: Cast
) -> None:
    chen = cast.actor("chen")
    do(desk, chen, Deed.ADD_POINT, at=cast.code1, name="配电房", every_days=3)
    grid, nights = "310107022001001", ["2026-06-10"]
    do(desk, chen, Deed.MAKE_ROSTER, grid=grid, nights=nights, people=[cast.li])
    patrols = li.get("/me/snapshot").json()["patrols"]
    assert [(p["name"], p["due_on"]) for p in patrols["points"]] == [("配电房", "2026-06-10")]
    assert [(n["night_on"], n["is_mine"]) for n in patrols["nights"]] == [("2026-06-10", True)]


def test_who_goes_on_no_patrol_takes_none_along(sign_in: SignIn) -> None:
    patrols = sign_in("dept").get("/me/snapshot").json()["patrols"]
    assert patrols == {"points": [], "nights": []}


def test_health_tells_that_the_house_stands(own_zhang: Client) -> None:
    health = own_zhang.get("/health").json()
    assert (health["status"], health["migrations_current"]) == ("ok", True)
    assert health["outbox_late"] is False


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_health_tells_staff_alone_how_photos_are_decoded(
    own_zhang: Client, own_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own_desk
    monkeypatch.setattr(state, "_seen", [])
    seen = look_at_decoders()
    assert own_zhang.get("/health").json()["decoders"] is None
    own_zhang.post("/session", {"login": "li", "password": PASSWORD})
    told = own_zhang.get("/health").json()["decoders"]
    assert seen is not None
    assert told == {"libheif": seen.libheif, "takes_heic": False, "guards": seen.guards}


def test_health_tells_that_messages_wait_too_long(
    own_zhang: Client, own_desk: Desk, clock: Clock, cast: Cast
) -> None:
    report(own_desk, cast, phone="13812345678")
    clock.forward(minutes=16)
    health = own_zhang.get("/health").json()
    assert (health["outbox_waiting_count"], health["outbox_late"]) == (1, True)


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_health_without_its_tables_is_down(own_zhang: Client, own_desk: Desk) -> None:
    downgrade(own_desk.engine, "base")
    said = own_zhang.get("/health")
    assert (said.status_code, said.json()["status"]) == (503, "down")


def metrics_as(client: Client, login: str) -> httpx.Response:
    if login:
        said = client.post("/session", {"login": login, "password": PASSWORD})
        assert said.status_code == 200
    return client.get("/metrics")


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_metrics_count_routes_and_not_tokens(own_zhang: Client) -> None:
    own_zhang.get("/cases/some-secret-token")
    text = metrics_as(own_zhang, "admin").text
    assert 'gridapp_requests_total{route="GET /api/v1/cases/{track}",status="404"} 1' in text
    assert "some-secret-token" not in text


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_metrics_are_for_the_watcher(own_zhang: Client, own_desk: Desk) -> None:
    said = [metrics_as(own_zhang, login).status_code for login in ("", "wang", "sec", "audit")]
    assert said == [401, 403, 403, 200]
    own_zhang.send("DELETE", "/session")
    token = "a-token-of-the-watcher"
    settings = own_desk.settings.model_copy(update={"metrics_token": token})
    use_desk(replace(own_desk, settings=settings))
    shown = [{"authorization": f"Bearer {one}"} for one in (token, "", "a-token-of-a-stranger")]
    assert [own_zhang.get("/metrics", headers=h).status_code for h in shown] == [200, 401, 401]
