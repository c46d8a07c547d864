// Deeds without a form, done with one tap: kept on the phone first, like every capture.

import { device, newId } from "../api.js";
import { keepCapture } from "../box.js";
import { delivery } from "../delivery.js";

/** Keep a deed on a case, and send it when there is a line. */
export async function keepDeed(person, task, deed, title) {
  const now = new Date().toISOString();
  await keepCapture({
    id: newId(),
    person,
    kind: "deed",
    subject: `case ${task.no}`,
    body: { deed, subject: task.no, facts: {}, version: task.version, done_at: now },
    query: "",
    device: device(),
    title,
    words: "",
    place: task.no,
    form: "", // there is nothing in it to mend
    told: { fields: {}, pickers: {} },
    made_at: now,
  }, []);
  await delivery(person).captured();
}
