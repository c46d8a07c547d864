// Where "today" is for whoever stands on a form: the page they came from, or the one that opens.

const OFFLINE_HOME = "/field/today";
const ONLINE_HOME = "/worker";

const DESK = "/desk";

/** Tell whether one came from the desk's list of cases. */
export const isFromDesk = () => new URLSearchParams(location.search).get("from") === "desk";

/** Give the address of today: the field's page without network, or when one came from there. */
export function home() {
  if (isFromDesk()) return DESK;
  const isFromField = document.referrer.startsWith(location.origin + OFFLINE_HOME);
  return isFromField || !navigator.onLine ? OFFLINE_HOME : ONLINE_HOME;
}

/** Lead the page's way back there. */
export function leadHome() {
  for (const link of document.querySelectorAll(`a[href="${ONLINE_HOME}"]`)) link.href = home();
}
