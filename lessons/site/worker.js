/** Keeps the site for visits without a network: front pages and weights at once, each chapter when it is opened. */

const KEPT = "{{ name }}", FIRST = {{ first }};
const WEIGHTS = ".bin";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(FIRST)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("seeing-attention-") && name !== KEPT;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data.keep) event.waitUntil(caches.open(KEPT).then((cache) => cache.add(event.data.keep)));
});

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && url.startsWith(self.registration.scope)) event.respondWith(answer(event.request));
});

/** The weights from what is kept; a page from the network, and from what is kept where there is none. */
async function answer(request) {
  const cache = await caches.open(KEPT);
  const kept = () => cache.match(request, { ignoreSearch: true });
  if (request.url.endsWith(WEIGHTS)) return (await kept()) ?? renewed(cache, request);
  try {
    return await renewed(cache, request);
  } catch (error) {
    const found = await kept();
    if (found) return found;
    throw error;
  }
}

async function renewed(cache, request) {
  const found = await fetch(request);
  if (found.ok) await cache.put(request, found.clone());
  return found;
}
