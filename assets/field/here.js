// Whose session this page has: told by the page where the server wrote it, else asked for.

import { answer, transact } from "./store.js";

const ADDRESS = "/api/v1/me";
const PATIENCE_MS = 8_000;

let asked = null;

/** Tell whose session this is, by number, or null: asked once a page; last known without network. */
export function whoIsHere() {
  asked ??= Promise.resolve(Number(document.querySelector("grid-outbox")?.getAttribute("person")) || ask());
  return asked;
}

async function ask() {
  let response;
  try {
    const signal = AbortSignal.timeout?.(PATIENCE_MS);
    response = await fetch(ADDRESS, { cache: "no-store", redirect: "manual", credentials: "same-origin", signal });
    if (response.status === 401) return null;
    const { person } = await response.json();
    if (response.status !== 200 || !Number.isInteger(person)) return await lastKnown();
    await transact("facts", "readwrite", ({ facts }) => answer(facts.put({ key: "here", value: person })));
    return person;
  } catch {
    return lastKnown();
  }
}

async function lastKnown() {
  try {
    return (await transact("facts", "readonly", ({ facts }) => answer(facts.get("here"))))?.value ?? null;
  } catch {
    return null;
  }
}

/** Forget who was here last. */
export function forgetWho() {
  asked = null;
  return transact("facts", "readwrite", ({ facts }) => answer(facts.delete("here")));
}
