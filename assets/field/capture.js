// The worker's capture forms: a deed, or a report upward, sent by the REST door.

import { beginNote, tellAbout } from "./about.js";
import { canSend, pageWords } from "./form.js";
import { growPickers } from "./grow.js";
import { Keeping } from "./keeping.js";
import { Place } from "./place.js";
import { said } from "./plan.js";

const form = document.querySelector("form[data-form]");

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Give the patrol point that the address names, or nothing. */
function pointAsked() {
  const asked = new URLSearchParams(location.search).get("point") ?? "";
  return UUID.test(asked) ? asked.toLowerCase() : "";
}

/** Make a finding of a report or a case settled: it is sent as a deed, and the page says so. */
function becomeFinding() {
  const { dataset } = form;
  const isNew = !dataset.subject && ["case.report", "case.settle"].includes(dataset.deed);
  if (!isNew || !pointAsked()) return false;
  dataset.form = "deed";
  form.querySelector("[data-found]").hidden = false;
  return true;
}

/** What was done says what there was: nobody writes the same thing twice. */
const once = (told, deed, subject) =>
  (deed === "case.settle" && !subject && !told.text?.trim() ? { ...told, text: told.words } : told);

function planOf({ form: kind, deed, subject, person, done }) {
  const root = form.querySelector("[data-place]");
  const place = root && navigator.geolocation && isSecureContext ? new Place(root, pageWords()) : null;
  // Found on a patrol: the point stands in the address, for a kept page does not know it.
  const point = isFinding ? pointAsked() : "";
  const facts = (told, photos) => ({ ...said(once(told, deed, subject), photos), ...place?.facts });
  const now = () => new Date().toISOString();
  const edit = new URLSearchParams(location.search).get("edit") ?? "";
  return {
    edit,
    key: edit ? `edit:${edit}` : `${deed}:${subject}:${person}`,
    url: (uid) => `/api/v1/${kind}s/${uid}`,
    photoUrl: (sha) => `/api/v1/photos/${sha}`,
    query: point && `?point=${point}`,
    body: (told, photos) => {
      if (point) return { deed: "patrol.find", subject: point, facts: facts(told, photos), done_at: now() };
      if (kind === "report") return { ...facts(told, photos), made_at: now() };
      const order = { deed, subject, facts: facts(told, photos), done_at: now() };
      // Read when it is sent: after a refusal it is the version that the person has seen.
      if (form.dataset.version) order.version = Number(form.dataset.version);
      return order;
    },
    done: ({ no }) => `${done}&no=${no ?? ""}`,
  };
}

const isFinding = Boolean(form) && becomeFinding();

async function start() {
  if (!(await tellAbout(form))) return;
  await new Keeping(form, planOf(form.dataset)).start();
  beginNote(form);
  form.dataset.started = ""; // what was kept is back in it
}

if (form && canSend()) await start();
else if (form) growPickers(form);
