// What a person can wish for a record on the phone, wherever it is shown.

import { applyWish } from "./box.js";
import { fileOf, handOver } from "./export.js";
import { say } from "./sync_words.js";

/** Give the wishes that `itemOf` has buttons for, granted by a page's delivery. */
export function wishesOf(delivery) {
  const grant = async (record, wish) => {
    await applyWish(record.id, wish);
    delivery.tell({ happening: wish });
    await delivery.kick({ isHurry: true });
  };
  return {
    retry: (record) => grant(record, "retried"),
    discard: (record) => confirm(say("discard_sure")) && grant(record, "discarded"),
    export: (record) => exportAll([record]),
  };
}

/** Hand records to the person as one file. */
export async function exportAll(records) {
  if (records.length) await handOver(await fileOf(records));
}
