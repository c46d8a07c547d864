// 长辈版 on a resident's page: the size changes in place when something is typed, and pages are read aloud.

import { readAloud } from "./speak.js";

const root = document.documentElement;
const bar = document.querySelector("[data-reader]");

if (bar) {
  for (const button of bar.querySelectorAll("button[name=text_px]")) {
    button.addEventListener("click", (event) => {
      if (!isTyped()) return; // the page comes again, made for this reader
      event.preventDefault();
      choose(Number(button.value));
    });
  }
  readAloud(bar.querySelector("[data-speak]"), document.querySelector("[data-spoken]"));
}

/** Whether a page drawn anew would cost something. */
function isTyped() {
  const fields = document.querySelectorAll("textarea, input[type=tel], input[type=text], input:not([type])");
  const isChosen = document.querySelector(".photo-remove, main input:checked");
  return Boolean(isChosen) || Array.from(fields).some(({ value, readOnly }) => value.trim() && !readOnly);
}

/** Draw the page larger or smaller where it stands; the server is told for the next one. */
function choose(px) {
  root.className = px ? `elder elder-${px}` : "usual";
  for (const button of bar.querySelectorAll("[aria-pressed]")) {
    button.setAttribute("aria-pressed", String(Number(button.value) === px));
  }
  document.dispatchEvent(new CustomEvent("reader", { detail: px }));
  const body = new URLSearchParams({ text_px: px, next: "/" });
  fetch("/elder", { method: "POST", body, redirect: "manual" }).catch(() => {}); // no line: asked again another time
}
