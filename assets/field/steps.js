// In 长辈版 a form shows one thing a screen; all of it stays one form, sent as ever.

export class Steps {
  /**
   * @param form The form; its parts are `[data-step]`.
   * @param isComplete Tells whether a part may be left, and says what is missing in it.
   */
  constructor(form, isComplete) {
    this.form = form;
    this.isComplete = isComplete;
    this.parts = Array.from(form.querySelectorAll("[data-step]"));
    this.submit = form.querySelector(".bottom-bar [type=submit]");
    this.before = form.querySelector("[data-before]");
    this.next = form.querySelector("[data-next]");
    this.at = 0;
    this.next.addEventListener("click", () => this.isComplete(this.parts[this.at]) && this.#go(this.at + 1));
    this.before.addEventListener("click", () => this.#go(this.at - 1));
    // What is wrong with a part that is out of sight is shown where it stands.
    form.addEventListener("show-field", ({ target }) => this.#show(target));
    document.addEventListener("reader", () => this.#draw());
    const wrong = form.querySelector("[aria-invalid=true], [data-step] .field-error");
    if (wrong) this.#show(wrong);
    this.#draw();
  }

  get #isOn() {
    return document.documentElement.classList.contains("elder");
  }

  #show(field) {
    const at = this.parts.findIndex((part) => part.contains(field));
    if (at < 0 || at === this.at) return;
    this.at = at;
    this.#draw();
  }

  #go(at) {
    this.at = at;
    this.#draw();
    scrollTo(0, 0);
    const heading = this.parts[at].querySelector(".field-label");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  #draw() {
    const last = this.parts.length - 1;
    for (const [at, part] of this.parts.entries()) part.hidden = this.#isOn && at !== this.at;
    this.before.hidden = !this.#isOn || this.at === 0;
    this.next.hidden = !this.#isOn || this.at === last;
    this.submit.hidden = this.#isOn && this.at !== last;
  }
}
