// The service worker: opens the field pages without network and sends what waits.
// VERSION, SHELL, OFFICE and SCANNER_FILES stand above, written by `gridapp.contact.shell`, and the imports too.

const ASSETS = "grid-assets";
const SCANNER = "grid-scanner"; // large, and a phone can do without: warmed later, may fail
const PAGES = "grid-pages"; // of whoever is signed in: emptied when somebody signs in or out
const KEPT_VERSIONS = 3;
const PATIENCE_MS = 3_000;
const PATIENCE_FOR_ANOTHER_MS = 10_000; // before today's page stands in for one that is not kept
const SYNC = "grid-outbox";
// Where a page leads to that cannot be had: it tells what the phone knows.
const FALLBACK = "/field/today";

addEventListener("install", (event) => event.waitUntil(fillAssets()));
addEventListener("activate", (event) => event.waitUntil(dropOldAssets()));

addEventListener("message", (event) => {
  // Only a tap brings the new version in: nobody loses a half-filled form to it.
  if (event.data === "use-new-version") skipWaiting();
  if (event.data === "keep-pages") event.waitUntil(keepPages({}, true).then(warmScanner));
  if (event.data === "forget-pages") event.waitUntil(caches.delete(PAGES));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/v/")) event.respondWith(asset(request));
  else if (SCANNER_FILES.includes(url.pathname)) event.respondWith(scannerFile(request));
  else if (request.mode === "navigate" && isField(url)) event.respondWith(page(event, url));
});

addEventListener("sync", (event) => {
  if (event.tag === SYNC) event.waitUntil(send());
});

const isField = ({ pathname }) => /^\/(field\/|worker(\/|$)|me$)/.test(pathname);
const isKept = (url) => OFFICE.includes(url.pathname);
// A form about one case or one place shows it; only the empty forms are the same for every day.
const isToKeep = (url) => isKept(url) && !url.search;

async function fillAssets() {
  const cache = await caches.open(ASSETS);
  const held = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  // All of it or no new version: a shell with a hole in it would be worse than the old one.
  const missing = SHELL.filter((path) => !held.has(path));
  const found = await Promise.all(missing.map((path) => fetch(path).then(ofThisBuild)));
  await Promise.all(missing.map((path, at) => cache.put(path, found[at])));
}

/** A portal's page, or another build's file, would be kept as ours for ever. */
function ofThisBuild(response) {
  if (response.status === 200 && response.headers.get("x-grid-build") === VERSION) return response;
  throw new TypeError(`not of ${VERSION}: ${response.url}`);
}

async function dropOldAssets() {
  const cache = await caches.open(ASSETS);
  const keys = await cache.keys();
  const versionOf = ({ url }) => new URL(url).pathname.split("/")[2];
  const kept = new Set([...new Set(keys.map(versionOf))].slice(-KEPT_VERSIONS)).add(VERSION);
  await Promise.all(keys.filter((key) => !kept.has(versionOf(key))).map((key) => cache.delete(key)));
}

async function asset(request) {
  return (await inCache(request, ASSETS)) ?? fetch(request);
}

// Whoever answers may say that it depends on the origin, which a module's request names and the
// one that fetched it beforehand did not: an address with its version in it never depends on it.
const inCache = (request, cacheName) => caches.match(request, { cacheName, ignoreVary: true });

/** Fetch what reads QR codes, where the browser cannot do it by itself. */
async function warmScanner() {
  const cache = await caches.open(SCANNER);
  for (const { url } of await cache.keys()) {
    if (!SCANNER_FILES.includes(new URL(url).pathname)) await cache.delete(url);
  }
  for (const path of SCANNER_FILES) {
    if (!(await cache.match(path))) await cache.add(path).catch(() => {});
  }
}

async function scannerFile(request) {
  const held = await inCache(request, SCANNER);
  if (held) return held;
  const response = await fetch(request);
  if (response.status === 200) (await caches.open(SCANNER)).put(request, response.clone());
  return response;
}

/** From the network; from what is kept when that fails, is no page of ours, or takes too long. */
async function page(event, url) {
  const kept = await keptPage(url);
  const coming = fetch(event.request).then(whole).then((response) => {
    const isRefusal = response.status >= 500 || (response.status === 200 && !isOurs(response));
    if (isRefusal && kept) throw new TypeError("no page of ours");
    if (isOurs(response)) event.waitUntil(keepPages(isToKeep(url) ? { [url.pathname]: response.clone() } : {}));
    return response;
  });
  if (!kept) return coming;
  if (!navigator.onLine) {
    coming.catch(() => {});
    return kept;
  }
  const patience = isKept(url) ? PATIENCE_MS : PATIENCE_FOR_ANOTHER_MS;
  const late = new Promise((resolve) => setTimeout(resolve, patience, kept));
  return Promise.race([coming.catch(() => kept), late]);
}

/** A page that is cut off in the middle is no page: it is taken in before it is shown. */
async function whole(response) {
  if (response.status !== 200) return response;
  const { status, headers } = response;
  return new Response(await response.blob(), { status, headers });
}

/** A captive portal answers every address with a page of its own. */
const isOurs = ({ status, headers }) => status === 200 && headers.has("x-grid-page");

/** Give what stands in: the page itself, kept empty, or the way to today and the case asked for. */
async function keptPage(url) {
  const cache = await caches.open(PAGES);
  const own = isKept(url) && (await cache.match(url.pathname, { ignoreVary: true }));
  if (own || url.pathname === FALLBACK) return own;
  if (!(await cache.match(FALLBACK, { ignoreVary: true }))) return undefined;
  const no = url.searchParams.get("no") ?? "";
  return Response.redirect(`${FALLBACK}${/^[\d-]+$/.test(no) ? `#${no}` : ""}`);
}

/** Keep these pages, and fetch those that are not kept yet: the network may not last. */
async function keepPages(fresh = {}, isAll = false) {
  const cache = await caches.open(PAGES);
  for (const path of OFFICE) {
    const isHeld = !isAll && (await cache.match(path, { ignoreVary: true }));
    const response = fresh[path] ?? (isHeld ? null : await fetch(path, { redirect: "manual" }).then(whole));
    if (response && isOurs(response)) await cache.put(path, response);
  }
}

async function send() {
  const sender = new Sender({ box, onChange: tell });
  await sender.drain({ isHurry: true, isPatient: false });
  // Not all went: refused, the browser calls again later.
  if (nextInMs(await box.allRecords(), await box.findLine(), Date.now()) !== null) {
    throw new Error("something still waits");
  }
}

function tell(change) {
  const channel = new BroadcastChannel(SYNC);
  channel.postMessage(change);
  channel.close();
}
