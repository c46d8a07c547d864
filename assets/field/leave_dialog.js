// Asked of whoever signs out with captures on the phone: send them first, or leave all the same.

import { allRecords } from "./box.js";
import { delivery } from "./delivery.js";
import { made } from "./made.js";
import { NEEDS_YOU } from "./outbox.js";
import { say } from "./sync_words.js";

/** Ask, and tell whether to leave. */
export function askToLeave(person) {
  return new Promise((resolve) => new LeaveDialog(person, resolve).open());
}

/** Say that nobody can sign out without a line; tells to stay. */
export function tellNoLine() {
  return new Promise((resolve) => {
    const end = () => {
      dialog.remove();
      resolve(false);
    };
    const known = made("button", { type: "button", className: "button primary", textContent: say("known"), onclick: end });
    const dialog = made("dialog", { className: "leave", oncancel: end },
      made("h2", { id: "leave-title", textContent: say("leave_no_line_title") }),
      made("p", { textContent: say("leave_no_line") }), known);
    dialog.setAttribute("aria-labelledby", "leave-title");
    document.body.append(dialog);
    dialog.showModal();
    known.focus();
  });
}

class LeaveDialog {
  constructor(person, resolve) {
    this.delivery = delivery(person);
    this.person = person;
    this.title = made("h2", { id: "leave-title" });
    this.words = made("p", { role: "status", textContent: say("leave_lead") });
    this.mend = made("a", { className: "button", href: "/field/outbox", textContent: say("leave_look"), hidden: true });
    this.first = this.#button("leave_send", "primary", () => this.#send());
    this.leave = this.#button("leave_now", "grave", () => this.#end(resolve, true));
    const stay = this.#button("leave_stay", "plain", () => this.#end(resolve, false));
    this.dialog = made("dialog", { className: "leave", oncancel: () => this.#end(resolve, false) },
      this.title, this.words, this.first, this.mend, stay, this.leave);
    this.dialog.setAttribute("aria-labelledby", "leave-title");
  }

  async open() {
    document.body.append(this.dialog);
    await this.#count();
    this.dialog.showModal();
    this.first.focus();
  }

  #button(word, kind, onclick) {
    return made("button", { type: "button", className: `button ${kind}`, textContent: say(word), onclick });
  }

  #end(resolve, isLeaving) {
    this.dialog.remove();
    resolve(isLeaving);
  }

  /** Count what waits still; gives those that only the person can help on. */
  async #count() {
    const mine = (await allRecords()).filter((record) => record.person === this.person);
    this.title.textContent = mine.length ? say("leave_title", { count: mine.length }) : say("all_sent");
    return { mine, hurt: mine.filter(({ state }) => state === NEEDS_YOU) };
  }

  async #send() {
    this.first.disabled = true;
    this.words.textContent = say("saved_and_sending");
    await this.delivery.kick({ isHurry: true });
    const { mine, hurt } = await this.#count();
    this.first.disabled = false;
    this.first.hidden = mine.length === hurt.length;
    this.mend.hidden = hurt.length === 0;
    if (mine.length === 0) {
      this.words.textContent = say("leave_done");
      this.leave.className = "button primary";
      this.leave.textContent = say("leave_out");
    } else if (hurt.length === mine.length) this.words.textContent = say("need_you", { count: hurt.length });
    else this.words.textContent = say(navigator.onLine ? "unreachable" : "no_network");
  }
}
