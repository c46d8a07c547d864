// A form kept for offline knows no case: its address does, and this phone what the case is about.

import { findRecord } from "./box.js";
import { exactWords } from "./clock.js";
import { made } from "./made.js";
import { findSnapshot } from "./snapshot.js";
import { say } from "./sync_words.js";

/** What a form about a known case does not ask. */
const KNOWN = ["at", "text", "category"];

/**
 * Make an empty form one about the case that its address names.
 *
 * @param form The form as the server drew it; one that knows its case is left alone.
 * @returns Whether the form can be filled in.
 */
export async function tellAbout(form) {
  const asked = new URLSearchParams(location.search);
  const no = asked.get("no") ?? "";
  const needed = document.querySelector("[data-case-needed]");
  if (form.dataset.subject) return true;
  if (!no) return !needed;
  const kept = await findSnapshot(Number(form.dataset.person)).catch(() => null);
  const task = kept?.content.tasks.find((one) => one.no === no);
  if (!task) return refuse(form, needed);
  const edited = await findRecord(asked.get("edit") ?? "").catch(() => null);
  fill(form, task, Math.max(task.version, edited?.reason?.current?.version ?? 0));
  if (needed) {
    form.querySelector("main").id = needed.id;
    needed.remove();
    form.hidden = false;
  }
  form.querySelector(".lead").after(cardOf(task, kept.as_of));
  return true;
}

function fill(form, task, version) {
  form.dataset.subject = task.no;
  form.dataset.version = version;
  form.elements.namedItem("no").value = task.no;
  form.elements.namedItem("version").value = version;
  for (const name of KNOWN) form.elements.namedItem(name)?.closest(".field").remove();
  form.querySelector("[data-place]")?.remove();
}

function cardOf(task, asOf) {
  const about = [task.place, task.category, task.no].filter(Boolean).join(" · ");
  return made("section", { className: "card" },
    made("p", { className: "kept-lines", textContent: task.text }),
    made("p", { className: "quiet small", textContent: about }),
    made("p", { className: "quiet small", textContent: say("about_as_of", { moment: exactWords(Date.now(), asOf) }) }));
}

/** This phone does not know the case: nothing can be said about it without network. */
function refuse(form, needed) {
  const words = made("p", { className: "empty-title", textContent: say("case_not_here") });
  const way = made("a", { className: "button short", href: "/field/today", textContent: say("today") });
  const page = needed ?? made("main", { className: "page-body", id: "main" });
  page.replaceChildren(made("section", { className: "empty" }, words, way));
  if (!needed) form.replaceWith(page);
  return false;
}

/** A note about a case begins with its number, so that whoever reads it knows. */
export function beginNote(form) {
  const asked = new URLSearchParams(location.search);
  const field = form.elements.namedItem("text");
  const no = asked.get("about") ?? "";
  if (/^[\d-]{6,20}$/.test(no) && field && !field.value) field.value = say("note_about", { no });
}
