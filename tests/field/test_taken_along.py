"""What is taken along is one person's, within a budget, and gone with them."""

from typing import Any

import pytest
from playwright.sync_api import Page

REFRESH = """async ([person, status, body, type]) => {
  const { refreshSnapshot } = await import("/field/snapshot.js");
  const headers = { "content-type": type, etag: '"a"' };
  const text = body === null ? null : typeof body === "string" ? body : JSON.stringify(body);
  const fetch = async () => new Response(text, { status, headers });
  const { outcome, snapshot } = await refreshSnapshot(person, { fetch, now: () => 7 });
  return [outcome, snapshot?.content?.tasks ?? null];
}"""
FIND = """async (person) => {
  const { findSnapshot } = await import("/field/snapshot.js");
  return (await findSnapshot(person))?.content.tasks ?? null;
}"""
KEEP = """async ([person, wanted, sizes, budget]) => {
  const { keepThumbs } = await import("/field/thumbs.js");
  const asked = [];
  const fetch = async (url) => {
    const sha = url.split("/").pop().split("?")[0];
    asked.push(sha);
    const status = sizes[sha] ? 200 : 404;
    const headers = { "content-type": "image/jpeg" };
    return new Response(new Uint8Array(sizes[sha] ?? 0), { status, headers });
  };
  await keepThumbs(person, wanted, { fetch, budget });
  return asked;
}"""
KEPT = """async ([person, shas]) => {
  const { findThumb } = await import("/field/thumbs.js");
  const kept = await Promise.all(shas.map((sha) => findThumb(person, sha)));
  return shas.filter((_, at) => kept[at]);
}"""
FORGET = """async (person) => (await import("/field/snapshot.js")).forgetOthers(person)"""
JSON = "application/json"


def content(person: int, *tasks: str) -> dict[str, Any]:
    return {"me": {"person": person}, "tasks": list(tasks)}


def refresh(page: Page, person: int, status: int, body: Any, kind: str = JSON) -> Any:
    return page.evaluate(REFRESH, [person, status, body, kind])


def keep(page: Page, person: int, wanted: list[str], budget: int = 100) -> Any:
    return page.evaluate(KEEP, [person, wanted, {"a": 40, "b": 40, "c": 40}, budget])


def kept(page: Page, person: int) -> Any:
    return page.evaluate(KEPT, [person, ["a", "b", "c"]])


def test_what_came_is_kept_and_the_same_again_stays(page: Page) -> None:
    assert refresh(page, 7, 200, content(7, "first")) == ["fresh", ["first"]]
    assert refresh(page, 7, 304, None) == ["same", ["first"]]


@pytest.mark.parametrize(
    ("status", "body", "kind", "outcome"),
    [
        (200, "<html>请先登录</html>", "text/html", "unreachable"),
        (200, "<html>请先登录</html>", JSON, "unreachable"),
        (200, content(8, "of another"), JSON, "unreachable"),
        (200, {"me": {"person": 7}}, JSON, "unreachable"),
        (500, {"code": "gridapp.error"}, "application/problem+json", "unreachable"),
        (401, {"code": "session.needed"}, "application/problem+json", "signed_out"),
        (403, {"code": "session.other_person"}, "application/problem+json", "signed_out"),
    ],
)
def test_whatever_else_comes_leaves_what_was_kept(
    page: Page, status: int, body: Any, kind: str, outcome: str
) -> None:
    refresh(page, 7, 200, content(7, "first"))
    assert refresh(page, 7, status, body, kind) == [outcome, ["first"]]
    assert page.evaluate(FIND, 7) == ["first"]


def test_another_person_finds_nothing_and_the_first_ones_is_forgotten(page: Page) -> None:
    refresh(page, 7, 200, content(7, "first"))
    keep(page, 7, ["a"])
    assert page.evaluate(FIND, 8) is None
    page.evaluate(FORGET, 8)
    assert (page.evaluate(FIND, 7), kept(page, 7)) == (None, [])


def test_photos_are_kept_as_far_as_the_budget_reaches_the_most_urgent_first(page: Page) -> None:
    keep(page, 7, ["c", "b", "a"])
    assert kept(page, 7) == ["b", "c"]


def test_a_photo_that_is_kept_is_not_fetched_again(page: Page) -> None:
    keep(page, 7, ["a", "b"])
    assert keep(page, 7, ["a", "b"]) == []


def test_what_is_no_longer_wanted_makes_room(page: Page) -> None:
    keep(page, 7, ["a", "b"])
    keep(page, 7, ["c"])
    assert kept(page, 7) == ["c"]


def test_a_photo_that_is_not_to_be_had_keeps_no_place(page: Page) -> None:
    keep(page, 7, ["gone", "a", "b"])
    assert kept(page, 7) == ["a", "b"]


def test_one_persons_photos_do_not_push_out_anothers(page: Page) -> None:
    keep(page, 7, ["a", "b"])
    keep(page, 8, ["c"])
    assert (kept(page, 7), kept(page, 8)) == (["a", "b"], ["c"])
