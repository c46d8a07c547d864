// Reads what came back for a PUT: only our own receipt means received.

const DEFAULT_WAIT_S = 30;
const LONGEST_WAIT_S = 3_600;
const REFUSALS = new Set([400, 403, 404, 409, 410, 413, 415, 422, 423]);

/**
 * Tell what an answer means for the record that was sent under an id.
 *
 * @param response The `Response` of a fetch with `redirect: "manual"`.
 * @param id What the receipt must say.
 * @returns `{happening, reply?, reason?, missing?, wait_ms?}`; `happening` is a key of `MOVES`.
 */
export async function readAnswer(response, id) {
  const { status, headers } = response;
  let text;
  try {
    text = await response.text();
  } catch {
    return { happening: "unreachable" }; // cut in the middle of the answer
  }
  const body = jsonOf(headers.get("content-type") ?? "", text);
  if (status === 200 || status === 201) {
    // A portal, a login page and another record's answer are all "200".
    return body?.receipt === id ? { happening: "receipt", reply: body } : { happening: "strange" };
  }
  // 428 was said by servers of before to a report from a hot place.
  if (status === 428 || status === 429 || status === 503) return { happening: "busy", wait_ms: waitMs(headers) };
  if (status >= 500) return { happening: "trouble", reason: reasonOf(status, body) };
  return refusal(status, body);
}

function refusal(status, body) {
  const code = typeof body?.code === "string" ? body.code : "";
  const reason = reasonOf(status, body);
  if (status === 401 || (status === 403 && code !== "not_allowed")) {
    return { happening: "signed_out", reason };
  }
  if (code === "report.photos_missing" && Array.isArray(body.missing)) {
    return { happening: "photos_missing", missing: body.missing, reason };
  }
  if (code === "photo.hash_mismatch") return { happening: "trouble", reason }; // hurt on the way
  // A gateway of somebody else's answers in HTML; it decides nothing about our record, except that
  // a body too large for it will not get smaller by waiting.
  if (REFUSALS.has(status) && (code || status === 413)) return { happening: "refused", reason };
  return { happening: "strange" };
}

function reasonOf(status, body) {
  const { code = "", detail = "", current = null, fields = null } = body ?? {};
  return { status, code, detail, current, fields };
}

function jsonOf(type, text) {
  if (!/^application\/(problem\+)?json\b/i.test(type)) return null;
  try {
    const body = JSON.parse(text);
    return body && typeof body === "object" ? body : null;
  } catch {
    return null;
  }
}

function waitMs(headers) {
  const told = headers.get("retry-after") ?? "";
  if (/^\d+$/.test(told)) return 1_000 * Math.min(Number(told), LONGEST_WAIT_S);
  // A date is read by the server's own clock: this phone's may be years off.
  const seconds = (Date.parse(told) - Date.parse(headers.get("date") ?? "")) / 1_000;
  return 1_000 * Math.min(Math.max(seconds || DEFAULT_WAIT_S, 1), LONGEST_WAIT_S);
}
