// What can be done on a case, given what the server said and what waits on the phone.

import assert from "node:assert/strict";
import { test } from "node:test";

import { deedsOn, waitingFor } from "../../assets/field/today/standing.js";

const task = (deeds) => ({ no: "26112200061", deeds });
const waiting = (deed, state = "waiting", no = "26112200061") => ({ subject: `case ${no}`, state, body: { deed } });

const DRAWING = [
  ["nothing waits", ["case.take"], [], ["case.take"]],
  ["the main deed stands first", ["case.settle", "case.handle"], [], ["case.handle", "case.settle"]],
  ["what has no place here is done online", ["case.return", "case.ask_extension"], [], []],
  ["a taking that waits opens the handling", ["case.take"], [waiting("case.take")], ["case.handle"]],
  ["a handling that waits ends it", ["case.take"], [waiting("case.take"), waiting("case.handle")], []],
  ["a settling that waits ends it", ["case.settle"], [waiting("case.settle")], []],
  ["what came back is decided first", ["case.handle"], [waiting("case.handle", "needs_you")], []],
  ["a session that ended changes nothing", ["case.take"], [waiting("case.take", "needs_sign_in")], ["case.handle"]],
  ["another case's captures do not count", ["case.take"], [waiting("case.take", "waiting", "1")], ["case.take"]],
];

for (const [name, deeds, records, expected] of DRAWING) {
  test(name, () => assert.deepEqual(deedsOn(task(deeds), records), expected));
}

test("what waits for a case is known by its number alone", () => {
  const mine = waiting("case.take");
  assert.deepEqual(waitingFor("26112200061", [mine, { ...mine, subject: "a1b2" }]), [mine]);
});
