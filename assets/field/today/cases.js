// The section of cases: the own tasks by deadline, then what else is open in the own grids.

import { made } from "../made.js";
import { NEEDS_YOU } from "../outbox.js";
import { openCase } from "./case.js";
import { cell, cells, colourBadge, dueMark, empty, wordBadge } from "./parts.js";
import { waitingFor } from "./standing.js";
import { say } from "./words.js";

const PRESSING = new Set(["critical", "urgent"]);

export const cases = { name: "case", list, open: openCase };

function list(context) {
  const found = context.snapshot.tasks.filter((task) => context.finds(task.no, task.text, task.place, task.category));
  const mine = found.filter((task) => task.is_mine).sort(byDeadline);
  const others = found.filter((task) => !task.is_mine).sort(byDeadline);
  const part = document.createDocumentFragment();
  part.append(...[
    cells(say("mine"), mine.map((task) => cellOf(task, context))) ?? nothing(context),
    cells(say("others"), others.map((task) => cellOf(task, context))),
    leftOut(context),
  ].filter(Boolean));
  return part;
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
    dueMark({ ...task, is_paused: task.status === "paused" }, now),
  ];
  return cell({
    href: `#${task.no}`,
    meaning: task.text,
    context: [task.place, task.category],
    foot: foot.filter(Boolean),
  });
}
