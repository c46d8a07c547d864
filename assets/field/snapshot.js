// What the server gave to take along, kept on the phone for the person it was given to.

import { answer, transact } from "./store.js";

const ADDRESS = "/api/v1/me/snapshot";
const PATIENCE_MS = 20_000;

/** Give what is kept for a person: `{person, etag, content, as_of}`, or nothing. */
export function findSnapshot(person) {
  return transact("snapshots", "readonly", ({ snapshots }) => answer(snapshots.get(person)));
}

/**
 * Ask the server whether there is something newer, and keep it.
 *
 * @param person Whose page this is; the server refuses everybody else's session.
 * @param env What is taken from the browser; another one in tests.
 * @returns `{outcome, snapshot}`: `fresh` (changed), `same`, `unreachable` or `signed_out`; the
 *   snapshot is what is known now, or null.
 */
export async function refreshSnapshot(person, env = {}) {
  const now = env.now ?? (() => Date.now());
  const kept = (await findSnapshot(person)) ?? null;
  // A phone that says it is offline is right; one that says it is online may be wrong.
  if (globalThis.navigator?.onLine === false) return { outcome: "unreachable", snapshot: kept };
  let response;
  try {
    response = await asked(person, kept?.etag, env.fetch ?? globalThis.fetch);
  } catch {
    return { outcome: "unreachable", snapshot: kept };
  }
  if (response.status === 401 || response.status === 403) return { outcome: "signed_out", snapshot: kept };
  if (response.status === 304 && kept) {
    const snapshot = { ...kept, as_of: now() };
    await keep(snapshot);
    return { outcome: "same", snapshot };
  }
  const content = await contentOf(response, person);
  if (!content) return { outcome: "unreachable", snapshot: kept }; // a portal's page, or half of ours
  const snapshot = { person, etag: response.headers.get("etag") ?? "", content, as_of: now() };
  await keep(snapshot);
  return { outcome: "fresh", snapshot };
}

function asked(person, etag, fetch) {
  const headers = { Accept: "application/json", "X-Grid-Person": String(person) };
  if (etag) headers["If-None-Match"] = etag;
  // Past the browser's own cache: a 304 must come from the server, or it says nothing about now.
  const manners = { headers, credentials: "same-origin", redirect: "manual", cache: "no-store" };
  return fetch(ADDRESS, { ...manners, signal: AbortSignal.timeout?.(PATIENCE_MS) });
}

async function contentOf(response, person) {
  if (response.status !== 200) return null;
  if (!/^application\/json\b/i.test(response.headers.get("content-type") ?? "")) return null;
  try {
    const content = await response.json();
    return Array.isArray(content?.tasks) && content.me?.person === person ? content : null;
  } catch {
    return null;
  }
}

function keep(snapshot) {
  return transact("snapshots", "readwrite", ({ snapshots }) => answer(snapshots.put(snapshot)));
}

/** Forget what was taken along for everybody but this person (null: for everybody). */
export function forgetOthers(person = null) {
  return transact(["snapshots", "thumbs"], "readwrite", async (stores) => {
    for (const store of Object.values(stores)) {
      for (const key of await answer(store.getAllKeys())) {
        if ((Array.isArray(key) ? key[0] : key) !== person) store.delete(key);
      }
    }
  });
}
