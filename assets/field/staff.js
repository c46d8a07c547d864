// On staff pages made by Reflex: bring in the field's shell, which residents never need.

// Here at once, because the rest takes a moment: nobody leaves unasked by being quick.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("action") !== "/sign-out") return;
  event.preventDefault();
  import("./leaving.js").then(({ goOn }) => goOn(form), () => form.submit());
});

if (location.pathname !== "/") {
  await Promise.all([import("./grid_outbox.js"), import("./grid_line.js"), import("./shell.js")]);
}
