// Moments as people say them, by Beijing's clock: the same words as the server's, from one table
// (tests/field/clock_table.json). Computed on the phone, so that a page kept offline does not lie.

const BEIJING_MS = 8 * 3_600_000; // no daylight saving
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const MINUTES_AN_HOUR = 60;
const HOURS_A_DAY = 24;
const PLAIN_FROM = 3; // from 3 days or 3 hours on, the smaller unit says nothing any more
const WEEKDAYS = "日一二三四五六";
const NEAR = { "-1": "昨天", 0: "今天", 1: "明天" };

const msOf = (moment) => (typeof moment === "number" ? moment : Date.parse(moment));
const dayOf = (moment) => Math.floor((msOf(moment) + BEIJING_MS) / DAY_MS);
const twoDigits = (number) => String(number).padStart(2, "0");

/** Give a moment's parts in Beijing. */
function partsOf(moment) {
  const there = new Date(msOf(moment) + BEIJING_MS);
  return {
    year: there.getUTCFullYear(),
    day: `${there.getUTCMonth() + 1}月${there.getUTCDate()}日`,
    weekday: `周${WEEKDAYS[there.getUTCDay()]}`,
    time: `${twoDigits(there.getUTCHours())}:${twoDigits(there.getUTCMinutes())}`,
  };
}

/** Say the Beijing day of a moment as seen from now: 今天, 11月22日 周日. */
export function dayWords(now, moment) {
  const near = NEAR[dayOf(moment) - dayOf(now)];
  if (near) return near;
  const { year, day, weekday } = partsOf(moment);
  return `${year === partsOf(now).year ? "" : `${year}年`}${day} ${weekday}`;
}

/** Say a moment as seen from now; 刚刚 within the last minute. */
export function momentWords(now, moment) {
  const ago = msOf(now) - msOf(moment);
  if (ago >= 0 && ago < MINUTE_MS) return "刚刚";
  return exactWords(now, moment);
}

/** Say a moment with its hour, however recent: 今天 14:05. */
export function exactWords(now, moment) {
  return `${dayWords(now, moment)} ${partsOf(moment).time}`;
}

/** Say by when something is promised: 今天 17:30 前. */
export function dueWords(now, due) {
  return `${dayWords(now, due).split(" ")[0]} ${partsOf(due).time} 前`;
}

/** Say a length of time as people do, rounded down: 3 小时, 1 天 2 小时. */
export function spanWords(ms) {
  const minutes = Math.floor(ms / MINUTE_MS);
  const hours = Math.floor(minutes / MINUTES_AN_HOUR);
  const days = Math.floor(hours / HOURS_A_DAY);
  if (days) return twoWords(days, "天", hours % HOURS_A_DAY, "小时");
  if (hours) return twoWords(hours, "小时", minutes % MINUTES_AN_HOUR, "分钟");
  return minutes ? `${minutes} 分钟` : "不到 1 分钟";
}

function twoWords(large, largeWord, small, smallWord) {
  const words = `${large} ${largeWord}`;
  return large >= PLAIN_FROM || !small ? words : `${words} ${small} ${smallWord}`;
}

/** Say how long is left or how long it is over: 还剩 3 小时, 已超 1 天 2 小时. */
export function remainingWords(now, due) {
  const left = msOf(due) - msOf(now);
  if (left >= 0) return `还剩 ${spanWords(left)}`.replace("剩 不", "剩不");
  return `已超 ${spanWords(-left)}`.replace("超 不", "超不");
}
