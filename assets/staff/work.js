// Long work: fills every [data-work] of a page by asking the API how far it has come. The element's
// own attributes tell which work, what is counted and in which words; its content is ours alone.
const EVERY_MS = 1000;
const SLOWEST_MS = 15000;
const JUST_NOW_MS = 5000;
const ROUND_S = 5;

const number = (count) => count.toLocaleString("zh-CN");
const size = (bytes) =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
const filled = (words, value) => words.replace("{}", value);

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Without TLS there is none: the same 122 random bits by hand.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function made(tag, className, parent) {
  const element = document.createElement(tag);
  element.className = className;
  parent.append(element);
  return element;
}

// Said only when it is another word: what is read aloud is not repeated every second.
function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
  element.hidden = words === "";
}

class Work {
  constructor(place) {
    this.place = place;
    this.uid = place.dataset.work;
    this.words = JSON.parse(place.dataset.words);
    this.pause = EVERY_MS;
    this.wasOpen = false;
    place.replaceChildren();
    const head = made("div", "work-head", place);
    this.label = made("p", "cell-meaning", head);
    this.state = made("p", "work-state", head);
    this.state.setAttribute("role", "status");
    this.bar = made("progress", "work-bar", place);
    this.bar.setAttribute("aria-label", this.words.progress);
    this.bar.hidden = true;
    this.count = made("p", "quiet small", place);
    this.alive = made("p", "quiet small", place);
    this.fault = made("p", "work-fault", place);
    this.trouble = made("p", "work-fault", place);
    const buttons = made("div", "work-buttons", place);
    this.file = made("a", "button short", buttons);
    this.file.textContent = this.words.fetch;
    this.file.setAttribute("download", "");
    this.cancel = this.button(buttons, "cancel", "work.cancel");
    this.resume = this.button(buttons, "resume", "work.resume");
    for (const element of [this.count, this.alive, this.fault, this.trouble, this.file]) element.hidden = true;
    this.ask();
  }

  button(parent, word, deed) {
    const button = made("button", "button plain short", parent);
    button.type = "button";
    button.textContent = this.words[word];
    button.hidden = true;
    button.addEventListener("click", () => this.steer(button, deed));
    return button;
  }

  get isHere() {
    return this.place.isConnected && this.place.dataset.work === this.uid;
  }

  async ask() {
    clearTimeout(this.timer);
    if (!this.isHere) return;
    let goesOn = true;
    try {
      const answer = await fetch(`/api/v1/works/${this.uid}`, { cache: "no-store" });
      if (answer.ok) goesOn = this.show(await answer.json());
      else goesOn = this.refused(answer.status);
    } catch {
      this.stumble(this.words.away);
    }
    if (goesOn && this.isHere) this.timer = setTimeout(() => this.ask(), this.pause);
  }

  refused(status) {
    if (status >= 500 || status === 429) {
      this.stumble(this.words.away);
      return true;
    }
    say(this.trouble, status === 401 ? this.words.signedOut : this.words.gone);
    return false;
  }

  stumble(words) {
    this.pause = Math.min(this.pause * 2, SLOWEST_MS);
    say(this.trouble, words);
    // What was true when one last heard of it may be true no longer.
    if (this.wasOpen) say(this.state, this.words.unknown);
    this.place.dataset.state = "unknown";
  }

  show(view) {
    this.pause = EVERY_MS;
    say(this.trouble, "");
    say(this.label, view.label);
    say(this.state, view.state_label);
    this.place.dataset.state = view.is_late ? "late" : view.state;
    this.bar.hidden = !view.is_open;
    if (view.total_count > 0) {
      this.bar.max = view.total_count;
      this.bar.value = view.done_count;
    } else {
      this.bar.removeAttribute("value");
    }
    say(this.count, this.counted(view));
    say(this.alive, view.alive_words);
    say(this.fault, view.fault);
    this.file.hidden = !view.has_file;
    this.file.href = `/api/v1/works/${this.uid}/file`;
    this.cancel.hidden = !view.may_cancel;
    this.resume.hidden = !view.may_resume;
    if (this.wasOpen && !view.is_open) document.querySelector("[data-work-ended]")?.click();
    this.wasOpen = view.is_open;
    return view.is_open;
  }

  counted(view) {
    const unit = this.place.dataset.unit;
    const total = `${number(view.total_count)} ${unit}`;
    const parts = [];
    if (view.is_open && view.total_count) {
      parts.push(`${view.doing} ${number(view.done_count)} / ${total}`);
      if (view.left_s !== null && !view.is_late) parts.push(this.left(view.left_s));
    } else if (view.is_open) {
      parts.push(view.doing);
    } else if (view.state === "done") {
      parts.push(total);
      if (view.has_file) parts.push(size(view.file_bytes));
      if (view.has_file) parts.push(filled(this.words.kept, view.kept_words));
    } else if (view.total_count) {
      parts.push(`${number(view.done_count)} / ${total}`);
    }
    return parts.filter(Boolean).join(" · ");
  }

  left(seconds) {
    if (seconds < ROUND_S) return this.words.soon;
    if (seconds < 60) return filled(this.words.seconds, Math.ceil(seconds / ROUND_S) * ROUND_S);
    return filled(this.words.minutes, Math.ceil(seconds / 60));
  }

  async steer(button, deed) {
    button.disabled = true;
    const told = { deed, subject: this.uid, facts: {}, done_at: new Date().toISOString() };
    try {
      const answer = await fetch(`/api/v1/deeds/${newId()}`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(told),
      });
      if (!answer.ok) say(this.trouble, (await answer.json()).detail ?? this.words.away);
    } catch {
      say(this.trouble, this.words.away);
    } finally {
      button.disabled = false;
    }
    this.ask();
  }
}

const shown = new Map();
let tappedAt = -Infinity;

function follow() {
  for (const place of document.querySelectorAll("[data-work]")) {
    const known = shown.get(place);
    if (known?.uid === place.dataset.work) continue;
    shown.set(place, new Work(place));
    // What was asked for just now comes into sight.
    if (performance.now() - tappedAt < JUST_NOW_MS) place.scrollIntoView({ block: "nearest" });
  }
  for (const place of shown.keys()) if (!place.isConnected) shown.delete(place);
}

document.addEventListener("click", () => (tappedAt = performance.now()), { capture: true });

const CHANGES = { childList: true, subtree: true, attributeFilter: ["data-work"] };
new MutationObserver(follow).observe(document.documentElement, CHANGES);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) for (const work of shown.values()) if (work.wasOpen) work.ask();
});
follow();
