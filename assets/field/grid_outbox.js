// <grid-outbox person="7">: how much waits on this phone, what it is, and what to do about it.

import { allRecords, applyWish } from "./box.js";
import { delivery } from "./delivery.js";
import { handOver, fileOf } from "./export.js";
import { itemOf } from "./outbox_item.js";
import { NEEDS_SIGN_IN, NEEDS_YOU } from "./outbox.js";
import { made } from "./made.js";
import { say } from "./sync_words.js";

class GridOutbox extends HTMLElement {
  connectedCallback() {
    const named = this.getAttribute("person");
    this.person = named ? Number(named) : null;
    this.progress = new Map();
    this.list = made("ul", { className: "outbox-list" });
    this.count = made("span", { className: "outbox-count", role: "status" });
    this.more = made("span", { className: "quiet small" });
    this.others = made("p", { className: "quiet small", hidden: true });
    this.tools = made("div", { className: "buttons" },
      made("button", { type: "button", className: "button short", textContent: say("send_now"), onclick: () => this.delivery.kick({ isHurry: true }) }),
      made("button", { type: "button", className: "button short plain", textContent: say("export_all"), onclick: () => this.#export(this.records) }));
    this.fold = made("details", { className: "outbox" },
      made("summary", {}, this.count, this.more), this.list, this.tools, this.others);
    this.replaceChildren(this.fold);
    this.delivery = delivery(this.person);
    this.onChange = ({ detail }) => this.#change(detail);
    this.delivery.addEventListener("change", this.onChange);
    this.#show();
  }

  disconnectedCallback() {
    this.delivery.removeEventListener("change", this.onChange);
  }

  /** Tell how many of this person's captures are on the phone. */
  get waiting() {
    return this.records?.length ?? 0;
  }

  #change({ id, sent, total, happening }) {
    if (happening) this.progress.delete(id);
    else if (id) this.progress.set(id, { sent, total });
    this.#show();
  }

  async #show() {
    let all;
    try {
      all = await allRecords();
    } catch {
      this.more.textContent = say(globalThis.indexedDB ? "broken" : "no_memory");
      return;
    }
    this.records = all.filter((record) => record.person === null || record.person === this.person);
    const others = all.length - this.records.length;
    const count = say("count", { count: this.records.length });
    if (this.count.textContent !== count) this.count.textContent = count; // read aloud on change only
    this.more.textContent = this.#summary();
    this.others.hidden = others === 0;
    this.others.textContent = say("others", { count: others });
    this.tools.hidden = this.records.length === 0;
    this.toggleAttribute("data-empty", all.length === 0);
    this.#list();
  }

  #summary() {
    const hurt = this.records.filter(({ state }) => state === NEEDS_YOU).length;
    if (hurt) return say("need_you", { count: hurt });
    if (this.records.some(({ state }) => state === NEEDS_SIGN_IN)) return say("needs_sign_in");
    return this.records.length ? "" : say("all_sent");
  }

  #list() {
    const focused = document.activeElement?.dataset?.focus;
    const deeds = {
      retry: (record) => this.#wish(record, "retried"),
      discard: (record) => confirm(say("discard_sure")) && this.#wish(record, "discarded"),
      export: (record) => this.#export([record]),
    };
    this.list.replaceChildren(...this.records.map((record) =>
      itemOf(record, this.records, this.progress.get(record.id), deeds)));
    if (focused) this.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  }

  async #wish(record, wish) {
    await applyWish(record.id, wish);
    this.delivery.tell({ happening: wish });
    await this.delivery.kick({ isHurry: true });
  }

  async #export(records) {
    if (records.length) await handOver(await fileOf(records));
  }
}

customElements.define("grid-outbox", GridOutbox);

// Whoever signs out with work still on the phone is told first.
document.addEventListener("submit", (event) => {
  const outbox = document.querySelector("grid-outbox");
  const isLeaving = event.target.getAttribute("action") === "/sign-out";
  if (!isLeaving || !outbox?.waiting) return;
  if (!confirm(say("leave_sure", { count: outbox.waiting }))) event.preventDefault();
});
