// What the administrators' pages cannot do by themselves: send a portrait, open the print dialog.

// A portrait goes up as soon as it is chosen; the form sends only its hash.
const WORDS = {
  busy: "正在上传，请稍候。",
  done: "照片已上传，可以提交。",
  photo_unreadable: "这不是可以识别的照片，请换一张（支持 JPEG、PNG、WebP、HEIC）。",
  photo_too_large: "照片太大，请换一张小一点的。",
  failed: "没有上传成功，请检查网络后重新选择。",
};

async function send(file) {
  const { prepare } = await import("/field/photo.js");
  const photo = await prepare(file);
  const answer = await fetch(`/api/v1/photos/${photo.sha}`, {
    method: "PUT",
    headers: { "content-type": photo.type },
    body: photo.bytes,
  });
  if (answer.ok) return photo.sha;
  const said = await answer.json().catch(() => ({}));
  throw Object.assign(new Error(said.detail), { sentence: said.detail });
}

let latest = 0;

document.addEventListener("change", async (event) => {
  const input = event.target.closest?.("input[data-portrait]");
  if (!input) return;
  const field = input.closest("[data-portrait-field]");
  const hash = field.querySelector("[data-portrait-hash]");
  const said = field.querySelector("[data-portrait-said]");
  const turn = ++latest;
  hash.value = "";
  if (!input.files.length) {
    said.textContent = "";
    return;
  }
  said.textContent = WORDS.busy;
  let words = WORDS.done;
  let sha = "";
  try {
    sha = await send(input.files[0]);
  } catch (error) {
    words = error.sentence ?? WORDS[error.reason] ?? WORDS.failed;
  }
  // Of two photos chosen quickly the later one counts.
  if (turn !== latest) return;
  hash.value = sha;
  said.textContent = words;
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) globalThis.print();
});
