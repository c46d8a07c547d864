// The sections of cases: the own tasks by deadline, and, further down, what else is open in the own
// grids.

import { made } from "../made.js";
import { NEEDS_YOU } from "../outbox.js";
import { openCase } from "./case.js";
import { cell, cells, colourBadge, dueMark, empty, wordBadge } from "./parts.js";
import { waitingFor } from "./standing.js";
import { say } from "./words.js";

const PRESSING = new Set(["critical", "urgent"]);

export const cases = { name: "case", list: listMine, open: openCase };
export const otherCases = { name: "others", list: listOthers, open: () => null };

function listMine(context) {
  return cells(say("mine"), cellsOf(context, (task) => task.is_mine)) ?? nothing(context);
}

function listOthers(context) {
  const part = document.createDocumentFragment();
  const others = cells(say("others"), cellsOf(context, (task) => !task.is_mine));
  part.append(...[others, leftOut(context)].filter(Boolean));
  return part;
}

function cellsOf(context, isWanted) {
  const isFound = (task) => context.finds(task.no, task.text, task.place, task.category);
  const found = context.snapshot.tasks.filter((task) => isWanted(task) && isFound(task));
  return found.sort(byDeadline).map((task) => cellOf(task, context));
}

const nothing = ({ query }) =>
  (query ? null : empty(say("empty_title"), say("empty")));

/** Too much to take along: the rest is online. */
function leftOut({ snapshot }) {
  if (!snapshot.left_out_count) return null;
  return made("p", { className: "quiet small", textContent: say("left_out", { count: snapshot.left_out_count }) });
}

const byDeadline = (one, other) => Date.parse(one.due_at) - Date.parse(other.due_at);

/** Say what waits on this phone for a case: the newest, or that something has come back. */
export function pendingBadge(waiting) {
  if (!waiting.length) return null;
  if (waiting.some(({ state }) => state === NEEDS_YOU)) return wordBadge(say("needs_you"), "alert");
  const [{ body, title }] = waiting.slice(-1);
  return wordBadge(body.deed === "case.handle" ? say("pending_handle") : say("pending", { title }), "blue");
}

function cellOf(task, { now, records }) {
  const foot = [
    pendingBadge(waitingFor(task.no, records)),
    colourBadge(task.status_label),
    PRESSING.has(task.urgency) ? wordBadge(task.urgency_label, "alert") : null,
    dueMark(task, now),
  ];
  return cell({
    href: `#${task.no}`,
    meaning: task.text,
    context: [task.place, task.category],
    foot: foot.filter(Boolean),
  });
}
