// @ts-check
// Both ends of a port through which one thread reads files for another, which is busy meanwhile:
// browsers hand over a file only as fast as the thread that asked for it takes it.

/**
 * @typedef {{ id: number, file: number, start: number, end: number }} Question The bytes of a file that are wanted.
 * @typedef {{ id: number, bytes: ArrayBuffer, fault?: undefined } | { id: number, fault: { name: string, message: string } }} Answer
 * @typedef {{ resolve: (bytes: ArrayBuffer) => void, reject: (reason: DOMException) => void }} Waiting
 */

/**
 * Reads `blobs` for the thread at the other end of the port.
 *
 * @param {MessagePort} port
 * @param {Blob[]} blobs
 */
export function readFor(port, blobs) {
  port.onmessage = async (/** @type {MessageEvent<Question>} */ { data: { id, file, start, end } }) => {
    try {
      const bytes = await blobs[file].slice(start, end).arrayBuffer();
      port.postMessage({ id, bytes }, [bytes]);
    } catch (error) {
      const { name, message } = /** @type {DOMException} */ (error);
      port.postMessage({ id, fault: { name, message } });
    }
  };
}

/**
 * Gives a function that makes, of a name and a size and the place among `blobs`, a file that the
 * thread at the other end of the port reads.
 *
 * @param {MessagePort} port
 */
export function readThrough(port) {
  /** @type {Map<number, Waiting>} */
  const slices = new Map();
  let lastId = 0;
  port.onmessage = (/** @type {MessageEvent<Answer>} */ { data }) => {
    const slice = slices.get(data.id);
    slices.delete(data.id);
    if (data.fault) slice?.reject(new DOMException(data.fault.message, data.fault.name));
    else slice?.resolve(data.bytes);
  };
  /**
   * @param {number} file
   * @param {number} start
   * @param {number} end
   * @returns {Promise<ArrayBuffer>}
   */
  const read = (file, start, end) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      slices.set(lastId, { resolve, reject });
      port.postMessage({ id: lastId, file, start, end });
    });
  /**
   * @param {{ name: string, size: number }} blob
   * @param {number} file
   */
  return ({ name, size }, file) => ({
    name,
    size,
    slice: (/** @type {number} */ start, /** @type {number} */ end) => ({ arrayBuffer: () => read(file, start, end) }),
  });
}
