// The section of visits: who is due within two weeks, masked; a tap opens the form for this one.

import { made } from "../made.js";
import { cell, cells, wordBadge } from "./parts.js";
import { say } from "./words.js";

const DAY_MS = 86_400_000;
const SOON_DAYS = 7;
const BEIJING_MS = 8 * 3_600_000; // no daylight saving: a Beijing day always begins at the same hour

export const visits = { name: "visit", list, open: () => null };

function list(context) {
  const { snapshot, records } = context;
  const found = (snapshot.visits ?? []).filter((home) =>
    context.finds(home.name_masked, home.building, home.kind));
  const waiting = new Set(records.filter(({ body }) => body.deed === "visit.record").map(({ body }) => body.facts.household));
  return cells(say("visits"), found.map((home) => cellOf(home, context.now, waiting.has(home.id))));
}

function cellOf(home, now, isWaiting) {
  const last = home.last_on ? say("visit_last", { day: dayWords(home.last_on) }) : say("visit_first");
  return cell({
    href: `/field/visit?household=${home.id}`,
    meaning: `${home.building} ${home.name_masked}`,
    context: [home.kind, last],
    foot: [isWaiting ? wordBadge(say("visit_waits"), "blue") : dueMark(home.next_on, now)],
  });
}

function dueMark(nextOn, now) {
  const left = daysLeft(nextOn, now);
  const state = left < 0 ? "yellow" : left <= SOON_DAYS ? "warn" : "calm";
  const name = left === 0 ? "visit_today" : left > 0 ? "visit_ahead" : "visit_over";
  return made("span", { className: `due ${state}`, textContent: say(name, { count: Math.abs(left) }) });
}

/** Tell how many Beijing days there are still until a day. */
export function daysLeft(day, now) {
  return Math.round(Date.parse(day) / DAY_MS) - Math.floor((now + BEIJING_MS) / DAY_MS);
}

const dayWords = (day) => {
  const [, month, date] = day.split("-").map(Number);
  return `${month}月${date}日`;
};
