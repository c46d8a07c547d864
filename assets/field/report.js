// The resident's report form: sent by the REST door, then on to the tracking page.

import { canSend, Sending } from "./form.js";
import { growPickers } from "./grow.js";
import { Steps } from "./steps.js";
import { Suggesting } from "./suggest.js";

const form = document.querySelector("form[data-form=report]");

function body({ category, text, phone, name }, { photos }) {
  const told = { at: form.dataset.at, text, photos, made_at: new Date().toISOString() };
  if (category) told.category = category;
  if (phone?.trim()) told.phone = phone.trim();
  if (name?.trim()) told.name = name.trim();
  return told;
}

if (form) {
  const phone = form.elements.namedItem("phone");
  phone.addEventListener("change", () => hint(phone));
}

/** Say at once that a phone looks odd; whether it is one, the server decides. */
function hint(phone) {
  const digits = phone.value.normalize("NFKC").replace(/\D/g, "");
  const isOdd = phone.value.trim() !== "" && (digits.length < 10 || digits.length > 15);
  const root = phone.closest(".field");
  root.querySelector(".field-error")?.remove();
  phone.toggleAttribute("aria-invalid", isOdd);
  if (!isOdd) return;
  phone.setAttribute("aria-invalid", "true");
  root.append(Object.assign(document.createElement("p"), { className: "field-error", textContent: phone.dataset.odd }));
}

if (form && canSend()) {
  const sending = new Sending(form, {
    key: `report:${form.dataset.at}`,
    url: (uid) => `/api/v1/reports/${uid}`,
    photoUrl: (sha) => `/api/v1/photos/${sha}?at=${form.dataset.at}`,
    body,
    done: ({ track }) => `/c/${track}?new=1`,
  });
  new Steps(form, (part) => {
    sending.tell(""); // what has been mended is said no more
    return sending.isComplete(part);
  });
  await sending.start();
  new Suggesting(form);
  for (const button of form.querySelectorAll("[data-plain]")) button.remove();
} else if (form) {
  new Steps(form, (part) => Array.from(part.querySelectorAll("[required]")).every((field) => field.value.trim()));
  growPickers(form);
}
