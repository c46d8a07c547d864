// Tables: sends a chosen file with its progress, and presses the button that asks how far work is.
const MOST_BYTES = 64 * 1024 * 1024;

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Without TLS there is none: the same 122 random bits by hand.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// The same file sent again after a cut line is the same import: it keeps its id.
let sent = { file: null, kind: "", id: "" };

function idFor(file, kind) {
  if (sent.file !== file || sent.kind !== kind) sent = { file, kind, id: newId() };
  return sent.id;
}

function refusalOf(request, words) {
  if (request.status === 401) return words.signedOut;
  if (request.status === 413) return words.large;
  try {
    return JSON.parse(request.responseText).detail || words.trouble;
  } catch {
    return words.trouble;
  }
}

function faultOf(file, words) {
  if (!file) return words.none;
  if (file.size === 0) return words.empty;
  return file.size > MOST_BYTES ? words.large : "";
}

function send(form) {
  const words = form.dataset;
  const [status, alert] = [form.querySelector('[role="status"]'), form.querySelector('[role="alert"]')];
  const [bar, button] = [form.querySelector("progress"), form.querySelector('[type="submit"]')];
  const file = form.elements.file.files[0];
  const kind = form.elements.kind.value;
  const say = (said, fault) => {
    status.textContent = said;
    alert.textContent = fault;
  };
  const end = (fault) => {
    say("", fault);
    bar.hidden = true;
    button.disabled = false;
  };
  const fault = faultOf(file, words);
  if (fault) return say("", fault);
  button.disabled = true;
  bar.hidden = false;
  bar.value = 0;
  say(words.sending, "");
  const id = idFor(file, kind);
  const request = new XMLHttpRequest();
  const told = new URLSearchParams({ kind, name: file.name });
  request.open("PUT", `${form.dataset.upload}${id}?${told}`);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
  });
  request.upload.addEventListener("load", () => {
    bar.removeAttribute("value");
    say(words.reading, "");
  });
  request.addEventListener("load", () => {
    if (request.status === 200 || request.status === 201) {
      location.href = `/admin/import-file?of=${id}`;
      return;
    }
    sent = { file: null, kind: "", id: "" };
    end(refusalOf(request, words));
  });
  request.addEventListener("error", () => end(words.away));
  request.send(file);
  return undefined;
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target.closest("form[data-upload]");
    if (!form) return;
    event.preventDefault();
    send(form);
  },
  true,
);

// A page that comes back from the browser's memory is as it was left: let it send again.
window.addEventListener("pageshow", (event) => {
  const button = event.persisted && document.querySelector('form[data-upload] [type="submit"]');
  if (button) button.disabled = false;
});

let pressedAt = 0;
setInterval(() => {
  const button = document.querySelector("button[data-again]");
  if (!button || document.hidden || Date.now() - pressedAt < Number(button.dataset.again)) return;
  pressedAt = Date.now();
  button.click();
}, 500);
