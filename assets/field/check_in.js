// Checking in: by the camera, by a typed code or by choosing; kept first, sent when there is a line.

import { canSend, pageWords } from "./form.js";
import { Camera } from "./camera.js";
import { codeIn, faultOf, normalise } from "./code.js";
import { Keeping } from "./keeping.js";
import { keepLastPlace } from "./last_place.js";
import { made } from "./made.js";
import { Place } from "./place.js";
import { seePlace } from "./see_place.js";

const form = document.querySelector("form[data-form]");

class CheckIn extends Keeping {
  constructor(root, plan) {
    super(root, plan);
    this.at = root.elements.namedItem("at");
    this.code = root.elements.namedItem("code");
    this.hint = root.querySelector("[data-code-hint]");
    this.via = "tap";
    this.code.addEventListener("input", () => this.#hintAt());
    this.at.addEventListener("change", () => this.at.value && this.#forgetCode());
  }

  /** Check in at what a camera has read; tells whether it was a building of ours. */
  async scanned(text) {
    const code = codeIn(text);
    if (!code) this.tell(this.words.scan_foreign);
    else if (!this.button.disabled) await this.#checkIn(code, "scan");
    return Boolean(code);
  }

  /** The form is sent: what was typed counts first, for it was typed last. */
  async send() {
    if (this.button.disabled) return undefined;
    const code = normalise(this.code.value);
    if (!code) {
      this.via = "tap";
      return super.send();
    }
    const fault = faultOf(code);
    if (fault) return this.#refuseCode(this.words[fault]);
    return this.#checkIn(codeIn(code), "typed");
  }

  async #checkIn(code, via) {
    this.via = via;
    if (this.#choose(code)) return super.send();
    this.button.disabled = true; // the question takes a moment, and one answer is enough
    const seen = await seePlace(code);
    this.button.disabled = false;
    if (seen.isUnknown) return this.#refuseCode(this.words.code_unknown);
    const words = seen.building
      ? this.words.code_elsewhere.replace("{building}", seen.building).replace("{grid}", seen.grid)
      : this.words.code_not_kept;
    // The list on this phone may be older than the post: whoever is sure lets the server decide.
    this.tell(words, { action: this.words.code_anyway, onAction: () => this.#anyway(code, seen.building ?? code) });
    return undefined;
  }

  #anyway(code, name) {
    this.at.append(made("option", { value: code, textContent: name, data: { name, unsure: "1" } }));
    this.#choose(code);
    return super.send();
  }

  /** A page kept for offline does not know which place was asked for: its address does. */
  chooseAsked() {
    this.#choose(new URLSearchParams(location.search).get("at")?.toUpperCase() ?? "");
  }

  #choose(code) {
    const option = code && Array.from(this.at.options).find(({ value }) => value === code);
    if (option) this.at.value = code;
    return Boolean(option);
  }

  #refuseCode(words) {
    this.tell(words);
    this.tellFields({ fields: { code: words } });
    this.code.focus();
  }

  #forgetCode() {
    this.code.value = "";
    this.hint.textContent = "";
    this.tellFields({ fields: { code: "" } });
  }

  /** Say while typing which building it is, so that a wrong one is seen before it is sent. */
  #hintAt() {
    const code = normalise(this.code.value);
    this.at.value = "";
    this.tellFields({ fields: { code: "" } });
    if (!code) this.hint.textContent = "";
    else if (faultOf(code) === "code_short") this.hint.textContent = this.words.code_left.replace("{count}", 8 - code.length);
    else if (faultOf(code)) this.hint.textContent = this.words[faultOf(code)];
    else this.hint.textContent = this.#choose(code) ? this.at.selectedOptions[0].textContent : this.words.code_not_listed;
  }
}

/** Lead on to the forms, at this place; what is found at a patrol point becomes its finding. */
function nextLinks(words, { value, dataset: { point, counted } }) {
  const query = new URLSearchParams({ ...(value.includes(":") ? {} : { at: value }), ...(point ? { point } : {}) });
  const links = words.next.map(([name, url]) =>
    made("li", {}, made("a", { className: "cell", href: `${url}?${query}` },
      made("span", { className: "cell-text" }, made("span", { className: "cell-meaning", textContent: name })),
      made("span", { className: "cell-arrow" }))));
  // A code read downstairs counts for the tank on the roof as well: so it says for what it counts.
  const told = counted ? [made("p", { textContent: words.counted.replace("{points}", counted) })] : [];
  return made("section", {},
    ...told,
    made("h2", { className: "cells-title", textContent: words.next_title }),
    made("ul", { className: "cells" }, ...links));
}

function planOf({ deed, person, result }, words, position) {
  return {
    edit: new URLSearchParams(location.search).get("edit") ?? "",
    key: `${deed}:${person}`,
    isBrief: true,
    photoUrl: () => "",
    url: (uid) => `/api/v1/deeds/${uid}`,
    body: ({ at, words: said }) => {
      const [kind, point] = at.split(":");
      const facts = { ...(point ? { point: point.toLowerCase() } : { at: kind }), via: page.via, ...position?.facts };
      if (said?.trim()) facts.words = said.trim();
      return { deed, subject: "", facts, done_at: new Date().toISOString() };
    },
    done: () => `${location.pathname}?in=${form.elements.namedItem("at").value}`,
    next: () => {
      const [chosen] = form.elements.namedItem("at").selectedOptions;
      const { name } = chosen.dataset;
      // Said at once, with or without a line: being there is a fact that nobody has to confirm.
      form.dataset.result = `${result}：${name}`;
      form.dataset.saved = chosen.dataset.unsure ? "" : form.dataset.result;
      keepLastPlace(Number(person), chosen.value);
      return nextLinks(words, chosen);
    },
  };
}

let page = null;

if (form && canSend()) {
  const words = pageWords();
  const root = form.querySelector("[data-place]");
  const position = root && navigator.geolocation && isSecureContext ? new Place(root, words) : null;
  page = new CheckIn(form, planOf(form.dataset, words, position));
  page.chooseAsked();
  await page.start();
  const camera = new Camera(form.querySelector("[data-camera]"), words, (text) => page.scanned(text));
  form.addEventListener("submit", () => camera.close());
  camera.offer();
  form.dataset.ready = "";
}
