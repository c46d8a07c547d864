// The section of patrols: points that are due, tonight's round, and turns that want a cover.

import { device, newId } from "../api.js";
import { keepCapture } from "../box.js";
import { dayWords } from "../clock.js";
import { delivery } from "../delivery.js";
import { made } from "../made.js";
import { card, cell, cells, facts, wordBadge } from "./parts.js";
import { say } from "./patrol_words.js";

const BEIJING_MS = 8 * 3_600_000;
const MOST_POINTS = 30;

export const patrols = { name: "patrol", list, open };

const kept = ({ snapshot }) => snapshot.patrols ?? { points: [], nights: [] };
const todayOf = (now) => new Date(now + BEIJING_MS).toISOString().slice(0, 10);
/** Say a Beijing day as seen from now; a day is its noon. */
const dayOf = (now, day) => dayWords(now, `${day}T12:00:00+08:00`);

function list(context) {
  const today = todayOf(context.now);
  const due = kept(context).points
    .filter((point) => point.due_on <= today)
    .filter((point) => context.finds(point.name, point.place, point.grid));
  const nights = kept(context).nights
    .filter((night) => night.night_on >= today && concerns(night))
    .filter((night) => context.finds(night.theme, night.grid, say("night")));
  const isTonight = (night) => night.night_on === today;
  const parts = [
    cells(say("night_tonight"), nights.filter(isTonight).map((night) => nightCell(night, context))),
    cells(say("points"), due.slice(0, MOST_POINTS).map((point) => pointCell(point, context))),
    cells(say("nights"), nights.filter((night) => !isTonight(night)).map((night) => nightCell(night, context))),
  ].filter(Boolean);
  if (!parts.length) return null;
  const part = document.createDocumentFragment();
  part.append(...parts);
  return part;
}

/** A night is worth a line when one goes, or could help somebody out. */
const concerns = ({ is_mine, is_cancelled, duties }) =>
  is_mine || (!is_cancelled && duties.some(({ may_cover }) => may_cover));

function pointCell(point, context) {
  const { now, records } = context;
  const last = point.last_seen_on ? say("last", { day: dayOf(now, point.last_seen_on) }) : say("never");
  const isLate = point.last_seen_on && point.due_on < todayOf(now);
  const foot = [
    records.some((record) => isVisit(record, point)) ? wordBadge(say("kept"), "blue") : null,
    isLate ? wordBadge(say("late", { day: dayOf(now, point.due_on) })) : null,
  ];
  return cell({
    href: `/field/check_in?at=${encodeURIComponent(point.at || `POINT:${point.point.toUpperCase()}`)}`,
    meaning: point.name,
    context: [point.place, last],
    foot: foot.filter(Boolean),
  });
}

/** Tell whether a capture that waits on the phone is a visit of this point. */
function isVisit({ body }, { point, at }) {
  if (body.deed !== "patrol.check_in") return false;
  return body.facts.point === point || Boolean(at && body.facts.at === at);
}

function nightCell(night, { now }) {
  const foot = [
    night.is_cancelled ? wordBadge(say("cancelled")) : null,
    night.is_mine && !night.is_cancelled ? wordBadge(say("mine"), "blue") : null,
    night.duties.some(({ wants_cover }) => wants_cover) ? wordBadge(say("wants_cover")) : null,
  ];
  return cell({
    href: `#patrol/${night.night}`,
    meaning: night.theme,
    context: [`${dayOf(now, night.night_on)} ${say("hours", night)}`, night.grid],
    foot: foot.filter(Boolean),
  });
}

function open(context, key) {
  const night = kept(context).nights.find((one) => one.night === key);
  if (!night) return null;
  const names = night.duties.map((duty) => (duty.wants_cover ? `${duty.name}（${say("wants_cover")}）` : duty.name));
  const state = made("p", { className: "notice", role: "status", hidden: true });
  const body = card("", facts(
    [say("theme"), night.theme],
    [say("when"), `${dayOf(context.now, night.night_on)} ${say("hours", night)}`],
    [say("grid"), night.grid],
    [say("who"), names.join("、") || say("nobody")],
  ));
  const cancelled = night.is_cancelled ? [wordBadge(say("cancelled"))] : [];
  const actions = night.is_cancelled ? [] : night.duties.flatMap((duty) => turnButtons(duty, context, state));
  return { title: say("night"), body: [state, ...cancelled, body], actions };
}

function turnButtons(duty, context, state) {
  const button = (deed, textContent, said) => made("button", {
    type: "button", className: "button", textContent,
    onclick: async ({ target }) => {
      target.disabled = true; // a second tap would be a second wish
      const isKept = await keepTurn(context.person, duty, deed, textContent);
      Object.assign(state, { hidden: false, textContent: say(isKept ? said : "not_kept") });
      target.disabled = isKept;
    },
  });
  if (isAsked(duty, context)) return [];
  if (duty.may_ask) return [button("patrol.roster_ask_cover", say("ask_cover"), "asked")];
  if (!duty.may_cover) return [];
  const words = duty.is_mine ? say("take_back") : say("cover", duty);
  return [button("patrol.roster_cover", words, "covered")];
}

/** A wish that still waits on the phone is not offered a second time. */
const isAsked = ({ duty }, { records }) => records.some(({ body }) => body.subject === duty);

async function keepTurn(person, { duty, name }, deed, title) {
  const now = new Date().toISOString();
  const id = newId();
  try {
    await keepCapture({
      id, person, kind: "deed", subject: `turn ${duty}`,
      body: { deed, subject: duty, facts: {}, done_at: now },
      query: "", device: device(), title, words: "", place: name, form: "",
      told: { fields: {}, pickers: {} }, made_at: now,
    }, []);
  } catch {
    return false;
  }
  await delivery(person).captured();
  return true;
}
