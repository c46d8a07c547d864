// <grid-line>: says that the network is gone, and what still works. Says nothing while it is there.

import { made } from "./made.js";
import { say } from "./sync_words.js";

class GridLine extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "status");
    this.onLine = () => this.#show();
    for (const name of ["online", "offline"]) addEventListener(name, this.onLine);
    this.#show();
  }

  disconnectedCallback() {
    for (const name of ["online", "offline"]) removeEventListener(name, this.onLine);
  }

  #show() {
    const isAway = !navigator.onLine;
    const isElsewhere = !location.pathname.startsWith("/field/");
    const way = isElsewhere && made("a", { href: "/field/today", textContent: say("line_today") });
    const words = say(isElsewhere ? "line_away" : "line_away_field");
    this.replaceChildren(...(isAway ? [made("span", { textContent: words }), way].filter(Boolean) : []));
    this.toggleAttribute("data-away", isAway);
  }
}

customElements.define("grid-line", GridLine);
