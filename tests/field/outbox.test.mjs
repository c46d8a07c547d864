// The outbox's life, drawn by hand a second time: every cell works, every other one is refused.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as outbox from "../../assets/field/outbox.js";

// w waiting · s needs sign-in · y needs you · D delivered · X discarded · . refused
const DRAWING = `
                waiting  needs_sign_in  needs_you
receipt         D        .              .
unreachable     w        .              .
strange         w        .              .
trouble         w        .              .
busy            w        .              .
photos_missing  w        .              .
signed_out      s        .              .
refused         y        .              .
signed_in       .        w              .
retried         .        .              w
edited          .        .              w
discarded       .        .              X
`;
const STATES = { w: "waiting", s: "needs_sign_in", y: "needs_you", D: "delivered", X: "discarded" };

const [head, ...rows] = DRAWING.trim().split("\n").map((line) => line.trim().split(/\s+/));
const cells = rows.flatMap(([happening, ...marks]) => marks.map((mark, at) => [head[at], happening, mark]));

for (const [state, happening, mark] of cells) {
  const claim = mark === "." ? "refused" : `leads to ${STATES[mark]}`;
  test(`${happening} while ${state}: ${claim}`, () => {
    if (mark === ".") assert.throws(() => outbox.stateAfter(state, happening), outbox.MoveRefusedError);
    else assert.equal(outbox.stateAfter(state, happening), STATES[mark]);
  });
}

test("the drawing shows every state and every happening that there is", () => {
  const happenings = Object.values(outbox.MOVES).flatMap((moves) => Object.keys(moves));
  assert.deepEqual(new Set(head), new Set(Object.keys(outbox.MOVES)));
  assert.deepEqual(rows.map(([happening]) => happening), [...new Set(happenings)]);
  // A mark left out would be a cell that nobody has looked at.
  assert.equal(cells.length, head.length * rows.length);
  assert.ok(cells.every(([state, , mark]) => state && (mark === "." || mark in STATES)));
});

const record = (seq, changes = {}) => ({
  id: `r${seq}`, seq, person: 7, subject: `r${seq}`, state: "waiting", reason: null, tries: 0, next_at: 0, ...changes,
});
const asked = (changes = {}) => ({ now: 1_000_000, person: 7, ...changes });
const idOf = (found) => found?.id ?? null;

test("the oldest capture goes first, whatever the clock said", () => {
  const records = [record(2, { made_at: "2001-01-01" }), record(1, { made_at: "2038-01-01" })];
  assert.equal(idOf(outbox.nextToSend(records, asked())), "r1");
});

test("what builds on another waits until that one has left", () => {
  const first = record(1, { subject: "case", next_at: 1_000_500 });
  const records = [first, record(2, { subject: "case" }), record(3)];
  assert.equal(idOf(outbox.nextToSend(records, asked())), "r3");
  assert.equal(idOf(outbox.nextToSend(records.slice(0, 2), asked())), null);
});

test("a record that needs a person holds back its own subject only", () => {
  const records = [record(1, { subject: "case", state: "needs_you" }), record(2, { subject: "case" }), record(3)];
  assert.equal(idOf(outbox.nextToSend(records, asked())), "r3");
  assert.ok(outbox.isHeldBack(records[1], records));
  assert.ok(!outbox.isHeldBack(records[2], records));
});

test("another person's records are not sent with this one's session", () => {
  const records = [record(1, { person: 8 }), record(2)];
  assert.equal(idOf(outbox.nextToSend(records, asked())), "r2");
  assert.equal(idOf(outbox.nextToSend(records, asked({ person: null }))), "r1");
});

test("a hurry tries what failed a moment ago, each once a round", () => {
  const records = [record(1, { next_at: 1_000_500 })];
  assert.equal(idOf(outbox.nextToSend(records, asked())), null);
  assert.equal(idOf(outbox.nextToSend(records, asked({ isHurry: true }))), "r1");
  assert.equal(idOf(outbox.nextToSend(records, asked({ isHurry: true, tried: new Set(["r1"]) }))), null);
});

test("a wait written by a clock that was years ahead is no wait", () => {
  const records = [record(1, { next_at: Date.parse("2038-01-01") })];
  assert.equal(idOf(outbox.nextToSend(records, asked())), "r1");
  assert.equal(outbox.nextInMs(records, outbox.OPEN_LINE, 1_000_000), 0);
});

test("a clock set back while something waits costs no more than the longest wait there is", () => {
  const minutes = (count) => 1_000_000 + count * 60_000;
  const line = (count, is_told) => ({ tries: 1, until: minutes(count), is_told });
  assert.equal(outbox.leftMs(minutes(10), 1_000_000), 600_000);
  assert.equal(outbox.leftMs(minutes(11), 1_000_000), 0);
  assert.equal(outbox.lineWaitMs(line(2, false), 1_000_000, false), 0);
  assert.equal(outbox.lineWaitMs(line(30, true), 1_000_000, false), 1_800_000);
  assert.equal(outbox.lineWaitMs(line(61, true), 1_000_000, false), 0);
});

test("each failure doubles the wait, to ten minutes at most, and never to the same moment", () => {
  const waits = [0, 1, 2, 3, 30].map((tries) =>
    outbox.recordAfter(record(1, { tries }), "trouble", 0, 1).next_at);
  assert.deepEqual(waits, [5_000, 10_000, 20_000, 40_000, 600_000]);
  assert.equal(outbox.recordAfter(record(1), "trouble", 0, 0).next_at, 2_500);
});

test("a reason stays with a refused record and goes when it is tried again", () => {
  const reason = { status: 409, code: "deed.conflict" };
  const refused = outbox.recordAfter(record(1), { happening: "refused", reason }, 0, 0);
  assert.deepEqual([refused.state, refused.reason], ["needs_you", reason]);
  assert.deepEqual(outbox.recordAfter(refused, "edited", 0, 0).reason, null);
});

test("a receipt ends the record", () => {
  assert.equal(outbox.recordAfter(record(1), "receipt", 0, 0), null);
});

test("told to wait, the whole line waits as long as it was told, hurry or not", () => {
  const line = outbox.lineAfter(outbox.OPEN_LINE, { happening: "busy", wait_ms: 90_000 }, 1_000, 0);
  assert.equal(outbox.lineWaitMs(line, 1_000, true), 90_000);
  assert.equal(outbox.recordAfter(record(1), "busy", 0, 0).next_at, 0);
});

test("a dead network makes the line wait, unless somebody is in a hurry; a receipt opens it", () => {
  const line = outbox.lineAfter(outbox.OPEN_LINE, { happening: "unreachable" }, 1_000, 1);
  assert.equal(outbox.lineWaitMs(line, 1_000, false), 5_000);
  assert.equal(outbox.lineWaitMs(line, 1_000, true), 0);
  assert.deepEqual(outbox.lineAfter(line, { happening: "receipt" }, 1_000, 1), outbox.OPEN_LINE);
});

test("the next try is when the line is open and the first record due", () => {
  const line = { tries: 1, until: 1_004_000, is_told: false };
  const records = [record(1, { next_at: 1_009_000 }), record(2, { next_at: 1_002_000 })];
  assert.equal(outbox.nextInMs(records, line, 1_000_000), 4_000);
  assert.equal(outbox.nextInMs([record(1, { state: "needs_you" })], line, 1_000_000), null);
});
