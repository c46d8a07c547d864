// One case on today's page: how it stands, what waits for it on this phone, how it came to that,
// whom to call, and what can be done on the spot.

import { dueWords, momentWords } from "../clock.js";
import { made } from "../made.js";
import { itemOf } from "../outbox_item.js";
import { card, colourBadge, dueMark, facts, wayOn, wordBadge } from "./parts.js";
import { shots } from "./shots.js";
import { deedsOn, waitingFor } from "./standing.js";
import { say } from "./words.js";

const FORMS = { "case.handle": "/field/handle", "case.settle": "/field/settle" };

/** Open a case by its number; null when this phone does not know it. */
export function openCase(context, no) {
  const task = context.snapshot.tasks.find((one) => one.no === no);
  const waiting = waitingFor(no, context.records);
  if (!task && !waiting.length) return null;
  const body = task
    ? [standing(task, context), pending(waiting, context), matter(task, context.now),
      photos(task, context), history(task, context.now), atThisPlace(task), contacts(context.snapshot)]
    : [made("p", { className: "notice", textContent: say("gone") }), pending(waiting, context)];
  const online = wayOn(say("look_online"), `/worker/case?no=${no}`, "short plain");
  return {
    title: say("case"),
    body: [...body.filter(Boolean), online],
    actions: task ? actions(task, context) : [],
  };
}

function standing(task, { now }) {
  return card("",
    made("div", { className: "row spread" },
      colourBadge(task.status_label), dueMark(task, now)),
    made("p", { className: "kept-lines", textContent: task.text }),
    task.flags.length ? made("div", { className: "row" }, ...task.flags.map((flag) => wordBadge(flag, "alert"))) : null);
}

/** What waits on this phone for the case, and what the server has said about it. */
function pending(waiting, context) {
  if (!waiting.length) return null;
  const items = waiting.map((record) => itemOf(record, context.records, null, context.wishes));
  return card(say("pending_title"), made("ul", { className: "outbox-list" }, ...items));
}

function matter(task, now) {
  return card("", facts(
    [say("place"), task.place],
    [say("grid"), task.grid],
    [say("category"), task.category],
    [say("urgency"), task.urgency_label],
    [say("source"), task.source_label],
    [say("reported"), momentWords(now, task.reported_at)],
    [say("handler"), task.handler],
    [say("promise"), dueWords(now, task.due_at)],
    [say("number"), task.no]));
}

const photos = (task, { person }) =>
  (task.photos.length ? card(say("photos"), shots(person, task.photos)) : null);

function history(task, now) {
  const steps = [...task.steps].reverse().map((step) => stepOf(step, now));
  return card(say("history"),
    made("ol", { className: "timeline", ariaLabel: say("history") }, ...steps),
    task.earlier_count ? made("p", { className: "quiet small", textContent: say("earlier", { count: task.earlier_count }) }) : null);
}

function stepOf(step, now) {
  const lines = [
    ["timeline-what", `${step.label} · ${step.actor}`],
    ["timeline-when", momentWords(now, step.at)],
    ["small", step.facts],
    ["timeline-words", step.words],
    ["quiet small", step.photo_count ? say("photo_count", { count: step.photo_count }) : ""],
  ];
  const told = lines.filter(([, words]) => words);
  return made("li", {}, ...told.map(([className, textContent]) => made("p", { className, textContent })));
}

/** Capture something else at the same place, without choosing the place again. */
function atThisPlace(task) {
  const at = task.at ? `at=${encodeURIComponent(task.at)}` : "";
  return card(say("same_place"), made("div", { className: "buttons" },
    wayOn(say("report"), `/field/report?${at}`, ""),
    wayOn(say("note"), `/field/note?${at}&about=${task.no}`, "")));
}

function contacts({ contacts: people }) {
  if (!people.length) return null;
  const rows = people.map(({ name, title, duty_phone, grid_name }) => made("li", {},
    made(duty_phone ? "a" : "div", { className: "cell", ...(duty_phone ? { href: `tel:${duty_phone}` } : {}) },
      made("span", { className: "cell-text" },
        made("span", { className: "cell-meaning", textContent: `${name} ${title}` }),
        made("span", { className: "cell-context", textContent: grid_name })),
      duty_phone ? made("span", { className: "phone", textContent: duty_phone }) : null)));
  return made("section", {},
    made("h2", { className: "cells-title", textContent: say("contacts") }), made("ul", { className: "cells" }, ...rows));
}

function actions(task, { records, keepDeed }) {
  const ways = deedsOn(task, records).map((deed, at) => {
    const className = `button ${at === 0 ? "primary" : ""}`.trim();
    const textContent = say(deed.replace("case.", "deed_"));
    if (FORMS[deed]) return made("a", { className, textContent, href: `${FORMS[deed]}?no=${task.no}` });
    const onclick = async ({ target }) => {
      target.disabled = true; // a second tap would be a second deed
      target.disabled = await keepDeed(task, deed, textContent);
    };
    return made("button", { type: "button", className, textContent, onclick });
  });
  return ways.length ? [made("div", { className: "buttons" }, ...ways)] : [];
}
