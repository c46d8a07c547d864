// Sends what waits: one sender over all tabs and the worker, photo by photo, then the record.

import { readAnswer } from "./answers.js";
import { nextToSend, lineWaitMs } from "./outbox.js";

const LOCK = "grid-outbox";
const PHOTO_PATIENCE_MS = 120_000;
const RECORD_PATIENCE_MS = 30_000;
/** After these it makes no sense to try the next record: it is not about this one. */
const ENDS_ROUND = new Set(["unreachable", "strange", "busy"]);

export class Sender {
  /**
   * @param box Where the records are kept: the functions of `box.js`.
   * @param person Whose session this page has; null in the worker, which cannot know.
   * @param onChange Told `{id, happening, reply?}` or `{id, sent, total}` as things go on.
   * @param env What is taken from the browser; another one in tests.
   */
  constructor({ box, person = null, onChange = () => {}, env = {} }) {
    this.box = box;
    this.person = person;
    this.onChange = onChange;
    this.fetch = env.fetch ?? ((...request) => globalThis.fetch(...request));
    this.locks = env.locks === undefined ? globalThis.navigator?.locks : env.locks;
    this.now = env.now ?? (() => Date.now());
    this.random = env.random ?? Math.random;
    this.isQueued = false;
  }

  /**
   * Send all that may be sent now; tells whether this sender was the one to do it.
   *
   * @param isHurry Try what failed a moment ago: the network is back, or the person asks.
   * @param isPatient Take over when the other sender ends, for it may have looked too early.
   */
  async drain({ isHurry = false, isPatient = true } = {}) {
    if (!this.locks) return this.#round(isHurry); // the ids alone keep it to once, then
    const isDone = await this.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
      if (lock) await this.#round(isHurry);
      return Boolean(lock);
    });
    if (isDone || !isPatient || this.isQueued) return isDone;
    this.isQueued = true;
    return this.locks.request(LOCK, async () => {
      this.isQueued = false;
      return this.#round(isHurry);
    });
  }

  async #round(isHurry) {
    const tried = new Set();
    for (;;) {
      const now = this.now();
      if (lineWaitMs(await this.box.findLine(), now, isHurry && tried.size === 0) > 0) return true;
      const record = nextToSend(await this.box.allRecords(), { now, person: this.person, isHurry, tried });
      if (!record) return true;
      tried.add(record.id);
      const told = await this.#send(record);
      await this.box.applyAnswer(record.id, told, this.now(), this.random());
      this.onChange({ id: record.id, ...told });
      if (ENDS_ROUND.has(told.happening)) return true;
    }
  }

  /** Send one record, its photos first; gives the answer that decides about it. */
  async #send(record) {
    const photos = await this.box.photosOf(record.id);
    const total = photos.length + 1;
    let sent = photos.filter((photo) => photo.is_sent).length;
    for (const photo of photos.filter((one) => !one.is_sent)) {
      this.onChange({ id: record.id, sent, total });
      const url = `/api/v1/photos/${photo.sha}${record.query ?? ""}`;
      const told = await this.#put(url, photo.bytes, photo.type, record, photo.sha);
      if (told.happening !== "receipt") return told;
      await this.box.markPhotoSent(record.id, photo.sha);
      sent += 1;
    }
    this.onChange({ id: record.id, sent, total });
    const url = `/api/v1/${record.kind}s/${record.id}`;
    const told = await this.#put(url, JSON.stringify(record.body), "application/json", record, record.id);
    const isLost = told.missing?.some((sha) => !photos.some((photo) => photo.sha === sha));
    return isLost ? { ...told, happening: "refused" } : told; // what is not here cannot be sent again
  }

  async #put(url, body, type, record, receipt) {
    const patience = type === "application/json" ? RECORD_PATIENCE_MS : PHOTO_PATIENCE_MS;
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), patience);
    try {
      const response = await this.fetch(url, {
        method: "PUT",
        body,
        headers: headersOf(record, type),
        credentials: "same-origin",
        redirect: "manual", // a login page must not pass for an answer
        cache: "no-store",
        signal: control.signal,
      });
      return await readAnswer(response, receipt);
    } catch {
      return { happening: "unreachable" };
    } finally {
      clearTimeout(timer);
    }
  }
}

function headersOf(record, type) {
  const headers = { "Content-Type": type, "X-Grid-Device": record.device };
  // The server refuses it for any other session: nobody sends another's work as their own.
  if (record.person !== null) headers["X-Grid-Person"] = String(record.person);
  return headers;
}
