// Keeps what was typed and taken, so that a closed page, a call or a dead network costs nothing.

import { dropDraft, dropWords, findDraft, keepDraft, keepWords } from "./store.js";

const PAUSE_MS = 300;

const isTyped = (field) => /^(textarea|tel|text)$/.test(field.type ?? "") && field.value.trim() !== "";

/** Loaded again, or come back to, a browser fills in the words by itself, and never the photos. */
const isComingBack = () =>
  ["reload", "back_forward"].includes(performance.getEntriesByType("navigation")[0]?.type);

export class Draft {
  /**
   * @param form The form.
   * @param pickers Its photo pickers.
   * @param key Where it is kept: one a form, a place or case, and a person.
   */
  constructor(form, pickers, key) {
    this.form = form;
    this.pickers = pickers;
    this.key = key;
    this.isSafe = true;
    this.isOver = false;
    this.isKeeping = false;
    this.timer = 0;
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later());
    // A phone may kill a page that is out of sight.
    document.addEventListener("visibilitychange", () => document.hidden && this.timer && this.now());
    addEventListener("pagehide", () => this.timer && keepWords(this.#told({})));
    addEventListener("beforeunload", (event) => this.isUnkept && event.preventDefault());
  }

  /** Whether leaving now would cost something: the browser asks the person then. */
  get isUnkept() {
    return !this.isOver && (!this.isSafe || this.isKeeping || this.pickers.some((picker) => picker.taking));
  }

  /** Give the fields that a person fills in. */
  fields() {
    const told = {};
    for (const field of this.form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "file") continue;
      if (field.type === "radio" && !field.checked) continue;
      told[field.name] = field.value;
    }
    return told;
  }

  /** Put a kept draft back into an untouched form; tells whether there was one. */
  async restore() {
    const kept = await findDraft(this.key);
    if (!kept || !(this.#isUntouched() || isComingBack())) return false;
    for (const [name, value] of Object.entries(kept.fields)) {
      const field = this.form.elements.namedItem(name);
      if (field && value && !isTyped(field)) field.value = value;
    }
    for (const picker of this.pickers) picker.restore(kept.photos[picker.name] ?? []);
    this.form.dataset.uid = kept.uid;
    for (const fold of this.form.querySelectorAll("details")) {
      fold.open ||= Array.from(fold.querySelectorAll("input")).some((field) => field.value);
    }
    return true;
  }

  /** Keep it in a moment, when the person pauses. */
  later() {
    if (this.isOver) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), PAUSE_MS);
  }

  /** Keep nothing any more: it has become something else. */
  end() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.isOver = true;
    dropWords(this.key);
  }

  /** Go on after all: it has not become anything. */
  resume() {
    this.isOver = false;
    this.later();
  }

  /** Keep it now; tells whether it is safe. */
  async now() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.isOver) return this.isSafe;
    const photos = {};
    for (const picker of this.pickers) photos[picker.name] = picker.photos.filter((photo) => photo.bytes);
    this.isKeeping = Object.values(photos).flat().length > 0; // words are quick enough
    this.isSafe = await keepDraft(this.#told(photos));
    this.isKeeping = false;
    return this.isSafe;
  }

  #told(photos) {
    const { key } = this;
    return { key, uid: this.form.dataset.uid, fields: this.fields(), photos, keptAt: new Date().toISOString() };
  }

  /** Forget it: it was received, or thrown away. */
  async drop() {
    this.end();
    await dropDraft(this.key);
  }

  #isUntouched() {
    const typed = this.form.querySelectorAll("textarea, input[type=tel]");
    const empty = Array.from(typed).every((field) => !field.value.trim());
    return empty && this.pickers.every((picker) => picker.photos.length === 0);
  }
}
