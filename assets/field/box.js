// The outbox as it is kept on the device: records, their photos, and what is known of the line.

import { NEEDS_YOU, WAITING, OPEN_LINE, inOrder, lineAfter, recordAfter } from "./outbox.js";
import { answer, transact } from "./store.js";

const ALL = ["records", "photos", "facts", "drafts"];

/**
 * Keep a capture: the record, its photos and the end of its draft, in one transaction.
 *
 * @param capture `id`, `person` (null for a resident), `kind` (deed or report), `subject` (what it
 *   builds on; its own id for something new), `body` (what is PUT), `query` (of its photos'
 *   address), `device`, `title`, `place`, `form` (where it is mended), `made_at`.
 * @param photos `{sha, bytes, type}`, the bytes as an ArrayBuffer: WebKit loses Blobs.
 * @param draftKey The draft that it was made of, or nothing.
 * @throws StoreFullError, StoreLostError: nothing was kept. KeyTakenError: it is kept already.
 */
export function keepCapture(capture, photos, draftKey = "") {
  return transact(ALL, "readwrite", async (stores) => {
    const seq = ((await answer(stores.facts.get("seq")))?.value ?? 0) + 1;
    stores.facts.put({ key: "seq", value: seq });
    const fresh = { state: WAITING, reason: null, last: "", tries: 0, next_at: 0, seq };
    await answer(stores.records.add({ ...capture, ...fresh, photo_count: photos.length }));
    keepPhotos(stores, capture.id, photos);
    if (draftKey) stores.drafts.delete(draftKey);
  });
}

/** It is not what it was: sent, mended or thrown away meanwhile, in another tab. */
export class MovedError extends Error {}

/**
 * Keep a refused capture as the person has mended it, in its old place; with a new id, when the old
 * one has been used for something else, what builds on it goes along.
 *
 * @throws MovedError: it no longer needs its person; nothing was kept.
 */
export function mendCapture(id, capture, photos, draftKey = "") {
  return transact(ALL, "readwrite", async (stores) => {
    const record = await answer(stores.records.get(id));
    if (record?.state !== NEEDS_YOU) throw new MovedError(id);
    const after = recordAfter(record, "edited", 0, 0);
    dropRecord(stores, id);
    stores.records.put({ ...after, ...capture, photo_count: photos.length });
    keepPhotos(stores, capture.id, photos);
    if (draftKey) stores.drafts.delete(draftKey);
    if (capture.id === id) return;
    for (const next of await answer(stores.records.getAll())) {
      if (next.subject !== id) continue;
      const body = { ...next.body, subject: capture.id };
      stores.records.put({ ...next, subject: capture.id, body });
    }
  });
}

function keepPhotos({ photos: kept }, record, photos) {
  for (const { sha, bytes, type } of photos) kept.put({ record, sha, bytes, type, is_sent: false });
}

function dropRecord({ records, photos }, id) {
  records.delete(id);
  photos.delete(IDBKeyRange.bound([id], [id, []]));
}

/** Give every record, in the order in which they were captured. */
export async function allRecords() {
  return inOrder(await transact("records", "readonly", ({ records }) => answer(records.getAll())));
}

/** Give one record, or nothing. */
export function findRecord(id) {
  return transact("records", "readonly", ({ records }) => answer(records.get(id)));
}

/** Give the photos of a record, with their bytes. */
export function photosOf(id) {
  const mine = IDBKeyRange.bound([id], [id, []]);
  return transact("photos", "readonly", ({ photos }) => answer(photos.getAll(mine)));
}

/** Write down that a photo has arrived, so that it is not sent again. */
export function markPhotoSent(id, sha) {
  return transact("photos", "readwrite", async ({ photos }) => {
    const photo = await answer(photos.get([id, sha]));
    if (photo) photos.put({ ...photo, is_sent: true });
  });
}

/** Give what is known of the line to the server. */
export async function findLine() {
  return (await transact("facts", "readonly", ({ facts }) => answer(facts.get("line"))))?.value ?? OPEN_LINE;
}

/** Write down that the server or the network is to be asked again, whatever happened before. */
export function keepLine(line) {
  return transact("facts", "readwrite", ({ facts }) => answer(facts.put({ key: "line", value: line })));
}

/**
 * Let an answer have its consequences, all in one transaction; gives the record, or null once it
 * has left. A record that has moved meanwhile, in another tab, stays as it is there.
 */
export function applyAnswer(id, told, now, random) {
  return transact(ALL, "readwrite", async (stores) => {
    const line = (await answer(stores.facts.get("line")))?.value ?? OPEN_LINE;
    stores.facts.put({ key: "line", value: lineAfter(line, told, now, random) });
    const record = await answer(stores.records.get(id));
    if (!record || record.state !== WAITING) return record ?? null;
    const after = recordAfter(record, told, now, random);
    if (told.missing) await unmark(stores, id, told.missing);
    if (told.happening === "signed_out") await signOut(stores, record, told, now, random);
    if (after) stores.records.put(after);
    else await leave(stores, record, told.reply);
    return after;
  });
}

/** Let a person's wish (`retried`, `discarded`) have its consequences. */
export function applyWish(id, wish) {
  return transact(ALL, "readwrite", async (stores) => {
    const record = await answer(stores.records.get(id));
    if (record?.state !== NEEDS_YOU) return record ?? null; // decided already, in another tab
    const after = wished(record, recordAfter(record, wish, 0, 0));
    if (after) stores.records.put(after);
    else await leave(stores, record, null);
    return after;
  });
}

/** Whoever sends again has been told how it stands now: it goes on from there. */
function wished(record, after) {
  const seen = record.reason?.current?.version;
  if (!after || !seen || !record.body.version) return after;
  return { ...after, body: { ...after.body, version: seen } };
}

/** Set the records of a person free who has signed in again; tells how many there were. */
export function signIn(person) {
  return transact("records", "readwrite", async ({ records }) => {
    const theirs = (await answer(records.getAll())).filter(
      (record) => record.person === person && record.state === "needs_sign_in",
    );
    for (const record of theirs) records.put(recordAfter(record, "signed_in", 0, 0));
    return theirs.length;
  });
}

async function signOut({ records }, refused, told, now, random) {
  for (const record of await answer(records.getAll())) {
    const isTheirs = record.person === refused.person && record.state === WAITING;
    if (isTheirs && record.id !== refused.id) records.put(recordAfter(record, told, now, random));
  }
}

async function unmark({ photos }, id, missing) {
  for (const sha of missing) {
    const photo = await answer(photos.get([id, sha]));
    if (photo) photos.put({ ...photo, is_sent: false });
  }
}

/** Take a record out; what was captured on top of it goes on from the version that it led to. */
async function leave(stores, record, reply) {
  const { records } = stores;
  dropRecord(stores, record.id);
  stores.drafts.delete(`edit:${record.id}`);
  if (!reply?.version) return;
  for (const next of await answer(records.getAll())) {
    const isBuiltOnIt = next.person === record.person && next.subject === record.subject;
    if (!isBuiltOnIt || next.seq < record.seq || next.body.version !== record.body.version) continue;
    if (next.body.version) records.put({ ...next, body: { ...next.body, version: reply.version } });
  }
}
