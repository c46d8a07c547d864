// What stands in the form's place once a capture is kept: 已保存, how it goes on, and what next.

import { home, isFromDesk } from "./home.js";
import { made } from "./made.js";
import { say } from "./sync_words.js";

export class SavedPanel {
  /**
   * @param form The form, hidden meanwhile; `data-result` and `data-lead` say what a receipt means.
   * @param onAgain Begins the form anew; not offered for a form about one thing.
   * @param next What can be done next, or nothing.
   */
  constructor(form, onAgain, next = null) {
    this.form = form;
    this.title = made("h1", { textContent: form.dataset.saved || say("saved"), tabIndex: -1 });
    this.number = made("p", { className: "result-no", hidden: true });
    this.lead = made("p", { className: "lead", role: "status", textContent: say("saved_and_sending") });
    const again = made("button", {
      type: "button",
      className: "button",
      textContent: form.dataset.again || say("again"),
      onclick: () => {
        this.root.remove();
        form.hidden = false;
        onAgain();
      },
    });
    const today = made("a", { className: "button primary", href: home(), textContent: say(isFromDesk() ? "desk" : "today") });
    this.mend = made("a", { className: "button short", hidden: true });
    const result = made("section", { className: "result" },
      made("span", { className: "result-mark" }), this.title, this.number, this.lead, this.mend);
    this.root = made("div", { className: "page-form", id: "saved" },
      made("main", { className: "page-body" }, result, next),
      made("div", { className: "bottom-bar", role: "region", ariaLabel: say("actions") },
        form.dataset.subject || "once" in form.dataset ? null : again, today));
    form.hidden = true;
    form.after(this.root);
    this.title.focus({ preventScroll: true });
  }

  /** Say how far it has come, and where the person may help it on. */
  say(words, { href = "", textContent = "" } = {}) {
    this.lead.textContent = words;
    // Whatever was said to be done: what needs its person is no more than saved.
    if (href) this.title.textContent = say("saved");
    Object.assign(this.mend, { href, textContent, hidden: !href });
  }

  /** Say that it has arrived. */
  done(no) {
    this.root.dataset.arrived = "";
    this.title.textContent = this.form.dataset.result;
    this.number.textContent = no ?? "";
    this.number.hidden = !no;
    this.say(this.form.dataset.lead);
  }
}
