// For forms that are sent the plain way: the same row of squares as in ``picker.js``, one more file
// field after each photo, photos made smaller.

import { pageWords } from "./form.js";
import { shrink } from "./photo.js";

/** Let every picker of a form grow as photos are chosen. */
export function growPickers(form) {
  for (const picker of form.querySelectorAll("[data-photos]")) {
    picker.addEventListener("change", (event) => {
      if (event.target.type === "file" && event.target.files.length) grow(picker, event.target);
    });
    picker.setAttribute("data-ready", "");
  }
}

async function grow(picker, input) {
  const square = input.parentElement;
  const next = square.cloneNode(true);
  next.querySelector("input").value = "";
  square.after(next);
  show(picker, square, input);
  offer(picker);
  next.querySelector("input").focus({ preventScroll: true });
  try {
    const [file] = input.files;
    const small = await shrink(file);
    if (small === file || small.size >= file.size) return;
    const carrier = new DataTransfer();
    carrier.items.add(new File([small], "photo.jpg", { type: small.type }));
    input.files = carrier.files;
  } catch {
    // As it was chosen, then: the server makes its own copy anyway.
  }
}

/** Offer the last square as long as there may be more photos. */
function offer(picker) {
  const taken = picker.querySelectorAll(".photo").length;
  picker.querySelector(".photo-add").hidden = taken >= Number(picker.dataset.most ?? 9);
}

/** Turn a square into the photo that was chosen in it; the field stays in the form, unseen. */
function show(picker, square, input) {
  const image = document.createElement("img");
  image.src = URL.createObjectURL(input.files[0]);
  image.alt = input.files[0].name;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "photo-remove";
  remove.setAttribute("aria-label", pageWords().photo_remove);
  remove.addEventListener("click", () => {
    URL.revokeObjectURL(image.src);
    square.remove();
    offer(picker);
    picker.querySelector(".photo-add input").focus({ preventScroll: true });
  });
  input.hidden = true;
  square.className = "photo";
  square.querySelector(".photo-add-face").remove();
  square.append(image, remove);
}
