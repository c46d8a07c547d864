// What is kept for offline shows whose it is: when somebody else signs in, or one signs out, it is
// forgotten before the page goes, so that nobody reads it or captures in another one's name. What
// was captured stays, and whoever signs out with some of it on the phone is told first.

import { allRecords } from "./box.js";
import { forgetWho, whoIsHere } from "./here.js";
import { askToLeave, tellNoLine } from "./leave_dialog.js";
import { forgetOthers } from "./snapshot.js";

const KEY = "grid-login";
const PATIENCE_MS = 3_000;

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !["/sign-in", "/sign-out"].includes(event.target.getAttribute("action"))) return;
  event.preventDefault();
  goOn(event.target);
});

/** Send a form that lets somebody in or out by hand, once all is forgotten: a page that goes would
 * cut that off in the middle. */
export async function goOn(form) {
  const isGoing = form.getAttribute("action") === "/sign-in" ? arrive(form) : leave();
  if (await isGoing.catch(() => true)) form.submit();
}

async function arrive(form) {
  const login = form.elements.namedItem("login")?.value.trim().toLowerCase() ?? "";
  if (!login || login !== localStorage.getItem(KEY)) await forget();
  localStorage.setItem(KEY, login);
  return true;
}

async function leave() {
  const mine = await inTime(recordsHere(), []);
  if (mine.length && !(await askToLeave(mine[0].person))) return false;
  if (!(await hasLine())) return tellNoLine();
  await forget();
  localStorage.setItem(KEY, "");
  return true;
}

/** Only the server ends a session: without it whoever comes next would still be this person. */
async function hasLine() {
  if (!navigator.onLine) return false;
  try {
    const signal = AbortSignal.timeout?.(PATIENCE_MS);
    const { version } = await (await fetch("/version.json", { cache: "no-store", redirect: "manual", signal })).json();
    return Boolean(version);
  } catch {
    return false;
  }
}

/** Give what waits on this phone for whoever is signed in; of all, when nobody knows who. */
async function recordsHere() {
  const person = await whoIsHere();
  return (await allRecords()).filter((record) => record.person !== null && (person === null || record.person === person));
}

async function forget() {
  const pages = globalThis.caches?.delete("grid-pages");
  await inTime(Promise.allSettled([pages, forgetOthers(), forgetWho()]));
}

/** A broken memory must not keep anybody in or out. */
function inTime(promise, instead) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, instead));
  return Promise.race([promise.catch(() => instead), late]);
}
