// Sheets over a page: focus goes in when one opens and back when it closes; Escape closes it.
const DIALOG = '[role="dialog"][aria-modal="true"]';

// Below a long form nobody sees what is said at its head: the sheet goes back there.
const REFUSAL = '[role="alert"] > .notice.error';

let opener = null;
let open = null;
let told = null;

function tell() {
  const refusal = open?.querySelector(REFUSAL) ?? null;
  if (refusal && refusal !== told) refusal.scrollIntoView({ block: "center" });
  told = refusal;
}

function follow() {
  look();
  tell();
}

function look() {
  const dialogs = document.querySelectorAll(DIALOG);
  const now = dialogs[dialogs.length - 1] ?? null;
  if (now === open) return;
  if (!open) opener = lastFocused;
  open = now;
  if (now && !now.contains(document.activeElement)) now.focus({ preventScroll: true });
  if (now) return;
  // What has been done is no longer offered: then one reads on at the head of the case.
  const back = opener?.isConnected ? opener : document.querySelector("[data-opened]");
  back?.focus({ preventScroll: true });
}

// The page below becomes inert before the sheet stands, and drops the focus: remember it.
let lastFocused = null;
document.addEventListener("focusin", (event) => {
  if (!event.target.closest(DIALOG)) lastFocused = event.target;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && open) open.querySelector("[data-close]")?.click();
});

new MutationObserver(follow).observe(document.documentElement, { childList: true, subtree: true });
