// The phone's half of the work: what it answers is what the house asked for.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { prove } from "../../assets/field/prove.js";

const SIGNED = `1760000000.${"a".repeat(64)}`;

test("the answer begins with as many zero bits as were asked for", async () => {
  const answer = await prove(`10.${SIGNED}`);
  assert.ok(answer.startsWith(`10.${SIGNED}:`));
  const digest = createHash("sha256").update(answer).digest();
  assert.ok(digest.readUInt32BE(0) < 2 ** 22);
});

test("work that would never end is not begun", async () => {
  for (const bits of ["23", "0", "-1", "", "NaN", "1e9"]) assert.equal(await prove(`${bits}.${SIGNED}`), null);
});

test("without the browser's own hash there is no answer", async () => {
  assert.equal(await prove(`8.${SIGNED}`, { subtle: null }), null);
});

test("it stops when nobody wants it any more", async () => {
  let rounds = 0;
  assert.equal(await prove(`22.${SIGNED}`, { isWanted: () => ++rounds < 3 }), null);
  assert.equal(rounds, 3);
});
