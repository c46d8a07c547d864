// Offers notices of the browser on a case's page: a bonus that never blocks and never asks unasked.

import { newId, put } from "./api.js";

const WORKER = "/c/push.js";
const PATIENCE_MS = 8_000; // where the maker's push service cannot be reached, subscribing hangs

const root = document.querySelector("[data-push]");
const keptAt = `grid-push:${root?.dataset.track}`;

if (root && canPush()) begin();

function canPush() {
  return Boolean(navigator.serviceWorker && globalThis.PushManager && globalThis.Notification && globalThis.crypto?.subtle);
}

function begin() {
  const isOn = Notification.permission === "granted" && localStorage.getItem(keptAt);
  root.hidden = document.getElementById("messages").hidden = false;
  if (isOn) say("on", "stop", stop);
  else if (Notification.permission === "denied") say("refused");
  else say("offer", "start", start);
}

/** Say one of the section's sentences, with a button or without. */
function say(words, label = "", onTap = null) {
  const button = root.querySelector("button");
  root.querySelector("p").textContent = root.dataset[words];
  root.dataset.state = words;
  button.hidden = !label;
  button.textContent = label ? root.dataset[label] : "";
  button.onclick = onTap;
}

async function start() {
  say("asking");
  try {
    if ((await Notification.requestPermission()) !== "granted") return say("refused");
    say("opening");
    // Whoever waits is told in time; should it come after all, it is taken all the same.
    const timer = setTimeout(() => say("slow", "start", start), PATIENCE_MS);
    await subscribe().finally(() => clearTimeout(timer));
    say("on", "stop", stop);
  } catch {
    say("failed", "start", start);
  }
}

async function subscribe() {
  await navigator.serviceWorker.register(WORKER, { scope: "/c/" });
  const { pushManager } = await navigator.serviceWorker.ready;
  const held = await pushManager.getSubscription();
  const subscription = held ?? (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: root.dataset.key }));
  const { endpoint, keys } = subscription.toJSON();
  const uid = newId();
  const body = JSON.stringify({ endpoint, p256dh: keys.p256dh, auth: keys.auth });
  const answer = await put(addressOf(uid), body, "application/json");
  if (answer.body?.receipt !== uid) throw new Error("not taken");
  localStorage.setItem(keptAt, uid);
}

async function stop() {
  const uid = localStorage.getItem(keptAt);
  say("opening");
  try {
    // Of this case only: the browser's own subscription may serve others.
    const response = await fetch(addressOf(uid), { method: "DELETE", signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) throw new Error("not taken");
    localStorage.removeItem(keptAt);
    say("offer", "start", start);
  } catch {
    say("on", "stop", stop);
  }
}

const addressOf = (uid) => `/api/v1/cases/${root.dataset.track}/push/${uid}`;
