// The phone's half of the work: what it answers is what the house asked for.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { prove } from "../../assets/field/prove.js";

const SIGNED = `1760000000.${"a".repeat(64)}`;

function zeroBits(answer) {
  return Math.clz32(createHash("sha256").update(answer).digest().readUInt32BE(0));
}

test("the answer begins with as many zero bits as were asked for", async () => {
  const answer = await prove(`12.${SIGNED}`);
  assert.ok(answer.startsWith(`12.${SIGNED}:`));
  assert.ok(zeroBits(answer) >= 12);
});

test("it is hashed as everybody hashes, however long the challenge is", async () => {
  for (let length = 1; length < 140; length += 1) {
    const answer = await prove(`4.${"x".repeat(length)}`);
    assert.ok(zeroBits(answer) >= 4, answer);
  }
});

test("work that would never end is not begun", async () => {
  for (const bits of ["25", "0", "-1", "", "NaN", "1e9"]) assert.equal(await prove(`${bits}.${SIGNED}`), null);
});

test("nobody waits for it longer than a person waits", async () => {
  let asked = 0;
  assert.equal(await prove(`24.${SIGNED}`, { now: () => (asked += 1_000), patienceMs: 9_000 }), null);
  assert.ok(asked < 15_000);
});
