// The worker's capture forms: a deed, or a report upward, sent by the REST door.

import { beginNote, tellAbout } from "./about.js";
import { canSend, pageWords } from "./form.js";
import { growPickers } from "./grow.js";
import { Keeping } from "./keeping.js";
import { Place } from "./place.js";

const form = document.querySelector("form[data-form]");

/** Give what was said: what is empty is not said. */
function said(told, photos) {
  const facts = Object.fromEntries(Object.entries(told).filter(([, value]) => value.trim()));
  for (const [name, hashes] of Object.entries(photos)) if (hashes.length) facts[name] = hashes;
  return facts;
}

function planOf({ form: kind, deed, subject, person, done }) {
  const root = form.querySelector("[data-place]");
  const place = root && navigator.geolocation && isSecureContext ? new Place(root, pageWords()) : null;
  const facts = (told, photos) => ({ ...said(told, photos), ...place?.facts });
  const now = () => new Date().toISOString();
  const edit = new URLSearchParams(location.search).get("edit") ?? "";
  return {
    edit,
    key: edit ? `edit:${edit}` : `${deed}:${subject}:${person}`,
    url: (uid) => `/api/v1/${kind}s/${uid}`,
    photoUrl: (sha) => `/api/v1/photos/${sha}`,
    body: (told, photos) => {
      if (kind === "report") return { ...facts(told, photos), made_at: now() };
      const order = { deed, subject, facts: facts(told, photos), done_at: now() };
      // Read when it is sent: after a refusal it is the version that the person has seen.
      if (form.dataset.version) order.version = Number(form.dataset.version);
      return order;
    },
    done: ({ no }) => `${done}&no=${no ?? ""}`,
  };
}

async function start() {
  if (!(await tellAbout(form))) return;
  await new Keeping(form, planOf(form.dataset)).start();
  beginNote(form);
  form.dataset.started = ""; // what was kept is back in it
}

if (form && canSend()) await start();
else if (form) growPickers(form);
