// Keeps the outbox of a page going: when to try, and telling every tab what happened.

import * as box from "./box.js";
import { nextInMs } from "./outbox.js";
import { Sender } from "./sender.js";

const NAME = "grid-outbox";
const LONGEST_TIMER_MS = 60 * 60_000;
// A memory that does not answer may answer later: what waits in it is not forgotten.
const BROKEN_AGAIN_MS = 10_000;

/** Tells `change` events (`detail`: what the sender said) and sends what waits. */
export class Delivery extends EventTarget {
  constructor(person) {
    super();
    this.person = person;
    this.timer = 0;
    this.isIn = false;
    this.channel = globalThis.BroadcastChannel ? new BroadcastChannel(NAME) : null;
    if (this.channel) this.channel.onmessage = ({ data }) => this.#hear(data);
    this.sender = new Sender({ box, person, onChange: (change) => this.tell(change) });
  }

  /** Begin: whoever opened this page is signed in, and the network may be back. */
  async start() {
    addEventListener("online", () => this.kick({ isHurry: true }));
    addEventListener("pageshow", ({ persisted }) => persisted && this.kick({ isHurry: true }));
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.kick({ isHurry: true });
    });
    return this.kick({ isHurry: true });
  }

  /** Try now; never rejects. */
  async kick({ isHurry = false } = {}) {
    clearTimeout(this.timer);
    try {
      await this.#signIn();
      await this.sender.drain({ isHurry });
      await this.#plan();
    } catch {
      this.tell({ happening: "broken" });
      this.#later(BROKEN_AGAIN_MS);
    }
  }

  async #signIn() {
    if (this.isIn) return;
    if (this.person !== null) await box.signIn(this.person);
    this.isIn = true;
  }

  #later(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.kick(), ms);
  }

  /** Say that something was captured: send it, from the worker too if this page ends. */
  async captured() {
    this.tell({ happening: "captured" });
    navigator.serviceWorker?.ready.then((worker) => worker.sync?.register(NAME)).catch(() => {});
    return this.kick({ isHurry: true });
  }

  /** Tell this page and every other one of ours. */
  tell(change) {
    this.dispatchEvent(new CustomEvent("change", { detail: change }));
    this.channel?.postMessage(change);
  }

  #hear(change) {
    this.dispatchEvent(new CustomEvent("change", { detail: change }));
    // Another tab may be closed before its own timer fires.
    if (change.happening) this.#plan().catch(() => this.#later(BROKEN_AGAIN_MS));
  }

  async #plan() {
    clearTimeout(this.timer);
    const wait = nextInMs(await box.allRecords(), await box.findLine(), Date.now(), this.person);
    if (wait === null) return;
    this.#later(Math.min(Math.max(wait, 1_000), LONGEST_TIMER_MS));
  }
}

let running = null;

/** Give the page's delivery, begun once. */
export function delivery(person) {
  if (!running) {
    running = new Delivery(person);
    running.started = running.start();
  }
  return running;
}
