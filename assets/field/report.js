// The resident's report form: sent by the REST door, then on to the tracking page.

import { canSend, Sending } from "./form.js";
import { growPickers } from "./grow.js";

const form = document.querySelector("form[data-form=report]");

function body({ category, text, phone, name }, { photos }) {
  const told = { at: form.dataset.at, text, photos, made_at: new Date().toISOString() };
  if (category) told.category = category;
  if (phone?.trim()) told.phone = phone.trim();
  if (name?.trim()) told.name = name.trim();
  return told;
}

if (form && canSend()) {
  await new Sending(form, {
    key: `report:${form.dataset.at}`,
    url: (uid) => `/api/v1/reports/${uid}`,
    photoUrl: (sha) => `/api/v1/photos/${sha}?at=${form.dataset.at}`,
    body,
    done: ({ track }) => `/c/${track}?new=1`,
  }).start();
} else if (form) {
  growPickers(form);
}
