// What becomes of a record in the outbox: pure rules, without a database, network or clock.

export const WAITING = "waiting";
export const NEEDS_SIGN_IN = "needs_sign_in";
export const NEEDS_YOU = "needs_you";
/** The two ends: a record in one of them is no longer kept. */
export const DELIVERED = "delivered";
export const DISCARDED = "discarded";

/** Every state × happening that there is. No state says "sending": a phone may die in it. */
export const MOVES = Object.freeze({
  [WAITING]: Object.freeze({
    receipt: DELIVERED,
    unreachable: WAITING,
    strange: WAITING,
    trouble: WAITING,
    busy: WAITING,
    photos_missing: WAITING,
    signed_out: NEEDS_SIGN_IN,
    refused: NEEDS_YOU,
  }),
  [NEEDS_SIGN_IN]: Object.freeze({ signed_in: WAITING }),
  [NEEDS_YOU]: Object.freeze({ retried: WAITING, edited: WAITING, discarded: DISCARDED }),
});

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 10 * 60_000;
const LONGEST_LINE_WAIT_MS = 60_000;
const LONGEST_TOLD_WAIT_MS = 60 * 60_000;

/** A happening that the drawing has no cell for: a mistake of ours, never the person's. */
export class MoveRefusedError extends Error {}

/** Tell the state after a happening. */
export function stateAfter(state, happening) {
  const after = MOVES[state]?.[happening];
  if (!after) throw new MoveRefusedError(`${happening} in ${state}`);
  return after;
}

/**
 * Give the record after a happening, or null when it has left the outbox.
 *
 * @param record The record as it is kept.
 * @param happening A key of `MOVES`, or an answer `{happening, reason}`.
 * @param now The device's clock, in milliseconds.
 * @param random A number from 0 to 1.
 */
export function recordAfter(record, happening, now, random) {
  const told = typeof happening === "string" ? { happening } : happening;
  const state = stateAfter(record.state, told.happening);
  if (state === DELIVERED || state === DISCARDED) return null;
  if (record.state !== WAITING) return { ...record, state, reason: null, last: "", tries: 0, next_at: 0 };
  // Told to wait, the whole line waits; it says nothing about this record.
  if (told.happening === "busy") return { ...record, last: "busy" };
  const tries = record.tries + 1;
  const next_at = now + backOff(tries, LONGEST_WAIT_MS, random);
  return { ...record, state, reason: told.reason ?? null, last: told.happening, tries, next_at };
}

/** Give the wait before the next try, in milliseconds: twice as long each time, never all at once. */
export function backOff(tries, longest, random) {
  const wait = Math.min(longest, FIRST_WAIT_MS * 2 ** Math.min(tries - 1, 20));
  return Math.round(wait * (0.5 + random / 2));
}

/** The line to the server as a whole: nobody has failed on it yet. */
export const OPEN_LINE = Object.freeze({ tries: 0, until: 0, is_told: false });

/** Give the line after an answer: what the network or the server says to one, it says to all. */
export function lineAfter(line, told, now, random) {
  if (told.happening === "busy") return { tries: 0, until: now + told.wait_ms, is_told: true };
  if (told.happening !== "unreachable" && told.happening !== "strange") return OPEN_LINE;
  const tries = line.tries + 1;
  return { tries, until: now + backOff(tries, LONGEST_LINE_WAIT_MS, random), is_told: false };
}

/**
 * Tell how long something has to wait still, whatever has been done to the clock meanwhile: a moment
 * further ahead than we ever wait was written by a clock that has since been set right.
 */
export function leftMs(moment, now, longest = LONGEST_WAIT_MS) {
  const left = moment - now;
  return left > 0 && left <= longest ? left : 0;
}

/** Tell how long the line has to wait; in a hurry only what the server itself asked for counts. */
export function lineWaitMs(line, now, isHurry) {
  if (isHurry && !line.is_told) return 0;
  return leftMs(line.until, now, line.is_told ? LONGEST_TOLD_WAIT_MS : LONGEST_LINE_WAIT_MS);
}

const lane = (record) => `${record.person} ${record.subject}`;

/**
 * Give what may be sent now, the oldest first: of each subject only its first record, so that what
 * builds on another never comes before it.
 *
 * @param records All that are kept.
 * @param asked `now`; `person` whose session it is, null when unknown; `isHurry` to try what
 *   failed a moment ago; `tried` the ids that had their turn.
 */
export function nextToSend(records, { now, person = null, isHurry = false, tried = new Set() }) {
  const taken = new Set();
  for (const record of inOrder(records)) {
    if (taken.has(lane(record))) continue;
    taken.add(lane(record));
    const isTheirs = person === null || record.person === null || record.person === person;
    const isDue = isHurry || leftMs(record.next_at, now) === 0;
    if (record.state === WAITING && isTheirs && isDue && !tried.has(record.id)) return record;
  }
  return null;
}

/** Tell after how many milliseconds there is something to send, or null when there is nothing. */
export function nextInMs(records, line, now, person = null) {
  const heads = new Map();
  for (const record of inOrder(records)) if (!heads.has(lane(record))) heads.set(lane(record), record);
  const waits = Array.from(heads.values())
    .filter((record) => record.state === WAITING)
    .filter((record) => person === null || record.person === null || record.person === person)
    .map((record) => leftMs(record.next_at, now));
  return waits.length ? Math.max(Math.min(...waits), lineWaitMs(line, now, false)) : null;
}

/** Tell whether a record waits behind another of the same subject that needs a person. */
export function isHeldBack(record, records) {
  const before = records.filter((other) => lane(other) === lane(record) && other.seq < record.seq);
  return record.state === WAITING && before.some((other) => other.state !== WAITING);
}

/** Put records in the order in which they were captured; no clock can change it. */
export function inOrder(records) {
  return [...records].sort((one, other) => one.seq - other.seq);
}
