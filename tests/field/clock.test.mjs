// The clock's words on the phone, held against the table that the server's words keep to as well.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { dayWords, dueWords, momentWords, remainingWords } from "../../assets/field/clock.js";

const SAY = { day: dayWords, moment: momentWords, due: dueWords, remaining: remainingWords };
const TABLE = JSON.parse(readFileSync(new URL("clock_table.json", import.meta.url), "utf8"));

for (const [kind, now, moment, expected] of TABLE) {
  test(`${kind} of ${moment} at ${now} is ${expected}`, () => {
    assert.equal(SAY[kind](now, moment), expected);
    assert.equal(SAY[kind](Date.parse(now), Date.parse(moment)), expected);
  });
}
