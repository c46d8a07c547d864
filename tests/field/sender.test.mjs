// The sender: photos first, then the record; one at a time; nothing decided without an answer.

import assert from "node:assert/strict";
import { test } from "node:test";

import { lineAfter, OPEN_LINE, recordAfter } from "../../assets/field/outbox.js";
import { Sender } from "../../assets/field/sender.js";

/** The box in memory, by the same rules. */
class Box {
  constructor(records, photos = []) {
    this.records = records;
    this.photos = photos;
    this.line = OPEN_LINE;
  }
  allRecords = async () => this.records;
  findLine = async () => this.line;
  photosOf = async (id) => this.photos.filter((photo) => photo.record === id);
  markPhotoSent = async (id, sha) => {
    this.photos.find((photo) => photo.record === id && photo.sha === sha).is_sent = true;
  };
  applyAnswer = async (id, told, now, random) => {
    this.line = lineAfter(this.line, told, now, random);
    this.records = this.records.map((one) => (one.id === id ? recordAfter(one, told, now, random) : one)).filter(Boolean);
  };
}

const record = (seq, changes = {}) => ({
  id: `r${seq}`, seq, person: 7, subject: `r${seq}`, kind: "deed", query: "", device: "phone-1", body: { deed: "note.write" },
  state: "waiting", reason: null, tries: 0, next_at: 0, ...changes,
});
const photo = (id, sha) => ({ record: id, sha, bytes: new Uint8Array([1, 2]).buffer, type: "image/jpeg", is_sent: false });

const receipt = (id) => new Response(JSON.stringify({ receipt: id }), { status: 201, headers: { "content-type": "application/json" } });
const lastOf = (url) => url.split("/").at(-1).split("?")[0];

/** A server that answers by a function, and what it was asked. */
function served(box, answerTo, env = {}) {
  const asked = [];
  const fetch = async (url, request) => {
    asked.push({ url, ...request });
    return answerTo(url, asked.length);
  };
  const sender = new Sender({ box, person: 7, env: { fetch, locks: null, now: () => 1_000_000, random: () => 1, ...env } });
  return { sender, asked, urls: () => asked.map(({ url }) => url) };
}

test("photos go first, one by one, and each only once", async () => {
  const box = new Box([record(1, { query: "?at=A1" })], [photo("r1", "aa"), { ...photo("r1", "bb"), is_sent: true }, photo("r1", "cc")]);
  const { sender, urls } = served(box, (url) => receipt(lastOf(url)));
  await sender.drain();
  assert.deepEqual(urls(), ["/api/v1/photos/aa?at=A1", "/api/v1/photos/cc?at=A1", "/api/v1/deeds/r1"]);
  assert.deepEqual(box.records, []);
});

test("a photo that arrived is not sent again after a cut line", async () => {
  const box = new Box([record(1)], [photo("r1", "aa"), photo("r1", "bb")]);
  const first = served(box, (url, count) => (count === 2 ? Promise.reject(new TypeError("cut")) : receipt(lastOf(url))));
  await first.sender.drain();
  const second = served(box, (url) => receipt(lastOf(url)));
  await second.sender.drain({ isHurry: true });
  assert.deepEqual(second.urls(), ["/api/v1/photos/bb", "/api/v1/deeds/r1"]);
});

test("no answer decides nothing, and ends the round", async () => {
  const box = new Box([record(1), record(2)]);
  const { sender, asked } = served(box, () => Promise.reject(new TypeError("no network")));
  await sender.drain();
  assert.equal(asked.length, 1);
  assert.deepEqual(box.records.map(({ state }) => state), ["waiting", "waiting"]);
});

test("a refused record stays and the next goes on", async () => {
  const box = new Box([record(1), record(2)]);
  const refusal = new Response('{"code":"facts.wrong"}', { status: 422, headers: { "content-type": "application/problem+json" } });
  const { sender } = served(box, (url) => (url.endsWith("r1") ? refusal : receipt("r2")));
  await sender.drain();
  assert.deepEqual(box.records.map(({ id, state }) => [id, state]), [["r1", "needs_you"]]);
});

test("a mistake of the server's with one record does not keep the next from going", async () => {
  const box = new Box([record(1), record(2)]);
  const { sender } = served(box, (url) => (url.endsWith("r1") ? new Response("", { status: 500 }) : receipt("r2")));
  await sender.drain();
  assert.deepEqual(box.records.map(({ id, state }) => [id, state]), [["r1", "waiting"]]);
});

test("photos swept meanwhile are asked for; those that nobody has any more need a person", async () => {
  const missing = (sha) => new Response(JSON.stringify({ code: "report.photos_missing", missing: [sha] }), {
    status: 422, headers: { "content-type": "application/problem+json" },
  });
  const box = new Box([record(1), record(2)], [{ ...photo("r1", "aa"), is_sent: true }]);
  const { sender } = served(box, (url) => (url.endsWith("r1") ? missing("aa") : missing("zz")));
  await sender.drain();
  assert.deepEqual(box.records.map(({ state }) => state), ["waiting", "needs_you"]);
});

test("told to wait, nothing is sent before, hurry or not", async () => {
  const box = new Box([record(1)]);
  const busy = new Response("", { status: 429, headers: { "retry-after": "60" } });
  const { sender, asked } = served(box, () => busy);
  await sender.drain();
  await sender.drain({ isHurry: true });
  assert.equal(asked.length, 1);
});

test("every request names the person, and follows no redirect", async () => {
  const { sender, asked } = served(new Box([record(1), record(2, { person: null })]), (url) => receipt(lastOf(url)));
  await sender.drain();
  assert.deepEqual(asked.map(({ headers }) => headers["X-Grid-Person"]), ["7", undefined]);
  assert.ok(asked.every(({ redirect, method }) => redirect === "manual" && method === "PUT"));
});

test("two senders: the second waits for the first and finds nothing left", async () => {
  const box = new Box([record(1)]);
  const { sender, asked } = served(box, (url) => receipt(lastOf(url)), { locks: navigator.locks });
  assert.deepEqual(await Promise.all([sender.drain(), sender.drain(), sender.drain({ isPatient: false })]), [true, true, false]);
  assert.equal(asked.length, 1);
});
