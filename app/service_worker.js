// The service worker: keeps one whole build of the program, so that it opens without a network.
//
// The site build puts in the list of files and the build's id. A new build is fetched whole beside
// the old one and waits until every tab of the old one is closed, or until the page asks: two
// builds never mix inside one tab. It never touches what the server decides (/sync/, /api/).
"use strict";

const BUILD = "__BUILD__";
const PRECACHE = __PRECACHE__;
const PREFIX = "jihe-build-";
const CACHE = PREFIX + BUILD;
const SHELL = "/index.html";

// Paths that only the server answers; a kept copy of one would be a lie.
const LIVE = ["/sync/", "/api/", "/health", "/install"];

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      // Past the HTTP cache: the files of a build belong together.
      await cache.addAll(PRECACHE.map((path) => new Request(path, { cache: "reload" })));
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
      await Promise.all(old.map((name) => caches.delete(name)));
      // The page that brought this worker can be opened offline from now on.
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "activate-now") self.skipWaiting();
  if (event.data === "which-build") event.source?.postMessage({ build: BUILD });
});

// A reminder that is touched brings the app forward.
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(
    (async () => {
      const [open] = await self.clients.matchAll({ type: "window" });
      await (open ? open.focus() : self.clients.openWindow("/"));
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (LIVE.some((path) => url.pathname.startsWith(path))) return;
  if (request.mode === "navigate") {
    event.respondWith(kept(SHELL, request));
  } else if (PRECACHE.includes(url.pathname)) {
    event.respondWith(kept(url.pathname, request));
  }
});

// Answers with the kept copy; if the browser threw it away, with the network's.
async function kept(path, request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(path);
  return found ?? fetch(request);
}
