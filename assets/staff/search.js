// Search boxes of every page: Escape clears one and searches again; a list that is searched keeps
// its words in the address, so that the way back from what was found leads to what was found.
const BOX = 'form[role="search"] input[type="search"]';

function clear(box) {
  const stood = box.value || box.defaultValue;
  box.value = "";
  if (stood) box.form.requestSubmit();
}

function keep(form) {
  const address = new URL(location.href);
  for (const [name, value] of new FormData(form)) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  history.replaceState(history.state, "", address);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !event.target.matches?.(BOX)) return;
  event.preventDefault();
  event.stopPropagation();
  clear(event.target);
}, true);

document.addEventListener("submit", (event) => {
  if (event.target.matches('form[role="search"][data-kept]')) keep(event.target);
}, true);

// A button that clears the search forgets its words in the address too.
document.addEventListener("click", (event) => {
  const name = event.target.closest?.("[data-forgets]")?.dataset.forgets;
  if (!name) return;
  const address = new URL(location.href);
  address.searchParams.delete(name);
  history.replaceState(history.state, "", address);
}, true);
