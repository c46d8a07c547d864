// Today's page: draws what the phone keeps at once, asks for what is newer, and shows one thing
// when the address names it. Works without network from the second opening on.

import { takeAlong } from "../along.js";
import { allRecords } from "../box.js";
import { exactWords } from "../clock.js";
import { delivery } from "../delivery.js";
import { wishesOf } from "../outbox_wishes.js";
import { made } from "../made.js";
import { findSnapshot, forgetOthers } from "../snapshot.js";
import { keepDeed } from "./deeds.js";
import { empty, tick, wayOn } from "./parts.js";
import { placeOf, SECTIONS } from "./sections.js";
import { say } from "./words.js";

const MINUTE_MS = 60_000;
// A tap has become a click by then, on any phone.
const TAP_MS = 350;

class TodayPage {
  constructor(main) {
    this.main = main;
    this.person = Number(main.dataset.person);
    this.kept = null;
    this.records = [];
    this.outcome = "";
    this.query = "";
    this.back = document.querySelector("[data-back]");
    this.title = document.querySelector(".top-bar-title");
    this.actions = document.querySelector("[data-actions]");
    this.captures = Array.from(this.actions.children);
    this.state = made("p", { className: "quiet small", role: "status" });
    this.parts = made("div", { className: "stack today-parts" });
    this.search = made("input", {
      className: "field-input", type: "search", ariaLabel: say("search"), placeholder: say("search_hint"),
      oninput: ({ target }) => this.#find(target.value),
    });
    this.head = made("div", { className: "stack" }, this.state, this.search);
  }

  async start() {
    // What a finger lies on is not drawn anew: its tap would fall on nothing.
    addEventListener("pointerdown", () => {
      clearTimeout(this.lifted); // the second of two quick taps is a tap of its own
      this.isTouched = true;
    });
    for (const name of ["pointerup", "pointercancel"]) {
      addEventListener(name, () => (this.lifted = setTimeout(() => this.#release(), TAP_MS)));
    }
    addEventListener("hashchange", () => this.draw({ isTurned: true }));
    for (const name of ["online", "offline"]) addEventListener(name, () => this.refresh());
    document.addEventListener("visibilitychange", () => document.hidden || this.refresh());
    setInterval(() => tick(this.main, Date.now()), MINUTE_MS);
    this.delivery = delivery(this.person);
    this.wishes = wishesOf(this.delivery);
    this.delivery.addEventListener("change", ({ detail }) => this.#hear(detail));
    try {
      this.kept = (await findSnapshot(this.person)) ?? null;
      // The list is there before anything is written: a write waits for the disk.
      if (this.kept && !placeOf(location.hash)) this.draw();
      performance.mark("today-drawn"); // measured by bench/field.py
      await forgetOthers(this.person);
      this.records = await this.#mine();
    } catch {
      return this.#show(empty(say("broken_title"), say("broken")));
    }
    if (this.kept) this.draw();
    return this.refresh();
  }

  /** Ask for what is newer, and draw it. */
  async refresh() {
    const { outcome, snapshot } = await takeAlong(this.person);
    Object.assign(this, { outcome, kept: snapshot });
    this.draw();
  }

  /** Draw the list, or the one thing that the address names. */
  draw({ isTurned = false } = {}) {
    this.isLate = Boolean(this.isTouched && !isTurned && this.main.children.length);
    if (this.isLate) return;
    const focused = document.activeElement?.dataset?.focus;
    const place = placeOf(location.hash);
    this.back.hidden = !place;
    this.state.textContent = this.#stateWords();
    if (!this.kept) this.#show(this.#first());
    else if (place) this.#drawOne(place);
    else this.#drawList();
    if (isTurned) scrollTo(0, 0);
    if (isTurned) this.title.focus({ preventScroll: true });
    else if (focused) this.main.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  }

  #release() {
    this.isTouched = false;
    if (this.isLate) this.draw();
  }

  /** What the sections are given; see sections.js. */
  get context() {
    return {
      snapshot: this.kept.content,
      now: Date.now(),
      query: this.query,
      finds: (...texts) => texts.some((text) => (text ?? "").toLowerCase().includes(this.query)),
      person: this.person,
      records: this.records,
      wishes: this.wishes,
      keepDeed: (task, deed, title) => this.#do(task, deed, title),
    };
  }

  #drawList() {
    this.title.textContent = say("title");
    this.actions.replaceChildren(...this.captures);
    this.actions.hidden = false;
    this.parts.replaceChildren(...SECTIONS.map(({ list }) => list(this.context)).filter(Boolean));
    if (!this.parts.children.length) this.parts.append(empty(say("none_title"), say("none")));
    if (this.state.parentNode !== this.head) this.head.prepend(this.state);
    this.#show(this.head, this.parts);
  }

  #drawOne({ section, key }) {
    const opened = section.open(this.context, key) ?? this.#missing();
    this.title.textContent = opened.title;
    this.actions.replaceChildren(...opened.actions);
    this.actions.hidden = opened.actions.length === 0;
    this.#show(this.state, ...opened.body);
  }

  #show(...content) {
    // What stands there already is not moved: the search keeps its focus and its text.
    const isThere = content.length === this.main.children.length && content.every((one, at) => one === this.main.children[at]);
    if (!isThere) this.main.replaceChildren(...content);
  }

  #missing() {
    const body = [empty(say("missing_title"), say("missing"), wayOn(say("back_to_list"), "#"))];
    return { title: say("case"), body, actions: [] };
  }

  /** Nothing is kept yet: say why, and what to do. */
  #first() {
    this.title.textContent = say("title");
    if (this.outcome === "signed_out") {
      const here = encodeURIComponent(location.pathname);
      return empty(say("sign_in_title"), say("sign_in_lead"), wayOn(say("sign_in"), `/sign-in?next=${here}`));
    }
    return empty(say("first_title"), say(navigator.onLine ? "first_late" : "first"));
  }

  #stateWords() {
    if (!this.kept) return "";
    const moment = exactWords(Date.now(), this.kept.as_of);
    if (!navigator.onLine) return say("as_of_offline", { moment });
    if (this.outcome === "unreachable") return say("as_of_late", { moment });
    if (this.outcome === "signed_out") return say("as_of_signed_out", { moment });
    return say("as_of", { moment });
  }

  #find(typed) {
    this.query = typed.trim().toLowerCase();
    this.draw();
  }

  /** Keep a deed of one tap and tell whether it is kept; a phone that cannot keep it says so. */
  async #do(task, deed, title) {
    try {
      await keepDeed(this.person, task, deed, title);
      return true;
    } catch {
      this.state.textContent = say("not_kept");
      return false;
    }
  }

  async #mine() {
    return (await allRecords()).filter(({ person }) => person === this.person);
  }

  async #hear({ happening }) {
    if (!happening) return;
    this.records = await this.#mine().catch(() => []);
    if (happening === "receipt") await this.refresh();
    else this.draw();
  }
}

const main = document.querySelector("[data-today]");
if (main) await new TodayPage(main).start();
