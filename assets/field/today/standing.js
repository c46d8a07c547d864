// How a case stands for whoever holds this phone: as the server said, and as what waits here will
// change it. Pure rules, without a database, network or clock.

const TAKE = "case.take";
const HANDLE = "case.handle";
const SETTLE = "case.settle";
/** The deeds that have their place on this page, the main one first; others are done online. */
export const DEEDS = Object.freeze([HANDLE, TAKE, SETTLE]);
/** What a deed that waits on the phone opens the way to. */
const OPENS = { [TAKE]: [HANDLE] };

/** Give what waits on this phone for a case, oldest first. */
export function waitingFor(no, records) {
  return records.filter(({ subject }) => subject === `case ${no}`);
}

/**
 * List the deeds that can be done on a case now, the main one first.
 *
 * What waits counts as done: the server gets it in the same order. Where something has come back,
 * the person decides about that first.
 */
export function deedsOn(task, records) {
  const waiting = waitingFor(task.no, records);
  if (waiting.some(({ state }) => state === "needs_you")) return [];
  const [last] = waiting.slice(-1);
  const open = last ? (OPENS[last.body.deed] ?? []) : task.deeds;
  return DEEDS.filter((deed) => open.includes(deed));
}
