// One line of the outbox: what was captured, how far it has come, and what one can do about it.

import { isHeldBack, NEEDS_SIGN_IN, NEEDS_YOU, WAITING } from "./outbox.js";
import { made } from "./made.js";
import { say } from "./sync_words.js";

/** After these nothing more is done on a case. */
const FINISHED = new Set(["closed", "declined", "merged"]);
const GONE = new Set(["not_there", "not_allowed"]);

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
    adviceOf(record),
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
export function reasonWords(record) {
  const { state, reason, last } = record;
  if (state === NEEDS_YOU) {
    if (reason?.code === "id.other_content") return say("twice");
    if (isGone(reason) && isOfCase(record)) return say("not_yours");
    const status = reason?.current?.status_label;
    return status ? say("changed", { status }) : reason?.detail || say("refused");
  }
  if (state === NEEDS_SIGN_IN && reason?.code === "session.other_person") return reason.detail;
  return state === WAITING && last && navigator.onLine ? say(last) : "";
}

/** Say what the person can do about a record that has come back. */
export function adviceWords(record) {
  const { state, reason } = record;
  if (state !== NEEDS_YOU) return "";
  if (isOver(reason)) return say("advice_over");
  if (reason?.code === "deed.conflict") return say("advice_changed");
  if (!isGone(reason)) return "";
  return say(isOfCase(record) ? "advice_gone" : "advice_elsewhere");
}

const isGone = (reason) => GONE.has(reason?.code);
const isOfCase = ({ subject }) => Boolean(subject?.startsWith("case "));

const isOver = (reason) => FINISHED.has(reason?.current?.status);

function reasonOf(record) {
  const words = reasonWords(record);
  if (!words) return null;
  const isHurt = record.state === NEEDS_YOU;
  return made("p", { className: isHurt ? "field-error" : "quiet small", textContent: words });
}

function adviceOf(record) {
  const words = adviceWords(record);
  return words && made("p", { className: "small", textContent: words });
}

/** Tell where the person can help a record on: the sign-in, or the form to mend it in. */
export function mendOf({ id, state, form, reason }) {
  if (state === NEEDS_SIGN_IN) {
    const here = encodeURIComponent(location.pathname + location.search);
    return { href: `/sign-in?next=${here}`, textContent: say("sign_in") };
  }
  if (state !== NEEDS_YOU || !form || isOver(reason)) return null;
  return { href: `${form}${form.includes("?") ? "&" : "?"}edit=${id}`, textContent: say("edit") };
}

function buttonsOf(record, deeds) {
  const named = (name) => ({ data: { focus: `${name} ${record.id}` } });
  const button = (name, className, onclick) =>
    made("button", { type: "button", className: `button short ${className}`, textContent: say(name), onclick, ...named(name) });
  const mend = mendOf(record);
  const link = mend && made("a", { className: "button short", ...mend, ...named("mend") });
  if (record.state !== NEEDS_YOU) return [link];
  const no = record.subject?.startsWith("case ") ? record.subject.slice("case ".length) : "";
  const look = no && made("a", {
    className: "button short plain", href: `/worker/case?no=${no}`, textContent: say("look"), ...named("look"),
  });
  return [
    link,
    look,
    isOver(record.reason) ? null : button("retry", "plain", () => deeds.retry(record)),
    button("export", "plain", () => deeds.export(record)),
    button("discard", "grave", () => deeds.discard(record)),
  ];
}
