"""The outbox on the device, in a real IndexedDB: all of a capture is kept, or none of it."""

from typing import Any

import pytest
from playwright.sync_api import Page

KEEP = """async ([capture, photos, draft]) => {
  const { keepCapture } = await import("/field/box.js");
  const bytesOf = (photo) => ({ ...photo, bytes: new Uint8Array(photo.bytes).buffer });
  try {
    await keepCapture(capture, photos.map(bytesOf), draft);
    return "kept";
  } catch (error) {
    return error.constructor.name;
  }
}"""
LOOK = """async () => {
  const { allRecords, photosOf } = await import("/field/box.js");
  const records = await allRecords();
  const photos = (await Promise.all(records.map(({ id }) => photosOf(id)))).flat();
  const listed = (photo) => ({ ...photo, bytes: Array.from(new Uint8Array(photo.bytes)) });
  return { records, photos: photos.map(listed) };
}"""
DRAFT = """async (key) => (await import("/field/store.js")).findDraft(key)"""
KEEP_DRAFT = """async (key) => {
  const { keepDraft } = await import("/field/store.js");
  return keepDraft({ key, fields: { text: "积水" } });
}"""
ANSWER = """async ([id, told]) => {
  const { applyAnswer } = await import("/field/box.js");
  return applyAnswer(id, told, 1000, 0);
}"""


def capture(name: str, **changes: Any) -> dict[str, Any]:
    made = {
        "id": name,
        "person": 7,
        "kind": "deed",
        "subject": name,
        "body": {"deed": "note.write"},
    }
    return made | changes


def keep(page: Page, told: dict[str, Any], photos: tuple[Any, ...] = (), draft: str = "") -> Any:
    return page.evaluate(KEEP, [told, list(photos), draft])


def look(page: Page) -> Any:
    return page.evaluate(LOOK)


def names(page: Page) -> list[str]:
    return [record["id"] for record in look(page)["records"]]


def test_a_capture_keeps_its_photos_byte_for_byte_and_ends_its_draft(page: Page) -> None:
    page.evaluate(KEEP_DRAFT, "note")

    said = keep(
        page, capture("a"), ({"sha": "aa", "bytes": [0, 255, 7], "type": "image/jpeg"},), "note"
    )

    assert said == "kept"
    assert look(page)["photos"][0]["bytes"] == [0, 255, 7]
    assert page.evaluate(DRAFT, "note") is None


def test_records_stand_in_the_order_of_capture(page: Page) -> None:
    for name in ("c", "a", "b"):
        keep(page, capture(name, made_at="2001-01-01T00:00:00Z"))

    assert names(page) == ["c", "a", "b"]


def test_the_same_capture_twice_is_kept_once_and_loses_no_draft(page: Page) -> None:
    keep(page, capture("a"))
    page.evaluate(KEEP_DRAFT, "note")

    said = keep(page, capture("a", body={"deed": "other"}), draft="note")

    assert said == "KeyTakenError"
    assert look(page)["records"][0]["body"] == {"deed": "note.write"}
    assert page.evaluate(DRAFT, "note") is not None


def test_a_full_phone_is_said_and_keeps_what_was_there(page: Page, assets: str) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": assets, "quotaSize": 400_000})
    page.evaluate(KEEP_DRAFT, "note")

    said = keep(page, capture("a"), ({"sha": "aa", "bytes": [7] * 900_000, "type": ""},), "note")

    assert said == "StoreFullError"
    assert names(page) == []
    assert page.evaluate(DRAFT, "note") is not None


def test_a_connection_that_the_browser_lost_is_opened_again(page: Page) -> None:
    page.evaluate(
        """() => {
          const open = IDBFactory.prototype.open;
          globalThis.connections = [];
          IDBFactory.prototype.open = function (...asked) {
            const request = open.apply(this, asked);
            request.addEventListener("success", () => connections.push(request.result));
            return request;
          };
        }"""
    )
    keep(page, capture("a"))
    page.evaluate("() => connections[0].close()")

    assert keep(page, capture("b")) == "kept"
    assert page.evaluate("() => connections.length") == 2
    assert names(page) == ["a", "b"]


def test_without_a_database_nothing_is_said_to_be_kept(page: Page) -> None:
    page.evaluate(
        "() => { IDBFactory.prototype.open = () => { throw new DOMException('', 'UnknownError') } }"
    )

    assert keep(page, capture("a")) == "StoreLostError"


def test_drafts_of_the_first_version_outlive_the_outbox_coming(page: Page) -> None:
    page.evaluate(
        """() => new Promise((resolve) => {
          const request = indexedDB.open("gridapp", 1);
          request.onupgradeneeded = () =>
            request.result.createObjectStore("drafts", { keyPath: "key" });
          request.onsuccess = () => {
            const drafts = request.result.transaction("drafts", "readwrite").objectStore("drafts");
            drafts.put({ key: "note", fields: { text: "积水" } }).onsuccess = () => {
              request.result.close();
              resolve();
            };
          };
        })"""
    )

    assert keep(page, capture("a")) == "kept"
    assert page.evaluate(DRAFT, "note")["fields"] == {"text": "积水"}


def test_a_receipt_takes_the_record_and_its_photos_out(page: Page) -> None:
    keep(page, capture("a"), ({"sha": "aa", "bytes": [1], "type": ""},))
    keep(page, capture("b"), ({"sha": "aa", "bytes": [1], "type": ""},))

    page.evaluate(ANSWER, ["a", {"happening": "receipt", "reply": {"receipt": "a"}}])

    left = look(page)
    assert [record["id"] for record in left["records"]] == ["b"]
    assert [photo["record"] for photo in left["photos"]] == ["b"]


def test_what_was_captured_on_top_goes_on_from_the_version_it_led_to(page: Page) -> None:
    for name, version in (("take", 3), ("handle", 3), ("later", 9)):
        keep(page, capture(name, subject="C1", body={"version": version}))

    page.evaluate(ANSWER, ["take", {"happening": "receipt", "reply": {"version": 4}}])

    assert [record["body"]["version"] for record in look(page)["records"]] == [4, 9]


def test_an_ended_session_stops_all_of_that_person_and_nobody_else(page: Page) -> None:
    for name, person in (("a", 7), ("b", 7), ("c", 8), ("d", None)):
        keep(page, capture(name, person=person))

    page.evaluate(ANSWER, ["a", {"happening": "signed_out"}])

    states = [record["state"] for record in look(page)["records"]]
    assert states == ["needs_sign_in", "needs_sign_in", "waiting", "waiting"]


def test_signing_in_again_sets_ones_own_records_free(page: Page) -> None:
    for name, person in (("a", 7), ("b", 8)):
        keep(page, capture(name, person=person))
        page.evaluate(ANSWER, [name, {"happening": "signed_out"}])

    count = page.evaluate("async () => (await import('/field/box.js')).signIn(7)")

    assert count == 1
    assert [record["state"] for record in look(page)["records"]] == ["waiting", "needs_sign_in"]


def test_photos_that_were_swept_are_sent_again(page: Page) -> None:
    keep(page, capture("a"), ({"sha": "aa", "bytes": [1], "type": ""},))
    page.evaluate("async () => (await import('/field/box.js')).markPhotoSent('a', 'aa')")

    page.evaluate(ANSWER, ["a", {"happening": "photos_missing", "missing": ["aa"]}])

    assert [photo["is_sent"] for photo in look(page)["photos"]] == [False]


def test_an_answer_to_what_has_moved_meanwhile_changes_nothing(page: Page) -> None:
    keep(page, capture("a"))
    page.evaluate(ANSWER, ["a", {"happening": "refused", "reason": {"code": "facts.wrong"}}])

    after = page.evaluate(ANSWER, ["a", {"happening": "receipt", "reply": {"receipt": "a"}}])

    assert after["state"] == "needs_you"


@pytest.mark.parametrize(("wish", "left"), [("retried", ["waiting"]), ("discarded", [])])
def test_a_person_decides_about_what_was_refused(page: Page, wish: str, left: list[str]) -> None:
    keep(page, capture("a"))
    page.evaluate(ANSWER, ["a", {"happening": "refused", "reason": {"code": "facts.wrong"}}])

    page.evaluate("async (wish) => (await import('/field/box.js')).applyWish('a', wish)", wish)

    assert [record["state"] for record in look(page)["records"]] == left


def test_what_is_sent_again_goes_on_from_what_the_person_has_been_told(page: Page) -> None:
    keep(page, capture("a", subject="case 1", body={"version": 3}))
    reason = {"code": "deed.conflict", "current": {"version": 5, "status": "paused"}}
    page.evaluate(ANSWER, ["a", {"happening": "refused", "reason": reason}])

    page.evaluate("async () => (await import('/field/box.js')).applyWish('a', 'retried')")

    assert [record["body"]["version"] for record in look(page)["records"]] == [5]
