// @ts-check
// The users that a tenant is given, as blobs.
/** @import { Users } from "./index.js" */

/**
 * Blobs stay where they are; responses, streams and async iterables are first read to their
 * ends, since every job reads all users anew.
 *
 * @param {Users | Users[]} users
 */
export async function blobsOf(users) {
  const sources = Array.isArray(users) ? users : [users];
  if (sources.length === 0) throw new TypeError("A tenant needs users.");
  return Promise.all(sources.map(blobOf));
}

/** @param {Blob[]} blobs */
export function sizeOf(blobs) {
  return blobs.reduce((sum, blob) => sum + blob.size, 0);
}

/**
 * @param {Users} source
 * @returns {Promise<Blob>}
 */
async function blobOf(source) {
  if (source instanceof Blob) return source;
  if (source instanceof Response) {
    if (!source.ok) throw new Error(`The users could not be loaded: ${source.status} ${source.url}`);
    return source.blob();
  }
  if (source instanceof ReadableStream) return new Response(source).blob();
  if (source?.[Symbol.asyncIterator]) {
    /** @type {Uint8Array<ArrayBuffer>[]} */
    const chunks = [];
    for await (const chunk of source) chunks.push(/** @type {Uint8Array<ArrayBuffer>} */ (chunk));
    return new Blob(chunks);
  }
  throw new TypeError(
    "Users must be a Blob, a File, a Response, a ReadableStream, an async iterable of bytes, or a list of these.",
  );
}
