// Pages kept for offline show whose they are: whoever signs in or out, they are forgotten, so that
// nobody captures in another one's name. What was captured stays.

document.addEventListener("submit", ({ target }) => {
  const isLeaving = ["/sign-in", "/sign-out"].includes(target.getAttribute("action"));
  if (isLeaving) globalThis.caches?.delete("grid-pages");
});
