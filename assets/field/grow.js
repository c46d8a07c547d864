// For forms that are sent the plain way: one more file field after each photo, photos made smaller.

import { shrink } from "./photo.js";

/** Let every picker of a form grow as photos are chosen. */
export function growPickers(form) {
  for (const picker of form.querySelectorAll("[data-photos]")) {
    picker.addEventListener("change", (event) => {
      if (event.target.type === "file" && event.target.files.length) grow(picker, event.target);
    });
  }
}

async function grow(picker, input) {
  const fields = picker.querySelectorAll("input[type=file]");
  if (input === fields[fields.length - 1] && fields.length < Number(picker.dataset.most ?? 9)) {
    const next = input.parentElement.cloneNode(true);
    next.querySelector("input").value = "";
    input.parentElement.after(next);
  }
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
