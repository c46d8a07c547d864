// What a person reads about a record that has come back, and what they can do: drawn by hand.

import assert from "node:assert/strict";
import { test } from "node:test";

import { adviceWords, mendOf, reasonWords } from "../../assets/field/outbox_item.js";
import { say } from "../../assets/field/sync_words.js";

const paused = { status: "paused", status_label: "已挂起", version: 4 };
const closed = { status: "closed", status_label: "已结案", version: 6 };
const told = { detail: "为什么" };

// Which refusal · what is read · the advice · whether the form opens again.
const DRAWING = [
  ["the case has changed", { code: "deed.conflict", current: paused }, say("changed", { status: "已挂起" }), "advice_changed", true],
  ["the case is closed", { code: "deed.conflict", current: closed }, say("changed", { status: "已结案" }), "advice_over", false],
  ["the deed no longer applies", { code: "move.refused", current: closed }, say("changed", { status: "已结案" }), "advice_over", false],
  ["it is somebody else's now", { code: "not_allowed", ...told }, say("not_yours"), "advice_gone", true],
  ["it is out of sight now", { code: "not_there", ...told }, say("not_yours"), "advice_gone", true],
  ["something in it is wrong", { code: "facts.wrong", ...told }, "为什么", "", true],
  ["the id holds something else", { code: "id.other_content", ...told }, say("twice"), "", true],
  ["too large, says a gateway", { code: "", status: 413 }, say("refused"), "", true],
];

for (const [name, reason, words, advice, canMend] of DRAWING) {
  test(name, () => {
    const record = { id: "a1", subject: "case 1", state: "needs_you", form: "/field/handle?no=1", last: "refused", reason };
    assert.equal(reasonWords(record), words);
    assert.equal(adviceWords(record), advice && say(advice));
    assert.equal(mendOf(record)?.href ?? "", canMend ? "/field/handle?no=1&edit=a1" : "");
  });
}

test("what was done with one tap has no form to mend it in", () => {
  assert.equal(mendOf({ id: "a1", state: "needs_you", form: "", reason: told }), null);
});

test("a place that is out of reach is no case that somebody else has", () => {
  const record = { id: "a1", subject: "a1", state: "needs_you", reason: { code: "not_there", ...told } };
  assert.equal(reasonWords(record), "为什么");
  assert.equal(adviceWords(record), say("advice_elsewhere"));
});

test("what waits is told no advice", () => {
  assert.equal(adviceWords({ state: "waiting", reason: null }), "");
});
