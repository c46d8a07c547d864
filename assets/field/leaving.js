// Pages kept for offline show whose they are: when somebody else signs in, or one signs out, they
// are forgotten, so that nobody captures in another one's name. What was captured stays.

const KEY = "grid-login";

document.addEventListener("submit", ({ target }) => {
  const action = target.getAttribute("action");
  if (action !== "/sign-in" && action !== "/sign-out") return;
  const login = target.elements.namedItem("login")?.value.trim().toLowerCase() ?? "";
  if (login && login === localStorage.getItem(KEY)) return;
  globalThis.caches?.delete("grid-pages");
  localStorage.setItem(KEY, login);
});
