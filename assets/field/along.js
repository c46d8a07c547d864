// Takes along what a person needs offline: the snapshot, and the photos of the own tasks.

import { refreshSnapshot } from "./snapshot.js";
import { keepThumbs } from "./thumbs.js";

/** Ask for what is newer; gives `{outcome, snapshot}` as soon as it is known. */
export async function takeAlong(person) {
  const told = await refreshSnapshot(person);
  const isKnown = told.outcome === "fresh" || told.outcome === "same";
  if (isKnown) keepPhotos(person, told.snapshot.content).catch(() => {}); // a full phone shows them online only
  return told;
}

/** Keep the photos of the own tasks, those of the soonest first. */
function keepPhotos(person, { tasks }) {
  const wanted = tasks.filter((task) => task.is_mine).flatMap((task) => task.photos.map(({ sha256 }) => sha256));
  return keepThumbs(person, wanted);
}
