// One line of the outbox: what was captured, how far it has come, and what one can do about it.

import { isHeldBack, NEEDS_SIGN_IN, NEEDS_YOU } from "./outbox.js";
import { made } from "./made.js";
import { say } from "./sync_words.js";

const CLOCK = new Intl.DateTimeFormat("zh-CN", {
  month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai",
});

/**
 * Give the list item of a record.
 *
 * @param record The record.
 * @param records All of this person's, to see what it waits for.
 * @param progress `{sent, total}` while it is being sent.
 * @param deeds What the buttons do: `retry`, `discard`, `export`.
 */
export function itemOf(record, records, progress, deeds) {
  const context = [record.place, CLOCK.format(new Date(record.made_at))];
  if (record.photo_count) context.push(say("photos", { count: record.photo_count }));
  return made("li", { className: "outbox-item", data: { id: record.id, state: record.state } },
    made("p", { className: "cell-meaning" }, record.words ? `${record.title}：${record.words}` : record.title),
    made("p", { className: "cell-context", textContent: context.filter(Boolean).join(" · ") }),
    made("p", { className: "outbox-state", textContent: stateWords(record, records, progress) }),
    reasonOf(record),
    made("div", { className: "buttons" }, ...buttonsOf(record, deeds)));
}

/** Say how far a record has come. */
export function stateWords(record, records, progress) {
  if (record.state === NEEDS_YOU) return say("needs_you");
  if (record.state === NEEDS_SIGN_IN) return say("needs_sign_in");
  if (progress) return say("sending", progress);
  if (isHeldBack(record, records)) return say("held");
  return navigator.onLine ? say("waiting") : say("no_network");
}

/** Say why a record is where it is, in the server's words where it gave some. */
export function reasonWords({ state, reason, last }) {
  if (state === NEEDS_YOU) {
    if (reason?.code === "id.other_content") return say("twice");
    const status = reason?.current?.status_label;
    return status ? say("changed", { status }) : reason?.detail || say("refused");
  }
  if (state === NEEDS_SIGN_IN && reason?.code === "session.other_person") return reason.detail;
  return last && navigator.onLine ? say(last) : "";
}

function reasonOf(record) {
  const words = reasonWords(record);
  if (!words) return null;
  const isHurt = record.state === NEEDS_YOU;
  return made("p", { className: isHurt ? "field-error" : "quiet small", textContent: words });
}

function buttonsOf(record, deeds) {
  const button = (name, onclick, more = "") =>
    made("button", { type: "button", className: `button short ${more}`, textContent: say(name), onclick, data: { focus: `${name} ${record.id}` } });
  const link = (name, href) =>
    made("a", { className: "button short", href, textContent: say(name), data: { focus: `${name} ${record.id}` } });
  if (record.state === NEEDS_SIGN_IN) {
    return [link("sign_in", `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`)];
  }
  if (record.state !== NEEDS_YOU) return [];
  return [
    record.form && link("edit", `${record.form}${record.form.includes("?") ? "&" : "?"}edit=${record.id}`),
    button("retry", () => deeds.retry(record), "plain"),
    button("export", () => deeds.export(record), "plain"),
    button("discard", () => deeds.discard(record), "grave"),
  ];
}
