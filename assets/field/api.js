// Talks to the server: PUTs under ids made here, with progress, and judges the answer.

const DEVICE_KEY = "grid-device";

/** Give this device's own random id, made once and kept; for fair limits, never for identity. */
export function device() {
  try {
    let id = localStorage.getItem(DEVICE_KEY);
    if (!id) {
      id = newId();
      localStorage.setItem(DEVICE_KEY, id);
    }
    return id;
  } catch {
    return newId();
  }
}

/** Make an id for something that is to be done once. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/**
 * PUT a body; never rejects. Without an answer the status is 0, without JSON the body is null.
 * A report from a hot place is kept and set aside; with the work done that its answer asks for, the
 * same body goes up once more and the report is let in.
 *
 * @param asked `onShare` is told how much has gone up; `person` in whose name, none for a resident;
 *   `onWork` is told when the work begins.
 */
export async function put(url, body, type, asked = {}) {
  const answer = await putOnce(url, body, type, asked);
  if (!answer.body?.challenge) return answer;
  try {
    asked.onWork?.();
    const { prove } = await import("./prove.js");
    const proof = await prove(answer.body.challenge);
    if (proof) await putOnce(url, body, type, { ...asked, proof });
  } catch {
    // The script did not come, or cannot count: the report waits for the centre to look at it.
  }
  return answer;
}

function putOnce(url, body, type, { onShare = () => {}, person = null, proof = "" }) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const end = () => resolve({
      status: request.status,
      body: parsed(request.responseText),
      retryAfter: Number(request.getResponseHeader("Retry-After")) || 60,
    });
    request.open("PUT", url);
    request.setRequestHeader("Content-Type", type);
    request.setRequestHeader("X-Grid-Device", device());
    // The server refuses it for any other session: nobody sends another's work as their own.
    if (person !== null) request.setRequestHeader("X-Grid-Person", String(person));
    if (proof) request.setRequestHeader("X-Grid-Proof", proof);
    request.timeout = 120_000;
    request.upload.onprogress = (event) => event.lengthComputable && onShare(event.loaded / event.total);
    request.onload = end;
    request.onerror = request.ontimeout = request.onabort = () => resolve({ status: 0, body: null });
    request.send(body);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Judge an answer: only our own receipt means received. A portal's page, a foreign answer or a
 * broken line is "later"; what the person must look at is "mend".
 */
export function verdict({ status, body }, receipt) {
  if (status === 200 || status === 201) return body?.receipt === receipt ? "received" : "later";
  const code = body?.code ?? "";
  if (status === 401 || (status === 403 && code.startsWith("session."))) return "sign-in";
  if (status === 429) return "slower";
  if (status === 503 && code === "busy") return "busy";
  if (status === 409) return code === "id.other_content" ? "sent-before" : "changed";
  if (status === 422 && code === "report.photos_missing") return "photos-missing";
  if (code && status >= 400 && status < 500) return "mend";
  return "later";
}
