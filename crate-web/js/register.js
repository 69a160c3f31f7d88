// @ts-check
// The page's side of the service worker.
/**
 * @import { Tenant } from "./index.js"
 * @import { Answer } from "./served.js"
 */

/**
 * Makes `tenant` answer the addresses of the API in this page. `script` is where the site
 * serves the package's service-worker.js; its folder must hold the page and `/api/v2/`.
 * Returns a function that ends it.
 *
 * @type {typeof import("./register.js").registerTenant}
 */
export async function registerTenant(tenant, { script = "/service-worker.js" } = {}) {
  const container = navigator.serviceWorker;
  if (container === undefined) throw new Error("This browser or window has no service workers.");
  /** @param {MessageEvent} event */
  const listen = (event) => {
    if (event.data?.kind === "rollcall-tenant") serve(tenant, event.ports[0]);
  };
  container.addEventListener("message", listen);
  container.startMessages();
  await container.register(script);
  if (container.controller === null) {
    await new Promise((resolve) => container.addEventListener("controllerchange", resolve, { once: true }));
  }
  return () => container.removeEventListener("message", listen);
}

/**
 * Answers the one request that comes through the port.
 *
 * @param {Tenant} tenant
 * @param {MessagePort} port
 */
function serve(tenant, port) {
  port.onmessage = async ({ data: { url, ...init } }) => {
    port.postMessage(await answer(tenant, url, init));
    port.close();
  };
  port.postMessage("here");
}

/**
 * @param {Tenant} tenant
 * @param {string} url
 * @param {RequestInit} init
 * @returns {Promise<Answer>}
 */
async function answer(tenant, url, init) {
  try {
    const response = await tenant.fetch(url, init);
    const file = response.status === 204 ? undefined : await response.blob();
    return { status: response.status, headers: [...response.headers], file };
  } catch (error) {
    return { failure: error.message };
  }
}
