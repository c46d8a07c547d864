// What today's page is made of, in the order in which it stands there. To add a section: write a
// module beside this one, add it to the list, and give its words a line in
// `gridapp/contact/words/written.py`.
//
// A section is an object with
//   name    what stands in the address of one of its things: `#name/key`
//   list    (context) => Node or null: its part of today's list
//   open    (context, key) => {title, body: [Node], actions: [Node]} or null: one thing, by its key
//
// The context is made anew for each drawing; see `context` in page.js:
//   snapshot   the content of /me/snapshot: `tasks`, `buildings`, `contacts`, …
//   now        the phone's clock, in milliseconds
//   query      what was typed into the search, in small letters; `finds(...texts)` looks for it
//   person     whose page this is
//   records    this person's captures that wait on the phone, oldest first
//   wishes     what the buttons of a record do; see `itemOf` in outbox_item.js
//   keepDeed   (task, deed, title) => Promise: keep a deed of one tap, and send it when it can be;
//              tells whether it is kept
//
// What ages by the minute carries `data-due-at` (see parts.js) and is said anew by the page.

import { cases, otherCases } from "./cases.js";
import { notes } from "./notes.js";
import { patrols } from "./patrols.js";
import { visits } from "./visits.js";

export const SECTIONS = [cases, patrols, visits, notes, otherCases];

/** An address cut off in the middle, as a chat shortens it, means nothing. */
function readable(hash) {
  try {
    return decodeURIComponent(hash);
  } catch {
    return "";
  }
}

/** Tell which section and key an address means; a plain `#260101-12` is a case. */
export function placeOf(hash) {
  const told = readable(hash.replace(/^#/, ""));
  if (!told) return null;
  const [name, ...rest] = told.split("/");
  const isNamed = rest.length > 0;
  const section = SECTIONS.find((one) => one.name === (isNamed ? name : "case"));
  return section ? { section, key: isNamed ? rest.join("/") : name } : null;
}
