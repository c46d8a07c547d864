// Sends one file to our own address, by the hash of its content, and tells when it has arrived.

import { createElement as h, useRef, useState } from "react";

async function hashOf(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// XMLHttpRequest, because fetch does not tell how much has been sent.
function send(address, file, tell) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", address);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = (event) =>
      tell(event.lengthComputable ? Math.round((event.loaded / event.total) * 100) : 0);
    request.onload = () => resolve(request);
    request.onerror = () => reject(new Error("network"));
    request.send(file);
  });
}

const detailOf = (request, words) => {
  try {
    return JSON.parse(request.responseText).detail ?? words.trouble;
  } catch {
    return words.trouble;
  }
};

export function FileSender({ address, accept, mostBytes, words, onSent }) {
  const field = useRef(null);
  const [said, say] = useState({ text: "", isProblem: false });
  const [isBusy, setBusy] = useState(false);
  const problem = (text) => say({ text, isProblem: true });

  async function take(file) {
    if (!file) return undefined;
    if (file.size > mostBytes) return problem(words.too_large);
    if (!globalThis.crypto?.subtle) return problem(words.insecure);
    setBusy(true);
    try {
      say({ text: words.sending.replace("{part}", "0"), isProblem: false });
      const sha256 = await hashOf(file);
      const request = await send(`${address}/${sha256}`, file, (part) =>
        say({ text: words.sending.replace("{part}", part), isProblem: false }),
      );
      if (request.status >= 300) return problem(detailOf(request, words));
      say({ text: words.sent.replace("{name}", file.name), isProblem: false });
      return onSent?.(sha256, file.name);
    } catch {
      return problem(words.offline);
    } finally {
      setBusy(false);
      // The same file may be chosen again once it has been mended.
      if (field.current) field.current.value = "";
    }
  }

  return h(
    "div",
    { className: "field" },
    h("span", { className: "field-label", id: "boundary-file-label" }, words.label),
    h("p", { className: "field-help", id: "boundary-file-help" }, words.help),
    h(
      "label",
      { className: "button plain short file-choice" },
      h("input", {
        ref: field, type: "file", accept, disabled: isBusy, className: "unseen",
        "aria-labelledby": "boundary-file-label", "aria-describedby": "boundary-file-help",
        onChange: (event) => take(event.target.files[0]),
      }),
      words.choose,
    ),
    h(
      "p",
      { className: said.isProblem ? "field-error" : "field-hint", role: said.isProblem ? "alert" : "status" },
      said.text,
    ),
  );
}
