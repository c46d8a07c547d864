// Makes the field pages work without network, and offers a new version without forcing it.

import { takeAlong } from "./along.js";
import { whoIsHere } from "./here.js";
import { leadHome } from "./home.js";
import "./leaving.js";
import { made } from "./made.js";
import { say } from "./sync_words.js";

const isField = location.pathname.startsWith("/field/") || location.pathname.startsWith("/worker");

if (location.pathname.startsWith("/field/")) leadHome();

// The basement comes without a warning: what is needed there is taken along from every page. Today's
// page does it by itself, and draws it.
if (isField && !document.querySelector("[data-today]")) {
  whoIsHere().then((person) => person && takeAlong(person)).catch(() => {});
}

if (isField && navigator.serviceWorker) {
  // Without it (WeChat on iPhones, older browsers) the same pages work online and keep drafts.
  register().catch(() => {});
  // What was captured must not be thrown away when the phone wants room.
  const askToStay = () => navigator.storage?.persist?.();
  if (matchMedia("(display-mode: standalone)").matches) askToStay();
  addEventListener("appinstalled", askToStay);
}

async function register() {
  const worker = await navigator.serviceWorker.register("/sw.js", {
    scope: "/",
    type: "module",
    updateViaCache: "none",
  });
  if (worker.waiting && worker.active) offer(worker.waiting);
  const watch = (coming) => coming?.addEventListener("statechange", () => {
    if (coming.state === "installed" && worker.active) offer(coming);
  });
  watch(worker.installing); // found by the browser itself, before anybody listened
  worker.addEventListener("updatefound", () => watch(worker.installing));
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage("keep-pages");
}

/** Offer the new version; the page is loaded again only when somebody asks for it. */
function offer(worker) {
  const place = document.querySelector("grid-version");
  if (!place) return;
  const use = () => {
    if (worker.state !== "installed") return location.reload(); // used already, in another tab
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    return worker.postMessage("use-new-version");
  };
  place.replaceChildren(
    made("span", { textContent: say("new_version"), role: "status" }),
    made("button", { type: "button", className: "button short plain", textContent: say("new_version_use"), onclick: use }));
  place.hidden = false;
}
