// The device's own memory: one IndexedDB, opened once, reopened when the browser loses it.
// Versions only ever add: nothing is renamed or removed, for an older tab may still be open.

const NAME = "gridapp";

// Each step makes one version out of the one before it. Never edit a step that has been out.
const STEPS = [
  (database) => database.createObjectStore("drafts", { keyPath: "key" }),
  (database) => {
    database.createObjectStore("records", { keyPath: "id" });
    database.createObjectStore("photos", { keyPath: ["record", "sha"] });
    database.createObjectStore("facts", { keyPath: "key" });
  },
  (database) => {
    database.createObjectStore("snapshots", { keyPath: "person" });
    database.createObjectStore("thumbs", { keyPath: ["person", "sha"] });
  },
];

// What WebKit and Chromium throw when the connection died under a page that is still there.
const LOST = new Set(["InvalidStateError", "UnknownError", "AbortError", "TransactionInactiveError"]);

/** Nothing could be kept: there is no IndexedDB here, or it is broken. */
export class StoreLostError extends Error {}

/** Nothing could be kept: the phone's storage is full. */
export class StoreFullError extends Error {}

/** Something with this key is there already. */
export class KeyTakenError extends Error {}

let opened = null;

function forget(database) {
  database.close();
  opened = null;
}

// WebKit now and then never answers what a page asks first, and answers the next who asks: without
// patience coming to an end the page would stand there for ever, saving nothing.
const PATIENCE_MS = 3_000;
const TRIES = 5;
const READ_PATIENCE_MS = 20_000;
const WRITE_PATIENCE_MS = 8_000; // less: whoever reads meanwhile waits for it
// Asked a second time it may be slow, not lost: an old phone with nine photos is not refused for it.
const SECOND_PATIENCE_MS = 60_000;

const unanswered = () => new DOMException("no answer", "UnknownError");

function connect() {
  return new Promise((resolve, reject) => {
    let isOver = false;
    const ask = (left) => {
      const request = globalThis.indexedDB.open(NAME, STEPS.length);
      const timer = setTimeout(() => {
        if (isOver) return;
        if (left > 1) return ask(left - 1);
        isOver = true;
        reject(unanswered());
      }, PATIENCE_MS);
      const end = (tell) => {
        clearTimeout(timer);
        if (!isOver) tell();
        isOver = true;
      };
      request.onupgradeneeded = ({ oldVersion }) => {
        for (const step of STEPS.slice(oldVersion)) step(request.result);
      };
      request.onsuccess = () => {
        const database = request.result;
        if (isOver) return database.close(); // late: another one is used by now
        // A newer version waits in another tab, or the browser has dropped the connection.
        database.onversionchange = () => forget(database);
        database.onclose = () => forget(database);
        end(() => resolve(database));
      };
      request.onerror = () => end(() => reject(request.error));
    };
    ask(TRIES);
  });
}

function open() {
  opened ??= connect().catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

// A page that is put aside whole keeps what it holds, and whoever comes next waits for it.
globalThis.addEventListener?.("pagehide", () => opened?.then(forget, () => {}));

async function attempt(stores, mode, work, patience) {
  const database = await open();
  return new Promise((resolve, reject) => {
    // Strict: "complete" is said only once it is on the disk, so that 已保存 is true.
    const transaction = database.transaction(stores, mode, { durability: "strict" });
    const names = typeof stores === "string" ? [stores] : stores;
    let result;
    let failure = null;
    // What is given up lets go of its stores, and is asked for once more; unless it is on its way to
    // the disk and may be kept already.
    const timer = setTimeout(() => {
      try {
        transaction.abort();
        reject(unanswered());
      } catch {
        reject(mode === "readonly" ? unanswered() : new StoreLostError("no answer"));
      }
    }, patience);
    transaction.oncomplete = () => {
      clearTimeout(timer);
      resolve(result);
    };
    transaction.onabort = () => {
      clearTimeout(timer);
      reject(failure ?? transaction.error ?? new DOMException("", "AbortError"));
    };
    const given = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
    const done = (value) => {
      result = value;
    };
    // A mistake inside gives up the whole transaction: half of it is never kept.
    Promise.resolve(work(given)).then(done, (error) => {
      failure = error;
      try {
        transaction.abort();
      } catch {
        reject(error);
      }
    });
  });
}

/**
 * Do some work in one transaction: all of it is kept or none; a lost database is opened once more.
 *
 * @param stores The name of a store, or several.
 * @param mode `readonly` or `readwrite`.
 * @param work Gets the stores by name; it may wait for their answers (`answer`) and nothing else.
 */
export async function transact(stores, mode, work) {
  try {
    return await attempt(stores, mode, work, mode === "readonly" ? READ_PATIENCE_MS : WRITE_PATIENCE_MS);
  } catch (error) {
    if (!LOST.has(error?.name)) throw named(error);
  }
  try {
    if (opened) forget(await opened);
  } catch {
    opened = null;
  }
  try {
    return await attempt(stores, mode, work, SECOND_PATIENCE_MS);
  } catch (error) {
    throw named(error);
  }
}

function named(error) {
  if (!(error instanceof DOMException)) return error; // a refusal of ours, from inside the work
  if (error?.name === "QuotaExceededError") return new StoreFullError(error.message);
  if (error?.name === "ConstraintError") return new KeyTakenError(error.message);
  return new StoreLostError(error?.message ?? String(error), { cause: error });
}

/** Wait for the answer of one request inside a transaction. */
export function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Keep a draft; tells whether it is safe. */
export async function keepDraft(draft) {
  try {
    await transact("drafts", "readwrite", ({ drafts }) => answer(drafts.put(draft)));
    dropWords(draft.key);
    return true;
  } catch {
    // Without a database the words alone are kept; photos would be too large for this.
    const hasPhotos = Object.values(draft.photos).some((photos) => photos.length > 0);
    return keepWords(draft) && !hasPhotos;
  }
}

/** Find a draft by its key, or nothing. */
export async function findDraft(key) {
  const words = findWords(key);
  let draft = null;
  try {
    draft = (await transact("drafts", "readonly", ({ drafts }) => answer(drafts.get(key)))) ?? null;
  } catch {
    return words;
  }
  // Words kept at the last moment are newer than the draft; the photos are the draft's.
  return words ? { ...words, photos: draft?.photos ?? {} } : draft;
}

/** Forget a draft: it was received, or thrown away. */
export async function dropDraft(key) {
  dropWords(key);
  try {
    await transact("drafts", "readwrite", ({ drafts }) => answer(drafts.delete(key)));
  } catch {
    // There was no place to keep it in the first place.
  }
}

const wordsKey = (key) => `grid-draft:${key}`;

/** Keep the words of a draft at once: a page that is going away cannot wait for a database. */
export function keepWords(draft) {
  try {
    localStorage.setItem(wordsKey(draft.key), JSON.stringify({ ...draft, photos: {} }));
    return true;
  } catch {
    return false;
  }
}

/** Forget the words that were kept so. */
export function dropWords(key) {
  try {
    localStorage.removeItem(wordsKey(key));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function findWords(key) {
  try {
    return JSON.parse(localStorage.getItem(wordsKey(key)));
  } catch {
    return null;
  }
}
