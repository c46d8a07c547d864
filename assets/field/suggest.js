// Suggests categories while a person writes; what they tap is chosen in the whole list.

const PAUSE_MS = 500;
const LEAST_CHARACTERS = 4;

export class Suggesting {
  /** @param form The report form, with `[data-suggest]` in it. */
  constructor(form) {
    this.text = form.elements.namedItem("text");
    this.list = form.elements.namedItem("category");
    const root = form.querySelector("[data-suggest]");
    this.chips = root.querySelector("[data-chips]");
    this.ask = root.querySelector("[data-ask]");
    this.questions = new Map();
    this.asked = "";
    this.timer = 0;
    // Chosen on the page as it came; from now on the list alone holds what is chosen.
    this.list.value ||= this.chips.querySelector("input:checked")?.value ?? "";
    this.chips.addEventListener("change", ({ target }) => this.#choose(target.value));
    this.list.addEventListener("change", () => this.#mark());
    this.text.addEventListener("input", () => this.#later());
    this.#look();
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#look(), PAUSE_MS);
  }

  async #look() {
    const text = this.text.value.trim();
    if (text.length < LEAST_CHARACTERS || text === this.asked) return;
    this.asked = text;
    try {
      const answer = await fetch("/api/v1/categories/suggested", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ text }),
      });
      const { items } = await answer.json();
      if (text === this.asked) this.#show(items);
    } catch {
      this.asked = ""; // A help, not a need: the form goes on without it.
    }
  }

  #show(items) {
    const shown = items.map(({ code, name, questions }) => {
      this.questions.set(code, questions);
      const input = Object.assign(document.createElement("input"), { type: "radio", value: code });
      input.name = "suggested";
      const label = Object.assign(document.createElement("label"), { className: "choice" });
      label.append(input, Object.assign(document.createElement("span"), { textContent: name }));
      return label;
    });
    this.chips.replaceChildren(...shown);
    this.#mark();
  }

  #choose(code) {
    this.list.value = code;
    this.list.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #mark() {
    const { value } = this.list;
    for (const input of this.chips.querySelectorAll("input")) input.checked = input.value === value;
    const questions = this.questions.get(value) ?? [];
    this.ask.textContent = questions.length ? this.ask.dataset.words + questions.join("") : "";
  }
}
