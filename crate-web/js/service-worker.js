// A service worker that answers the addresses of the API for any code of the page. It keeps
// nothing: a page that has called registerTenant answers. Without one the network does.

const ADDRESSES = /^\/(api\/v2|exports)\//;

// A page that has a tenant says so at once.
const PATIENCE = 1000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (origin === location.origin && ADDRESSES.test(pathname)) event.respondWith(answer(event));
});

async function answer({ request, clientId }) {
  const port = await portOf(clientId);
  if (port === undefined) return fetch(request);
  const { method, url } = request;
  const headers = [...request.headers];
  const body = await request.arrayBuffer();
  const answered = new Promise((resolve) => (port.onmessage = ({ data }) => resolve(data)));
  port.postMessage({ method, url, headers, body: body.byteLength > 0 ? body : undefined });
  const { status, headers: answers, file, failure } = await answered;
  port.close();
  if (failure !== undefined) throw new TypeError(failure);
  return new Response(file && file.stream(), { status, headers: answers });
}

/** The page that asks, or for a link opened elsewhere any page that has a tenant. */
async function portOf(clientId) {
  const pages = await clients.matchAll({ type: "window" });
  const own = pages.filter(({ id }) => id === clientId);
  const others = pages.filter(({ id }) => id !== clientId);
  return (await firstPort(own)) ?? firstPort(others);
}

function firstPort(pages) {
  const asked = pages.map((page) => {
    const { port1, port2 } = new MessageChannel();
    page.postMessage({ kind: "rollcall-tenant" }, [port2]);
    return new Promise((resolve, reject) => {
      port1.onmessage = () => resolve(port1);
      setTimeout(reject, PATIENCE);
    });
  });
  return Promise.any(asked).catch(() => undefined);
}
