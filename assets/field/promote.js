// A note or a visit becomes a case: what it says stands in the form already, one tap sends it.

import { canSend } from "./form.js";
import { growPickers } from "./grow.js";
import { Keeping } from "./keeping.js";
import { deedPlan, said } from "./plan.js";

const form = document.querySelector("form[data-form]");

if (form && canSend()) {
  const { about, source } = form.dataset;
  // All photos may have been taken away: that too is to be said.
  const facts = (told, photos) => ({ ...said(told, {}), photos: photos.photos ?? [] });
  await new Keeping(form, deedPlan(form, { subject: source, query: `?${about}=${source}`, facts })).start();
} else if (form) growPickers(form);
