// Where the worker has just checked in: the next form begins there, for as long as that is likely.

const KEY = "grid-last-place";
const LIKELY_MS = 2 * 60 * 60_000;

/** Remember a building by its code. */
export function keepLastPlace(person, code) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ person, code, at: Date.now() }));
  } catch {
    // A convenience: without it the place is chosen by hand.
  }
}

/** Give the code of the building of this person's last check-in, or nothing. */
export function lastPlace(person) {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    const age = Date.now() - kept.at;
    return kept.person === person && age >= 0 && age < LIKELY_MS ? kept.code : undefined;
  } catch {
    return undefined;
  }
}
