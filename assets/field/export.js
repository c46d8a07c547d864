// Writes records out as a file: what cannot be sent is still the person's own work.

import { photosOf } from "./box.js";

/** Give records with their photos as one JSON file. */
export async function fileOf(records) {
  const written = [];
  for (const record of records) {
    const photos = await photosOf(record.id);
    written.push({ ...record, photos: photos.map(({ sha, type, bytes }) => ({ sha, type, base64: base64(bytes) })) });
  }
  const text = JSON.stringify({ kind: "gridapp.outbox", version: 1, records: written }, null, 1);
  return new File([text], `gridapp-${records[0].made_at.slice(0, 10)}.json`, { type: "application/json" });
}

/** Hand a file to the person: shared where phones do that, else saved. */
export async function handOver(file) {
  if (matchMedia("(pointer: coarse)").matches && navigator.canShare?.({ files: [file] })) {
    try {
      return await navigator.share({ files: [file] });
    } catch (error) {
      if (error.name === "AbortError") return undefined; // the person thought better of it
    }
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return undefined;
}

function base64(bytes) {
  let text = "";
  const view = new Uint8Array(bytes);
  for (let at = 0; at < view.length; at += 0x8000) text += String.fromCharCode(...view.subarray(at, at + 0x8000));
  return btoa(text);
}
