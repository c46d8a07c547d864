// The section of notes: the own newest ones that are no case yet; a tap opens the report filled in.

import { momentWords } from "../clock.js";
import { cell, cells, wordBadge } from "./parts.js";
import { say } from "./words.js";

export const notes = { name: "note", list, open: () => null };

function list(context) {
  const { snapshot, records, now } = context;
  const found = (snapshot.notes ?? []).filter((note) => context.finds(note.text, note.place));
  const waiting = new Set(records.filter(({ body }) => body.deed === "note.promote").map(({ body }) => body.subject));
  return cells(say("notes"), found.map((note) => cell({
    href: `/field/promote?note=${note.id}`,
    meaning: note.text,
    context: [note.place, momentWords(now, Date.parse(note.made_at))],
    foot: [waiting.has(note.id) ? wordBadge(say("note_waits"), "blue") : wordBadge(say("note_promote"))],
  })));
}
