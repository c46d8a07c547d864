// Where the worker stands: attached on a tap, or by itself once allowed; never waited for.

const PATIENCE_MS = 10_000;

export class Place {
  /**
   * @param root The `[data-place]` of the form.
   * @param words What to say.
   */
  constructor(root, words) {
    this.words = words;
    this.position = null;
    this.button = root.querySelector("button");
    this.hint = root.querySelector("p");
    this.button.textContent = words.place_add;
    this.button.addEventListener("click", () => this.#ask());
    root.hidden = false;
    navigator.permissions?.query({ name: "geolocation" }).then(
      ({ state }) => state === "granted" && this.#ask(),
      () => {},
    );
  }

  /** The facts of the position, or none: saving never waits for it. */
  get facts() {
    if (!this.position) return {};
    const { longitude, latitude, accuracy } = this.position;
    return { lng_wgs84: longitude, lat_wgs84: latitude, accuracy_m: accuracy };
  }

  #ask() {
    this.button.disabled = true;
    this.hint.textContent = this.words.place_waiting;
    // Raced against a timer of our own: an unanswered question would wait for ever in WebKit.
    const timer = setTimeout(() => this.#end(null), PATIENCE_MS);
    const end = (position) => {
      clearTimeout(timer);
      this.#end(position);
    };
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => end(coords),
      () => end(null),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 60_000 },
    );
  }

  #end(coords) {
    this.position = coords ?? this.position;
    this.button.disabled = false;
    this.button.hidden = Boolean(this.position);
    this.hint.textContent = this.position
      ? this.words.place_added.replace("{metres}", Math.round(this.position.accuracy))
      : this.words.place_none;
  }
}
