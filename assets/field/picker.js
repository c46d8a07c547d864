// A row of squares for photos: taken one by one, shown at once, sent when the form is.

import { PhotoError, prepare } from "./photo.js";

export class Picker {
  /**
   * @param root The `.photo-picker` of the page.
   * @param words What to say.
   * @param onChange Told when photos came or went.
   */
  constructor(root, words, onChange) {
    this.root = root;
    this.name = root.dataset.photos;
    this.words = words;
    this.onChange = onChange;
    this.most = Number(root.dataset.most ?? 9);
    this.photos = [];
    this.tiles = new Map();
    this.list = root.querySelector(".photo-list");
    this.add = root.querySelector(".photo-add");
    this.input = this.add.querySelector("input");
    this.input.removeAttribute("name");
    this.input.addEventListener("change", () => this.#take());
    this.taking = null;
    for (const kept of root.querySelectorAll("[data-kept]")) {
      this.#put({ sha: kept.dataset.kept, thumb: kept.dataset.thumb, bytes: null, type: "", sent: true });
      kept.remove();
    }
    // Chosen while this module was still on its way.
    if (this.input.files.length) this.#take();
    root.setAttribute("data-ready", "");
  }

  /** The hashes in their order. */
  get hashes() {
    return this.photos.map((photo) => photo.sha);
  }

  /** Put back photos that a draft has kept. */
  restore(photos) {
    for (const photo of photos) this.#put(photo);
  }

  /** Begin anew, without photos. */
  clear() {
    for (const { sha } of [...this.photos]) this.#remove(sha);
    this.complain("");
  }

  /** Say something on a photo's square. */
  say(sha, words) {
    const state = this.tiles.get(sha)?.querySelector(".photo-state");
    if (state) {
      state.textContent = words;
      state.hidden = !words;
    }
  }

  /** Show what is wrong with the photos, or nothing. */
  complain(words) {
    this.root.querySelector(".field-error")?.remove();
    if (!words) return;
    const error = document.createElement("p");
    error.className = "field-error";
    error.setAttribute("role", "alert");
    error.textContent = words;
    this.root.append(error);
  }

  /** Take what was chosen; until it is done, `taking` promises whether all of it could be taken. */
  async #take() {
    const files = Array.from(this.input.files);
    this.input.value = "";
    this.complain("");
    const turn = Promise.resolve(this.taking).then(() => this.#takeAll(files));
    this.taking = turn;
    await turn;
    if (this.taking === turn) this.taking = null;
  }

  async #takeAll(files) {
    let areTaken = true;
    for (const file of files) areTaken = (await this.#takeOne(file)) && areTaken;
    return areTaken;
  }

  async #takeOne(file) {
    if (this.photos.length >= this.most) {
      this.complain(this.words.photo_limit.replace("{most}", this.most));
      return false;
    }
    const waiting = this.#tile("", this.words.photo_preparing);
    try {
      this.#put(await prepare(file));
      this.onChange();
      return true;
    } catch (error) {
      this.complain(this.words[error instanceof PhotoError ? error.reason : "photo_unreadable"]);
      return false;
    } finally {
      waiting.remove();
      this.add.hidden = this.photos.length >= this.most;
    }
  }

  #put(photo) {
    if (this.tiles.has(photo.sha)) return;
    const shown = photo.bytes ? URL.createObjectURL(new Blob([photo.bytes], { type: photo.type })) : (photo.thumb ?? "");
    const tile = this.#tile(shown, photo.sent ? this.words.photo_sent : "");
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "photo-remove";
    remove.setAttribute("aria-label", `${this.words.photo_remove} ${this.photos.length + 1}`);
    remove.addEventListener("click", () => this.#drop(photo.sha));
    tile.append(remove);
    tile.dataset.sha = photo.sha;
    this.photos.push(photo);
    this.tiles.set(photo.sha, tile);
  }

  #drop(sha) {
    this.#remove(sha);
    this.complain("");
    this.input.focus();
    this.onChange();
  }

  #remove(sha) {
    this.photos = this.photos.filter((photo) => photo.sha !== sha);
    const tile = this.tiles.get(sha);
    const image = tile.querySelector("img");
    if (image) URL.revokeObjectURL(image.src);
    tile.remove();
    this.tiles.delete(sha);
    this.add.hidden = false;
  }

  #tile(shown, words) {
    const tile = document.createElement("div");
    tile.className = "photo";
    if (shown) {
      const image = document.createElement("img");
      image.src = shown;
      image.alt = "";
      tile.append(image);
    }
    const state = document.createElement("span");
    state.className = "photo-state";
    state.textContent = words;
    state.hidden = !words;
    tile.append(state);
    this.list.insertBefore(tile, this.add);
    return tile;
  }
}
