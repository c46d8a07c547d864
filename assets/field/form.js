// Sends a form by the REST door: photos first, then the form itself under its own id.

import { newId, put, verdict } from "./api.js";
import { Draft } from "./draft.js";
import { canPrepare } from "./photo.js";
import { Picker } from "./picker.js";

// Too many photos, or no room for them: the report itself is taken all the same.
const NO_ROOM = new Set(["too_many", "storage.full"]);

/** Tell whether this browser has all that is needed; if not, the plain form does it. */
export function canSend() {
  return Boolean(canPrepare() && globalThis.XMLHttpRequest);
}

/** Read what the page says, given to the modules as data. */
export function pageWords() {
  return JSON.parse(document.getElementById("page-words").textContent);
}

export class Sending {
  /**
   * @param form The form of the page.
   * @param plan How it is sent: `key`, `url(uid)`, `body(told, photos)`, `photoUrl(sha)`,
   *   `done(answer)` and `isMissing(field)`.
   */
  constructor(form, plan) {
    this.form = form;
    this.plan = plan;
    this.words = pageWords();
    this.person = form.dataset.person ? Number(form.dataset.person) : null;
    this.judged = "";
    this.isWaiting = false; // for the network or the server, to be sent by itself
    this.notice = form.querySelector("[data-notice]");
    this.progress = form.querySelector("[data-progress]");
    this.button = form.querySelector(".bottom-bar button[type=submit]");
    this.pickers = Array.from(
      form.querySelectorAll("[data-photos]"),
      (root) => new Picker(root, this.words, () => this.draft.now()),
    );
    this.draft = new Draft(form, this.pickers, plan.key);
    form.addEventListener("input", ({ target }) => target.ariaInvalid && this.#mark(target, ""));
    // Whoever goes on writing sends it when it is finished, not when the network is back.
    form.addEventListener("input", () => (this.isWaiting = false));
    addEventListener("online", () => this.isWaiting && !this.button.disabled && this.send());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.button.disabled) this.send();
    });
  }

  /** Find the draft of last time, if there is one. */
  async start() {
    this.isRestored = await this.draft.restore();
    if (this.isRestored) {
      this.tell(this.words.draft_found, { isError: false, action: this.words.draft_clear, onAction: () => this.#clear() });
    }
    return this;
  }

  async send() {
    this.isWaiting = false;
    this.tell("");
    if (!this.isComplete()) return;
    this.button.disabled = true;
    try {
      if (!(await this.areTaken())) return this.stop();
      await this.draft.now();
      if ((await this.#sendPhotos()) && (await this.#sendForm())) return;
    } catch {
      this.tell(this.words.trouble);
    }
    this.stop();
  }

  /** Wait for photos on their way into the form; one that cannot be taken is looked at first. */
  async areTaken() {
    const taken = await Promise.all(this.pickers.map((picker) => picker.taking));
    return !taken.includes(false);
  }

  /** Let the person go on with the form. */
  stop() {
    this.progress.hidden = true;
    this.button.disabled = false;
  }

  isComplete(part = this.form) {
    let first = null;
    for (const field of part.querySelectorAll("[required]")) {
      const isMissing = field.type === "radio" ? !this.form.elements.namedItem(field.name).value : !field.value.trim();
      this.#mark(field, isMissing ? (field.dataset.needed ?? this.words.wrong) : "");
      if (isMissing) first ??= field;
    }
    if (first) {
      this.tell(this.words.wrong);
      first.dispatchEvent(new Event("show-field", { bubbles: true }));
      first.focus();
    }
    return !first;
  }

  /** Mark a field with what is wrong with it, or take the mark away. */
  #mark(field, words) {
    const root = field.closest(".field");
    root.querySelector(".field-error")?.remove();
    if (!words) return field.removeAttribute("aria-invalid");
    field.setAttribute("aria-invalid", "true");
    root.append(Object.assign(document.createElement("p"), { className: "field-error", textContent: words }));
  }

  async #sendPhotos() {
    const waiting = this.pickers.flatMap((picker) =>
      picker.photos.filter((photo) => !photo.sent).map((photo) => ({ picker, photo })));
    for (const [at, { picker, photo }] of waiting.entries()) {
      this.show((at / (waiting.length + 1)), `${this.words.sending_photos} ${at + 1}/${waiting.length}`);
      const onShare = (share) => {
        picker.say(photo.sha, `${this.words.photo_sending} ${Math.round(share * 100)}%`);
        this.show((at + share) / (waiting.length + 1));
      };
      const asked = { person: this.person, onShare };
      const answer = await put(this.plan.photoUrl(photo.sha), photo.bytes, photo.type, asked);
      const judged = verdict(answer, photo.sha);
      photo.sent = judged === "received";
      picker.say(photo.sha, photo.sent ? this.words.photo_sent : this.words.photo_failed);
      if (NO_ROOM.has(answer.body?.code)) {
        // Its sentence says how the words go without photos: nobody waits here for the network.
        picker.complain(answer.body.detail);
        return this.#answer("mend", answer);
      }
      if (judged === "mend") picker.complain(answer.body.detail);
      if (NO_ROOM.has(answer.body?.code)) return this.#answer("no-room", answer);
      if (!photo.sent) return this.#answer(judged, answer);
    }
    return true;
  }

  async #sendForm(isSecondTry = false) {
    this.show(0.95, this.words.sending);
    const uid = this.form.dataset.uid;
    const photos = Object.fromEntries(this.pickers.map((picker) => [picker.name, picker.hashes]));
    const body = JSON.stringify(this.plan.body(this.draft.fields(), photos));
    const onWork = () => this.show(0.95, this.words.proving);
    const answer = await put(this.plan.url(uid), body, "application/json", { person: this.person, onWork });
    const judged = verdict(answer, uid);
    if (judged === "photos-missing" && !isSecondTry) {
      // The server has let them go meanwhile: once more, from the copies kept here.
      const missing = new Set(answer.body.missing);
      for (const picker of this.pickers) {
        for (const photo of picker.photos) photo.sent &&= !missing.has(photo.sha) || !photo.bytes;
      }
      return (await this.#sendPhotos()) && this.#sendForm(true);
    }
    if (judged !== "received") return this.#answer(judged, answer);
    this.show(1);
    await this.received();
    // Not a step in the history: going back must not lead to a form that was sent.
    location.replace(this.plan.done(answer.body));
    return true;
  }

  /** Let go of what is kept here: the server has it. */
  received() {
    return this.draft.drop();
  }

  /** Say what an answer means and what to do; gives false, because it is not done. */
  #answer(judged, answer) {
    const { words } = this;
    this.judged = judged;
    if (judged === "sign-in") {
      const here = encodeURIComponent(location.pathname + location.search);
      this.tell(words.sign_in, { action: words.sign_in_action, href: `/sign-in?next=${here}` });
    } else if (judged === "slower") {
      this.tell(words.too_many.replace("{minutes}", Math.ceil(answer.retryAfter / 60)));
    } else if (judged === "busy") {
      this.isWaiting = true;
      this.tell(words.busy);
      // Not all phones at the same moment again.
      const wait = answer.retryAfter * (1 + Math.random());
      setTimeout(() => this.isWaiting && !this.button.disabled && this.send(), wait * 1_000);
    } else if (judged === "sent-before") {
      this.form.dataset.uid = newId();
      this.draft.later();
      this.tell(words.sent_before);
    } else if (judged === "changed") {
      this.#tellChange(answer.body);
    } else if (judged === "later") {
      const sentence = navigator.onLine ? words.unreachable : words.offline;
      this.isWaiting = true;
      this.tell(this.draft.isSafe ? sentence : words.not_saved);
    } else {
      this.tell(answer.body.detail ?? this.words.trouble);
      this.tellFields(answer.body);
    }
    return false;
  }

  #tellChange(body) {
    const current = body.current ?? {};
    if (current.version) this.form.dataset.version = current.version;
    const href = current.no ? (this.form.dataset.case ?? "") + current.no : "";
    const sentence = current.status_label
      ? this.words.changed.replace("{status}", current.status_label)
      : body.detail;
    this.tell(sentence, href ? { action: this.words.changed_action, href } : {});
  }

  tellFields(body) {
    for (const [name, words] of Object.entries(body.fields ?? {})) {
      const field = this.form.elements.namedItem(name);
      if (!(field instanceof HTMLElement)) continue;
      this.#mark(field, words);
      field.dispatchEvent(new Event("show-field", { bubbles: true }));
    }
  }

  show(share, words) {
    this.progress.hidden = false;
    this.progress.querySelector(".progress > span").style.width = `${Math.round(share * 100)}%`;
    if (words) this.progress.querySelector("[data-status]").textContent = words;
  }

  tell(words, { isError = true, action = "", href = "", onAction = null } = {}) {
    const { notice } = this;
    notice.hidden = !words;
    notice.classList.toggle("error", isError);
    notice.replaceChildren();
    if (!words) return;
    notice.append(Object.assign(document.createElement("p"), { textContent: words }));
    if (action) {
      const link = document.createElement(href ? "a" : "button");
      Object.assign(link, { textContent: action, className: "button short plain" });
      if (href) link.href = href;
      else link.type = "button";
      if (onAction) link.addEventListener("click", onAction);
      notice.append(link);
    }
    if (isError) notice.scrollIntoView({ block: "center" });
  }

  async #clear() {
    await this.draft.drop();
    location.reload();
  }
}
