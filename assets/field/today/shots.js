// Photos of a case: from the phone where they are kept, else from the server, else said to be away.

import { made } from "../made.js";
import { findThumb } from "../thumbs.js";
import { say } from "./words.js";

const shown = new Map(); // one address a photo for as long as the page stands

/** Make a square of each photo `{sha256, label}`. */
export function shots(person, photos) {
  return made("div", { className: "shots" }, ...photos.map((photo) => shot(person, photo)));
}

function shot(person, { sha256, label }) {
  const image = made("img", { alt: label });
  const figure = made("figure", {}, image, made("figcaption", { textContent: label, ariaHidden: "true" }));
  image.onerror = () => image.replaceWith(made("p", { className: "shot-away", textContent: say("photo_away") }));
  addressOf(person, sha256).then((address) => {
    image.src = address;
  });
  return figure;
}

async function addressOf(person, sha) {
  if (shown.has(sha)) return shown.get(sha);
  const kept = await findThumb(person, sha).catch(() => null);
  if (!kept) return `/api/v1/photos/${sha}?size=thumb`;
  shown.set(sha, URL.createObjectURL(new Blob([kept.bytes], { type: kept.type })));
  return shown.get(sha);
}
