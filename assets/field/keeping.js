// The worker's form: kept on the phone first, 已保存 is said, and then it is sent.

import { device, newId } from "./api.js";
import { applyWish, findRecord, keepCapture, MovedError, mendCapture, photosOf } from "./box.js";
import { delivery } from "./delivery.js";
import { Sending } from "./form.js";
import { lastPlace } from "./last_place.js";
import { mendOf, reasonWords } from "./outbox_item.js";
import { NEEDS_YOU, WAITING } from "./outbox.js";
import { SavedPanel } from "./saved_panel.js";
import { KeyTakenError, StoreFullError } from "./store.js";
import { say } from "./sync_words.js";

const WORDS_SHOWN = 40;

export class Keeping extends Sending {
  constructor(form, plan) {
    // Our own: a page kept for offline would give the same id each time it is opened.
    form.dataset.uid = newId();
    super(form, plan);
    this.mended = null;
    this.kept = null;
    this.panel = null;
    this.delivery = delivery(this.person);
    this.delivery.addEventListener("change", ({ detail }) => this.#hear(detail));
  }

  async start() {
    // A place chosen by yesterday's draft, or by yesterday's walk, would be a wrong check-in.
    if (!this.plan.isBrief) {
      this.#choosePlace();
      await super.start();
    }
    if (this.plan.edit) await this.#take(this.plan.edit);
    return this;
  }

  async send() {
    this.tell("");
    if (!this.isComplete()) return;
    this.button.disabled = true;
    if (!(await this.areTaken())) return this.stop();
    this.draft.end(); // before it becomes the capture, or it could come back after it
    let capture;
    try {
      capture = await this.#keep();
    } catch (error) {
      this.draft.resume();
      return error instanceof MovedError ? this.#startAnew() : this.#sendUnkept(error);
    }
    this.kept = capture;
    this.panel = new SavedPanel(this.form, () => this.#again(), this.plan.next?.(capture));
    this.#empty(); // or a browser that goes back fills it in again, to be sent a second time
    await this.delivery.captured();
    // Another tab, or the worker, may still be at it: then its news comes here.
    const record = this.kept === capture && (await findRecord(capture.id));
    if (record && this.kept === capture) this.#outcome(record);
  }

  /** Keep what stands in the form; gives what was kept. */
  async #keep() {
    const capture = this.#capture();
    const photos = this.pickers.flatMap((picker) => picker.photos).filter((photo) => photo.bytes);
    try {
      if (this.mended) await mendCapture(this.mended.id, capture, photos, this.plan.key);
      else await keepCapture(capture, photos, this.plan.key);
      return capture;
    } catch (error) {
      if (!(error instanceof KeyTakenError)) throw error;
    }
    // Another tab has kept what it made of the same draft: other words are another capture.
    const other = await findRecord(capture.id);
    if (other && JSON.stringify(other.told) === JSON.stringify(capture.told)) return other;
    this.form.dataset.uid = newId();
    return this.#keep();
  }

  /** What was to be mended has gone, from another tab: this is a capture of its own, if at all. */
  #startAnew() {
    this.mended = null;
    this.form.dataset.uid = newId();
    this.stop();
    this.tell(say("edit_gone"));
  }

  /** A page kept for offline does not know which building was scanned: its address does. */
  #choosePlace() {
    const at = new URLSearchParams(location.search).get("at")?.toUpperCase() ?? lastPlace(this.person);
    const field = this.form.elements.namedItem("at");
    const isThere = Array.from(field?.options ?? []).some(({ value }) => value === at);
    if (at && isThere && !field.value) field.value = at;
  }

  /** The phone keeps nothing: sent at once, as long as this page stands. */
  async #sendUnkept(error) {
    this.form.dataset.uid = this.#id();
    this.button.disabled = false;
    await super.send();
    if (this.judged === "later" && error instanceof StoreFullError) this.tell(say("not_kept_full"));
  }

  /** Sent directly, a refused record has been mended all the same. */
  async received() {
    await super.received();
    if (this.mended) await applyWish(this.mended.id, "discarded").catch(() => {});
  }

  /**
   * The id of what stands in the form. What was refused keeps its own, for the server alone knows
   * whether it is free; only when it says that it holds something else there is a new one made.
   */
  #id() {
    if (!this.mended) return this.form.dataset.uid;
    return this.mended.reason?.code === "id.other_content" ? this.form.dataset.uid : this.mended.id;
  }

  #capture() {
    const { form: kind, subject, deed } = this.form.dataset;
    const fields = this.draft.fields();
    const pickers = Object.fromEntries(this.pickers.map((picker) => [picker.name, picker.hashes]));
    const id = this.#id();
    const chosen = this.form.elements.namedItem("at") ?? this.form.elements.namedItem("household");
    const place = chosen?.selectedOptions?.[0];
    return {
      id,
      person: this.person,
      kind,
      subject: subject ? `case ${subject}` : id,
      body: this.plan.body(fields, pickers),
      query: "",
      device: device(),
      title: document.querySelector(".top-bar-title")?.textContent ?? deed,
      words: (fields.text || fields.words || "").trim().slice(0, WORDS_SHOWN),
      place: subject || (place?.value ? place.textContent.trim() : ""),
      form: location.pathname + (subject ? `?no=${subject}` : (this.plan.query ?? "")),
      told: { fields, pickers },
      made_at: new Date().toISOString(),
    };
  }

  /** Put a refused record back into the form. */
  async #take(id) {
    const record = await findRecord(id);
    if (record?.state !== NEEDS_YOU || record.person !== this.person) return this.#startAnew();
    const photos = new Map((await photosOf(id)).map((photo) => [photo.sha, photo]));
    this.mended = record;
    const seen = record.reason?.current?.version ?? 0; // the refusal has told how it stands now
    if (seen > Number(this.form.dataset.version)) this.form.dataset.version = seen;
    if (!this.isRestored) this.#fill(record, photos);
    await this.draft.now(); // at the last moment only words can be kept: the photos are here by then
    this.tell(reasonWords(record));
    this.tellFields(record.reason ?? {});
  }

  #fill(record, photos) {
    for (const [name, value] of Object.entries(record.told.fields)) {
      const field = this.form.elements.namedItem(name);
      if (field) field.value = value;
    }
    for (const picker of this.pickers) {
      const shas = record.told.pickers[picker.name] ?? [];
      picker.restore(shas.filter((sha) => photos.has(sha)).map((sha) => ({ ...photos.get(sha), sent: false })));
    }
  }

  #hear({ id, sent, total, happening, reply }) {
    if (!this.kept || id !== this.kept.id) return;
    if (happening === "receipt") this.panel.done(reply.no);
    else if (total) this.panel.say(say("sending", { sent, total }));
    else if (happening) findRecord(id).then((record) => record && this.#outcome(record));
  }

  /** Say what became of it so far; a receipt has been told already. */
  #outcome(record) {
    if (record.state !== WAITING) return this.panel.say(reasonWords(record) || say(record.state), mendOf(record) ?? {});
    const last = ["", "unreachable", "captured"].includes(record.last) ? "saved_later" : record.last;
    return this.panel.say(say(navigator.onLine ? last : "saved_offline"));
  }

  #empty() {
    this.form.reset();
    for (const picker of this.pickers) picker.clear();
  }

  /** Begin the same form anew in place: there may be no network to load it with. */
  #again() {
    this.#empty();
    if (!this.plan.isBrief) this.#choosePlace();
    Object.assign(this, { kept: null, mended: null, panel: null });
    this.form.dataset.uid = newId();
    this.draft.isOver = false;
    this.button.disabled = false;
    this.form.querySelector("textarea, select")?.focus();
  }
}
