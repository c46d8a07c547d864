// What came back for a PUT: only our own receipt means received.

import assert from "node:assert/strict";
import { test } from "node:test";

import { readAnswer } from "../../assets/field/answers.js";

const ID = "0b9e54bb-9d5b-4c5e-8f6e-2f2f7d6c1a11";
const JSON_TYPE = { "content-type": "application/json" };
const PROBLEM = { "content-type": "application/problem+json; charset=utf-8" };
const HTML = { "content-type": "text/html" };

const json = (status, body, headers = JSON_TYPE) => new Response(JSON.stringify(body), { status, headers });
const problem = (status, code, facts = {}) => json(status, { code, detail: "为什么", ...facts }, PROBLEM);

const ANSWERS = [
  ["our receipt, first time", json(201, { receipt: ID }), "receipt"],
  ["our receipt, again", json(200, { receipt: ID }), "receipt"],
  ["another record's receipt", json(200, { receipt: "other" }), "strange"],
  ["a portal's page", new Response("<html>登录上网</html>", { status: 200, headers: HTML }), "strange"],
  ["our receipt in a page", new Response(JSON.stringify({ receipt: ID }), { status: 200, headers: HTML }), "strange"],
  ["no content", new Response(null, { status: 204 }), "strange"],
  ["JSON that is no object", json(200, null), "strange"],
  ["broken JSON", new Response(`{"receipt":"${ID}"`, { status: 200, headers: JSON_TYPE }), "strange"],
  ["a redirect", new Response(null, { status: 302, headers: { location: "/sign-in" } }), "strange"],
  ["a redirect as the browser hides it", { status: 0, headers: new Headers(), text: async () => "" }, "strange"],
  ["nobody signed in", problem(401, "session.needed"), "signed_out"],
  ["another person signed in", problem(403, "session.other_person"), "signed_out"],
  ["a 403 of somebody else", new Response("no", { status: 403, headers: HTML }), "signed_out"],
  ["signed in, but not for this", problem(403, "not_allowed"), "refused"],
  ["the case has changed", problem(409, "deed.conflict"), "refused"],
  ["wrong facts", problem(422, "facts.wrong"), "refused"],
  ["no such place", problem(404, "place.unknown"), "refused"],
  ["a 404 of somebody else", new Response("no", { status: 404, headers: HTML }), "strange"],
  ["a 422 of somebody else", new Response("no", { status: 422, headers: HTML }), "strange"],
  ["too large for a gateway", new Response("no", { status: 413, headers: HTML }), "refused"],
  ["no photo at all", problem(415, "photo.not_a_photo"), "refused"],
  ["a photo hurt on the way", problem(422, "photo.hash_mismatch"), "trouble"],
  ["photos swept meanwhile", problem(422, "report.photos_missing", { missing: ["a"] }), "photos_missing"],
  ["a mistake of the server's", new Response("oops", { status: 500 }), "trouble"],
  ["a gateway without a server", new Response("oops", { status: 502 }), "trouble"],
  ["a server at rest", problem(503, "database.away"), "busy"],
  ["too often", problem(429, "too_many"), "busy"],
];

for (const [name, response, happening] of ANSWERS) {
  test(`${name}: ${happening}`, async () => {
    assert.equal((await readAnswer(response, ID)).happening, happening);
  });
}

test("an answer cut off in the middle is no answer", async () => {
  const body = new ReadableStream({ pull: (stream) => stream.error(new TypeError("cut")) });
  assert.deepEqual(await readAnswer(new Response(body, { headers: JSON_TYPE }), ID), { happening: "unreachable" });
});

test("a refusal keeps its reason, for the person to read", async () => {
  const { reason } = await readAnswer(problem(409, "deed.conflict", { current: { no: "C1" } }), ID);
  assert.deepEqual(reason, { status: 409, code: "deed.conflict", detail: "为什么", current: { no: "C1" }, fields: null });
});

const WAITS = [
  ["seconds", { "retry-after": "120" }, 120_000],
  ["a date by the server's clock", { "retry-after": "Sun, 22 Nov 2026 05:01:00 GMT", date: "Sun, 22 Nov 2026 05:00:00 GMT" }, 60_000],
  ["nothing", {}, 30_000],
  ["nonsense", { "retry-after": "soon" }, 30_000],
  ["a year", { "retry-after": "31536000" }, 3_600_000],
];

for (const [name, headers, wait] of WAITS) {
  test(`told to wait by ${name}: ${wait} ms`, async () => {
    assert.equal((await readAnswer(new Response("", { status: 429, headers }), ID)).wait_ms, wait);
  });
}
