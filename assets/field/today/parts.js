// Parts that the sections share: a badge, how a deadline stands, a cell, a place without content.

import { remainingWords } from "../clock.js";
import { made } from "../made.js";
import { say } from "./words.js";

/** Make one of the three colours' badges: never without its shape and a word. */
export function colourBadge(word) {
  const shape = made("span", { textContent: say("open_shape"), ariaHidden: "true" });
  return made("span", { className: "badge red", title: say("open_colour") }, shape, word);
}

/** Make a badge of a word: plain, `blue` or `alert`. */
export function wordBadge(word, kind = "") {
  return made("span", { className: `badge ${kind}`.trim(), textContent: word });
}

/**
 * Tell how a promise stands now: `calm`, `warn`, `yellow` or `red`, or as it stood when its clock
 * stopped.
 *
 * @param due `due_at`, and where they are known `warn_at`, `red_at` and `stopped_state`.
 */
export function dueState({ due_at, warn_at = "", red_at = "", stopped_state = "" }, now) {
  if (stopped_state) return stopped_state;
  if (now > Date.parse(due_at)) return red_at && now >= Date.parse(red_at) ? "red" : "yellow";
  return warn_at && now >= Date.parse(warn_at) ? "warn" : "calm";
}

/** Make the mark of a promise: a ring that fills, and words; it is kept true by `tick`. */
export function dueMark(due, now) {
  const { due_at, warn_at = "", red_at = "", stopped_state = "", stopped_words = "" } = due;
  const data = {
    dueAt: due_at, warnAt: warn_at ?? "", redAt: red_at ?? "",
    stopped: stopped_state ?? "", words: stopped_words ?? "",
  };
  const mark = made("span", { data });
  sayDue(mark, now);
  return mark;
}

function sayDue(mark, now) {
  const { dueAt, warnAt, redAt, stopped, words: said } = mark.dataset;
  mark.className = `due ${dueState({ due_at: dueAt, warn_at: warnAt, red_at: redAt, stopped_state: stopped }, now)}`;
  const words = said || remainingWords(now, dueAt);
  if (mark.textContent !== words) mark.textContent = words;
}

/** Say anew what has aged since the page was drawn. */
export function tick(root, now) {
  for (const mark of root.querySelectorAll("[data-due-at]")) sayDue(mark, now);
}

/**
 * Make a cell that leads to one thing of a section.
 *
 * @param told `href`, `meaning`, `context` (texts, empty ones are left out), `foot` (nodes), `thumb`.
 */
export function cell({ href, meaning, context = [], foot = [], thumb = null }) {
  const parts = context.filter(Boolean).map((text) => made("span", { textContent: text }));
  const link = made("a", { className: "cell", href, data: { focus: href } },
    thumb,
    made("span", { className: "cell-text" },
      made("span", { className: "cell-meaning", textContent: meaning }),
      made("span", { className: "cell-context cell-parts" }, ...parts),
      foot.length ? made("span", { className: "cell-foot" }, ...foot) : null),
    made("span", { className: "cell-arrow", ariaHidden: "true" }));
  return made("li", {}, link);
}

/** Make a titled list of cells, or nothing without any. */
export function cells(title, items) {
  if (!items.length) return null;
  return made("section", {},
    made("h2", { className: "cells-title", textContent: `${title}（${items.length}）` }),
    made("ul", { className: "cells", ariaLabel: title }, ...items));
}

/** Make what stands where nothing is: why, and what to do. */
export function empty(title, words, ...ways) {
  return made("section", { className: "empty" },
    made("p", { className: "empty-title", textContent: title }), made("p", { textContent: words }), ...ways);
}

/** Make a link that looks like a button. */
export function wayOn(textContent, href, kind = "short") {
  return made("a", { className: `button ${kind}`, href, textContent });
}

/** Make a card with a heading. */
export function card(title, ...content) {
  return made("section", { className: "card" }, title ? made("h2", { textContent: title }) : null, ...content);
}

/** List facts by name; what is empty is left out. */
export function facts(...pairs) {
  const rows = pairs.filter(([, value]) => value).flatMap(([name, value]) => [
    made("dt", { textContent: name }), made("dd", value instanceof Node ? {} : { textContent: value }, value instanceof Node ? value : null)]);
  return made("dl", { className: "facts" }, ...rows);
}
