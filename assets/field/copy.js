// Copies a link at a tap: by the clipboard where the browser has one, else by selecting it.

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    let isCopied = false;
    try {
      await navigator.clipboard.writeText(field.value);
      isCopied = true;
    } catch {
      isCopied = document.execCommand("copy"); // WeChat, and pages without HTTPS
    }
    if (isCopied) button.textContent = button.dataset.copied;
  });
}
