// Thumbnails of the own tasks, kept on the phone for one person, within a budget of bytes.

import { answer, transact } from "./store.js";

/** The most that is kept for a person: some 300 thumbnails. */
export const BUDGET_BYTES = 6_000_000;

/** Give a thumbnail that is kept, or nothing. */
export function findThumb(person, sha) {
  return transact("thumbs", "readonly", ({ thumbs }) => answer(thumbs.get([person, sha])));
}

/**
 * Keep these thumbnails and no others: the first are wanted most. What the budget has no room for
 * is not kept, so that the same ones stay from round to round.
 *
 * @param person Whose they are.
 * @param wanted Hashes, the most urgent task's first.
 * @param env What is taken from the browser; another one in tests.
 */
export async function keepThumbs(person, wanted, env = {}) {
  const fetch = env.fetch ?? globalThis.fetch;
  const budget = env.budget ?? BUDGET_BYTES;
  const held = new Map((await thumbsOf(person)).map((thumb) => [thumb.sha, thumb.bytes.byteLength]));
  const staying = new Set();
  let total = 0;
  for (const sha of new Set(wanted)) {
    const size = held.get(sha) ?? (await fetched(person, sha, fetch, budget - total));
    if (size === null) continue; // not to be had now: the next round asks again
    if (total + size > budget) break;
    total += size;
    staying.add(sha);
  }
  await transact("thumbs", "readwrite", async ({ thumbs }) => {
    for (const [owner, sha] of await answer(thumbs.getAllKeys())) {
      if (owner === person && !staying.has(sha)) thumbs.delete([owner, sha]);
    }
  });
}

function thumbsOf(person) {
  const mine = IDBKeyRange.bound([person], [person, []]);
  return transact("thumbs", "readonly", ({ thumbs }) => answer(thumbs.getAll(mine)));
}

/** Fetch one and keep it if there is room; gives its size, or null when it could not be had. */
async function fetched(person, sha, fetch, room) {
  let bytes;
  let type;
  try {
    const response = await fetch(`/api/v1/photos/${sha}?size=thumb`, { redirect: "manual", credentials: "same-origin" });
    type = response.headers.get("content-type") ?? "";
    if (response.status !== 200 || !type.startsWith("image/")) return null;
    bytes = await response.arrayBuffer();
  } catch {
    return null;
  }
  if (bytes.byteLength <= room) {
    await transact("thumbs", "readwrite", ({ thumbs }) => answer(thumbs.put({ person, sha, bytes, type })));
  }
  return bytes.byteLength;
}
