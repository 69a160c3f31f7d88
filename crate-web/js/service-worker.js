// @ts-check
// A service worker that answers the addresses of the API for any code of the page. It keeps
// nothing: a page that has called registerTenant answers. Without one the network does.

const ADDRESSES = /^\/(api\/v2|exports)\//;

// A page that has a tenant says so at once.
const PATIENCE = 1000;

const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (globalThis));

scope.addEventListener("install", () => scope.skipWaiting());
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (origin === location.origin && ADDRESSES.test(pathname)) event.respondWith(answer(event));
});

/** @param {FetchEvent} event */
async function answer({ request, clientId }) {
  const port = await portOf(clientId);
  if (port === undefined) return fetch(request);
  const { method, url } = request;
  const headers = [...request.headers];
  const body = await request.arrayBuffer();
  /** @type {Promise<import("./served.js").Answer>} */
  const answered = new Promise((resolve) => (port.onmessage = ({ data }) => resolve(data)));
  port.postMessage({ method, url, headers, body: body.byteLength > 0 ? body : undefined });
  const answer = await answered;
  port.close();
  if (answer.failure !== undefined) throw new TypeError(answer.failure);
  return new Response(answer.file?.stream(), { status: answer.status, headers: answer.headers });
}

/**
 * The page that asks, or for a link opened elsewhere any page that has a tenant.
 *
 * @param {string} clientId
 */
async function portOf(clientId) {
  const pages = await scope.clients.matchAll({ type: "window" });
  const own = pages.filter(({ id }) => id === clientId);
  const others = pages.filter(({ id }) => id !== clientId);
  return (await firstPort(own)) ?? firstPort(others);
}

/** @param {readonly Client[]} pages */
function firstPort(pages) {
  const asked = pages.map((page) => {
    const { port1, port2 } = new MessageChannel();
    page.postMessage({ kind: "rollcall-tenant" }, [port2]);
    return /** @type {Promise<MessagePort>} */ (new Promise((resolve, reject) => {
      port1.onmessage = () => resolve(port1);
      setTimeout(reject, PATIENCE);
    }));
  });
  return Promise.any(asked).catch(() => undefined);
}
