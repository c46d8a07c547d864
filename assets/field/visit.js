// A visit, written down at the door: kept on the phone first, sent when there is a line.

import { canSend } from "./form.js";
import { growPickers } from "./grow.js";
import { Keeping } from "./keeping.js";
import { deedPlan } from "./plan.js";

const form = document.querySelector("form[data-form]");

/** What is reported as a case has to be written down; what stays in the diary need not. */
function askForWords() {
  const isReport = form.elements.namedItem("report").value !== "";
  form.elements.namedItem("text").required = isReport;
}

/** A page kept for offline does not know whom one stands before: its address alone does. */
function chooseHousehold() {
  const asked = new URLSearchParams(location.search).get("household") ?? "";
  const field = form.elements.namedItem("household");
  const isThere = Array.from(field.options).some(({ value }) => value === asked);
  field.value = isThere ? asked : "";
  return isThere ? asked : "";
}

if (form && canSend()) {
  // Each household's draft stands by itself: what was heard behind one door is not for another.
  await new Keeping(form, deedPlan(form, { topic: chooseHousehold() })).start();
  askForWords();
  form.addEventListener("change", askForWords);
} else if (form) growPickers(form);
