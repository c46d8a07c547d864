// <grid-outbox person="7">: how much waits on this phone, what it is, and what to do about it.

import { allRecords } from "./box.js";
import { delivery } from "./delivery.js";
import { whoIsHere } from "./here.js";
import { itemOf } from "./outbox_item.js";
import { NEEDS_SIGN_IN, NEEDS_YOU } from "./outbox.js";
import { exportAll, wishesOf } from "./outbox_wishes.js";
import { made } from "./made.js";
import { say } from "./sync_words.js";

class GridOutbox extends HTMLElement {
  connectedCallback() {
    this.progress = new Map();
    this.list = made("ul", { className: "outbox-list" });
    this.count = made("span", { className: "outbox-count", role: "status", textContent: say("count", { count: "…" }) }); // a name before it is counted
    this.more = made("span", { className: "quiet small" });
    this.others = made("p", { className: "quiet small", hidden: true });
    this.tools = made("div", { className: "buttons" },
      made("button", { type: "button", className: "button short", textContent: say("send_now"), onclick: () => this.delivery.kick({ isHurry: true }) }),
      made("button", { type: "button", className: "button short plain", textContent: say("export_all"), onclick: () => exportAll(this.records) }));
    this.fold = made("details", { className: "outbox" },
      made("summary", {}, this.count, this.more), this.list, this.tools, this.others);
    this.replaceChildren(this.fold);
    this.onChange = ({ detail }) => this.#change(detail);
    this.#begin();
  }

  disconnectedCallback() {
    this.delivery?.removeEventListener("change", this.onChange);
  }

  /** Whose it is stands in the attribute; a page made by Reflex cannot write it, and says "me". */
  async #begin() {
    this.person = await whoIsHere();
    if (!this.isConnected) return;
    this.delivery = delivery(this.person);
    this.wishes = wishesOf(this.delivery);
    this.delivery.addEventListener("change", this.onChange);
    await this.#show();
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
    this.list.replaceChildren(...this.records.map((record) =>
      itemOf(record, this.records, this.progress.get(record.id), this.wishes)));
    if (focused) this.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  }
}

customElements.define("grid-outbox", GridOutbox);
