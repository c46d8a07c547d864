// Reads a page aloud with the browser's own voice, one piece after the other; a second tap stops it.

// What has words of its own to say; what stands inside another of these is said with it.
const SAID = "h1, h2, p, legend, label, dt, dd, summary, figcaption, .cell, .steps > li, .result-no";
const SLOWLY = 0.9;

/** Let a button read what stands in the page's main part; without a voice it stays unseen. */
export function readAloud(button, told) {
  const voice = globalThis.speechSynthesis;
  if (!voice || !globalThis.SpeechSynthesisUtterance) return;
  const words = button.textContent;
  let turn = 0; // what an earlier reading still says is no news
  button.hidden = false;
  const stop = () => {
    turn += 1;
    voice.cancel();
    mark(null);
    button.textContent = words;
    button.removeAttribute("data-speaking");
  };
  button.addEventListener("click", () => {
    if ("speaking" in button.dataset) return stop();
    stop();
    told.hidden = true;
    button.dataset.speaking = "";
    button.textContent = button.dataset.stop;
    say(pieces(), turn);
  });
  addEventListener("pagehide", stop);

  function say([piece, ...rest], mine) {
    if (mine !== turn) return;
    if (!piece) return stop();
    const saying = new SpeechSynthesisUtterance(piece.words);
    Object.assign(saying, { lang: "zh-CN", rate: SLOWLY });
    saying.onstart = () => mine === turn && mark(piece.element);
    saying.onend = () => say(rest, mine);
    saying.onerror = () => {
      if (mine !== turn) return;
      stop();
      told.textContent = button.dataset.failed;
      told.hidden = false;
    };
    voice.speak(saying);
  }
}

function pieces() {
  const found = Array.from(document.querySelectorAll("main *")).filter((one) => one.matches(SAID));
  return found
    .filter((element) => !element.parentElement.closest(SAID) && element.offsetParent)
    .map((element) => ({ element, words: element.innerText.replace(/\s+/g, "，").trim() }))
    .filter(({ words }) => words);
}

function mark(element) {
  document.querySelector(".spoken")?.classList.remove("spoken");
  element?.classList.add("spoken");
  element?.scrollIntoView({ block: "center" });
}
