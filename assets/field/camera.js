// The camera on the page: opened by a tap, or by itself once allowed; closed when out of sight.

import { Scanner, hasCamera } from "./scan.js";

export class Camera {
  /**
   * @param root The `[data-camera]` of the page, hidden where there is no camera to open.
   * @param words What to say.
   * @param onText Told what was read.
   */
  constructor(root, words, onText) {
    this.root = root;
    this.words = words;
    this.frame = root.querySelector(".scan-frame");
    this.toggle = root.querySelector("[data-toggle]");
    this.torch = root.querySelector("[data-torch]");
    this.hint = root.querySelector("[role=status]");
    const { detector, reader } = root.dataset;
    this.scanner = new Scanner(root.querySelector("video"), { detector, reader }, (text) => this.#read(text, onText));
    this.scanner.onStop = () => this.#show("");
    this.scanner.onFail = ({ reason }) => {
      this.close();
      this.#show(reason);
    };
    this.toggle.addEventListener("click", () => (this.scanner.isOn ? this.close() : this.open()));
    this.torch.addEventListener("click", () => this.#light());
    // A camera that goes on behind another page frightens people and empties the battery.
    document.addEventListener("visibilitychange", () => document.hidden && this.close());
    addEventListener("pagehide", () => this.close());
  }

  /** Offer the camera where there is one; open it at once where it was allowed before. */
  offer() {
    if (!hasCamera()) return this.#tell("camera_none");
    this.toggle.hidden = false;
    this.#show("");
    return navigator.permissions?.query({ name: "camera" }).then(
      ({ state }) => state === "granted" && this.open(),
      () => {}, // not every browser knows this question
    );
  }

  async open() {
    this.#tell("camera_opening");
    try {
      await this.scanner.start();
      this.#show("camera_aim");
    } catch (error) {
      this.#show(error.reason ?? "camera_none");
    }
  }

  close() {
    if (this.scanner.isOn) this.scanner.stop();
  }

  async #read(text, onText) {
    navigator.vibrate?.(60);
    const isTaken = await onText(text);
    if (isTaken) this.close();
  }

  async #light() {
    const isOn = await this.scanner.light(this.torch.getAttribute("aria-pressed") !== "true");
    this.torch.setAttribute("aria-pressed", String(isOn));
  }

  #show(reason) {
    const { isOn } = this.scanner;
    this.frame.hidden = !isOn;
    this.toggle.textContent = isOn ? this.words.camera_close : this.words.camera_open;
    this.torch.hidden = !this.scanner.hasTorch;
    this.torch.setAttribute("aria-pressed", "false");
    this.#tell(reason);
  }

  #tell(name) {
    this.hint.textContent = name ? this.words[name] : "";
  }
}
