// Prepares photos: upright, at most 1600 pixels and 400 KB, known by the hash of the bytes.

// A picture full of leaves or gravel is still too large at the lowest quality: then a smaller one.
const LONG_SIDES = [1600, 1280, 960, 640];
const QUALITIES = [0.82, 0.7, 0.58, 0.45];
const WANTED_BYTES = 400_000;
const MOST_BYTES = 12_000_000;
const HEIC = /^image\/hei[cf]/;

/** Why a photo cannot be taken; `reason` is a key of the page's words. */
export class PhotoError extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** Tell whether this browser can prepare photos and hash them (it cannot over plain HTTP). */
export function canPrepare() {
  return Boolean(globalThis.crypto?.subtle && globalThis.createImageBitmap && HTMLCanvasElement.prototype.toBlob);
}

/**
 * Make a smaller picture of a file. A HEIC that the browser cannot open goes up as it is, if the
 * server takes it; the page says so by `data-heic`.
 */
export async function shrink(file) {
  let picture;
  try {
    picture = await opened(file);
  } catch {
    const isHeic = HEIC.test(file.type) || /\.hei[cf]$/i.test(file.name ?? "");
    if (!isHeic) throw new PhotoError("photo_unreadable");
    if (!("heic" in document.documentElement.dataset)) throw new PhotoError("photo_heic");
    if (file.size > MOST_BYTES) throw new PhotoError("photo_too_large");
    return file;
  }
  try {
    return await smallEnough(picture);
  } finally {
    picture.close?.();
  }
}

/** Open a picture either way that browsers have: some show a HEIC and make no bitmap of it. */
async function opened(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    const picture = new Image();
    const url = URL.createObjectURL(file);
    try {
      picture.src = url;
      await picture.decode();
    } finally {
      URL.revokeObjectURL(url);
    }
    return picture;
  }
}

async function smallEnough(bitmap) {
  let blob = null;
  for (const side of LONG_SIDES) {
    const canvas = drawn(bitmap, side);
    for (const quality of QUALITIES) {
      blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
      if (!blob) throw new PhotoError("photo_unreadable");
      if (blob.size <= WANTED_BYTES) return blob;
    }
  }
  return blob;
}

function drawn(bitmap, side) {
  // An element is drawn upright by itself; its natural size is that of the upright picture.
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext("2d");
  // A transparent picture would turn black in a JPEG.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Give a photo as it is kept and sent: its bytes (WebKit loses Blobs), type and SHA-256. */
export async function prepare(file) {
  const blob = await shrink(file);
  const bytes = await blob.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { sha, bytes, type: blob.type || "image/heic", sent: false };
}
