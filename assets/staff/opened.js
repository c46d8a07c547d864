// A case that has been opened: the page bears its name, and who reads by ear or keys goes on there.

let told = "";
let former = "";

/** Tell whether the focus stands where it was only to open something: on nothing, or on a link. */
function isFree() {
  const at = document.activeElement;
  return !at || at === document.body || at.matches("a, main");
}

function follow() {
  const heading = document.querySelector("[data-opened]");
  const now = heading?.dataset.opened ?? "";
  const title = heading?.dataset.title ?? "";
  if (now === told) return;
  // The page's own name is put back when nothing is open any more, unless another page came.
  if (now && !told) former = document.title;
  if (now) document.title = `${title}·${former.split("·").at(-1).trim()}`;
  else if (document.title !== former && document.title.startsWith(shown)) document.title = former;
  told = now;
  shown = title;
  if (now && isFree()) heading.focus({ preventScroll: true });
}

let shown = "";

document.addEventListener("click", (event) => {
  const skip = event.target.closest?.("a.skip");
  if (!skip) return;
  event.preventDefault();
  document.getElementById(skip.hash.slice(1))?.focus();
});

new MutationObserver(follow).observe(document.documentElement, {
  childList: true,
  subtree: true,
  attributeFilter: ["data-opened"],
});
follow();
