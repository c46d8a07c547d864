// A note or a visit becomes a case: what it says stands in the form already, one tap sends it.

import { allRecords } from "./box.js";
import { canSend } from "./form.js";
import { growPickers } from "./grow.js";
import { home } from "./home.js";
import { Keeping } from "./keeping.js";
import { made } from "./made.js";
import { deedPlan, said } from "./plan.js";
import { findSnapshot } from "./snapshot.js";
import { say } from "./sync_words.js";

const form = document.querySelector("form[data-form]");

/** A page kept for offline knows no note: its address does, and the phone what the note says. */
async function fillFromPhone() {
  const id = new URLSearchParams(location.search).get("note") ?? "";
  const kept = await findSnapshot(Number(form.dataset.person)).catch(() => null);
  const note = kept?.content.notes?.find((one) => one.id === id);
  if (!note) return;
  form.dataset.source = note.id;
  form.elements.namedItem("subject").value = note.id;
  form.elements.namedItem("at").value = note.at;
  form.elements.namedItem("text").value = note.text;
  keepPhotos(note.photos);
  const gone = document.querySelector("[data-gone]");
  form.querySelector("main").id = gone.id;
  gone.remove();
  form.hidden = false;
}

/** The server has these photos already: the picker takes them as it takes those of a page. */
function keepPhotos(hashes) {
  const list = form.querySelector("[data-photos] .photo-list");
  for (const sha of hashes) {
    const kept = document.createElement("span");
    kept.dataset.kept = sha;
    list.before(kept);
  }
}

/** It waits on this phone to become a case: a second time it would only come back. */
async function isPromoted() {
  const { deed, source } = form.dataset;
  const isMended = new URLSearchParams(location.search).has("edit");
  const records = isMended ? [] : await allRecords().catch(() => []);
  return records.some(({ body }) => body.deed === deed && body.subject === source);
}

function tellPromoted() {
  form.replaceWith(made("main", { className: "page-body", id: "main" },
    made("section", { className: "empty" },
      made("p", { className: "empty-title", textContent: say("promoted_waits") }),
      made("a", { className: "button short", href: home(), textContent: say("today") }))));
}

/** What the server has can be shown, as long as there is a line. */
function showThumbs() {
  if (!navigator.onLine) return;
  for (const { dataset } of form.querySelectorAll("[data-kept]")) {
    dataset.thumb = `/api/v1/photos/${dataset.kept}?size=thumb`;
  }
}

async function start() {
  if (!form.dataset.source) await fillFromPhone();
  const { about, source } = form.dataset;
  if (!source) return undefined;
  if (await isPromoted()) return tellPromoted();
  showThumbs();
  // All photos may have been taken away: that too is to be said.
  const facts = (told, photos) => ({ ...said(told, {}), photos: photos.photos ?? [] });
  return new Keeping(form, deedPlan(form, { subject: source, query: `?${about}=${source}`, facts })).start();
}

if (form && canSend()) await start();
else if (form) growPickers(form);
