// Asks the server about a code that this phone does not know; without a line there is no answer.

const PATIENCE_MS = 3_000;

/** Give `{building, grid}`, `{isUnknown: true}`, or `{}` when nobody answered in time. */
export async function seePlace(code) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(`/api/v1/places/${code}`, { redirect: "manual", signal: control.signal });
    const body = await answer.json();
    if (answer.status === 404 && body.code === "place.unknown") return { isUnknown: true };
    return answer.status === 200 && body.building ? { building: body.building, grid: body.grid } : {};
  } catch {
    return {};
  } finally {
    clearTimeout(timer);
  }
}
