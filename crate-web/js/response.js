// @ts-check
// Between fetch and the tenant's machine.
/** @import { Answer } from "./rollcall-tenant.js" */

/**
 * Reads all that `fetch` takes; of the address only the path counts.
 *
 * @param {string | URL | Request} input
 * @param {RequestInit | undefined} init
 * @param {string} baseUrl
 */
export async function readRequest(input, init, baseUrl) {
  const address = typeof input === "string" || input instanceof URL ? new URL(input, baseUrl) : input;
  const request = new Request(address, init);
  request.signal.throwIfAborted();
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    target: pathname + search,
    authorization: request.headers.get("authorization") ?? undefined,
    body: new Uint8Array(await request.arrayBuffer()),
    signal: request.signal,
  };
}

/**
 * An answer of the machine; `file` is the blob that it names.
 *
 * @param {Answer} answer
 * @param {Blob | undefined} file
 * @param {AbortSignal} signal
 */
export function writeResponse({ status, headers, text }, file, signal) {
  if (file === undefined) return new Response(text ?? null, { status, headers });
  const body = file.stream().pipeThrough(new TransformStream(), { signal });
  return new Response(body, { status, headers: [...headers, ["content-length", String(file.size)]] });
}

/**
 * Lets other messages come first, as a network would: whoever polls without a pause must still
 * hear of the end of a job. Unlike a timer it is not slowed down in hidden tabs.
 *
 * @returns {Promise<void>}
 */
export function nextTurn() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/**
 * Waits, but no longer than until the signal says so.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} signal
 * @returns {Promise<T>}
 */
export function orAborted(promise, signal) {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
