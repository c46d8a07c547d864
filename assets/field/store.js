// Keeps drafts on this device: IndexedDB, which survives a reload, a dead battery and no network.
// Later stores (the outbox) are added in a new version; nothing is ever renamed or removed.

const NAME = "gridapp";
const VERSION = 1;
let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      if (!request.result.objectStoreNames.contains("drafts")) {
        request.result.createObjectStore("drafts", { keyPath: "key" });
      }
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => {
        request.result.close();
        opened = null;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  }).catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

async function run(mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction("drafts", mode, { durability: "strict" });
    const request = work(transaction.objectStore("drafts"));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

/** Keep a draft; tells whether it is safe. */
export async function keepDraft(draft) {
  try {
    await run("readwrite", (drafts) => drafts.put(draft));
    return true;
  } catch {
    return false;
  }
}

/** Find a draft by its key, or nothing. */
export async function findDraft(key) {
  try {
    return (await run("readonly", (drafts) => drafts.get(key))) ?? null;
  } catch {
    return null;
  }
}

/** Forget a draft: it was received, or thrown away. */
export async function dropDraft(key) {
  try {
    await run("readwrite", (drafts) => drafts.delete(key));
  } catch {
    // There was no place to keep it in the first place.
  }
}
