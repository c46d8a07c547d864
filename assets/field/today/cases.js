// The section of cases: the own tasks by deadline, then what else is open in the own grids.

import { cell, cells, colourBadge, dueMark, empty, wordBadge } from "./parts.js";
import { say } from "./words.js";

const PRESSING = new Set(["critical", "urgent"]);

export const cases = { name: "case", list, open: () => null };

function list(context) {
  const found = context.snapshot.tasks.filter((task) => context.finds(task.no, task.text, task.place, task.category));
  const mine = found.filter((task) => task.is_mine).sort(byDeadline);
  const others = found.filter((task) => !task.is_mine).sort(byDeadline);
  const part = document.createDocumentFragment();
  part.append(...[
    cells(say("mine"), mine.map((task) => cellOf(task, context))) ?? nothing(context),
    cells(say("others"), others.map((task) => cellOf(task, context))),
  ].filter(Boolean));
  return part;
}

const nothing = ({ query }) =>
  (query ? null : empty(say("empty_title"), say("empty")));

const byDeadline = (one, other) => Date.parse(one.due_at) - Date.parse(other.due_at);

function cellOf(task, { now }) {
  const foot = [
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
