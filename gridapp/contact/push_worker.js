// Shows a notice, and opens the page of its case. ICON and TITLE stand above.

addEventListener("install", () => skipWaiting());

addEventListener("push", (event) => event.waitUntil(show(told(event.data))));

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.url));
});

/** Read what came; a browser wants something shown even when it cannot be read. */
function told(data) {
  try {
    return data.json() ?? {};
  } catch {
    return {};
  }
}

function show({ title = TITLE, body = "", url = "", key = "" }) {
  // The same notice sent twice has the same tag, and is shown once.
  return registration.showNotification(title, { body, icon: ICON, lang: "zh-CN", tag: key, data: { url } });
}

async function open(url) {
  const { href, origin, pathname } = new URL(url || "/", location.href);
  if (origin !== location.origin || !(pathname.startsWith("/c/") || pathname === "/")) return;
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((one) => new URL(one.url).pathname === pathname);
  await (page ? page.focus() : clients.openWindow(href));
}
