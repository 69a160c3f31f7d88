// Both ends of a port through which one thread reads files for another, which is busy meanwhile:
// browsers hand over a file only as fast as the thread that asked for it takes it.

/** Reads `blobs` for the thread at the other end of the port. */
export function readFor(port, blobs) {
  port.onmessage = async ({ data: { id, file, start, end } }) => {
    try {
      const bytes = await blobs[file].slice(start, end).arrayBuffer();
      port.postMessage({ id, bytes }, [bytes]);
    } catch ({ name, message }) {
      port.postMessage({ id, fault: { name, message } });
    }
  };
}

/**
 * Gives a function that makes, of a name and a size and the place among `blobs`, a file that the
 * thread at the other end of the port reads.
 */
export function readThrough(port) {
  const slices = new Map();
  let lastId = 0;
  port.onmessage = ({ data: { id, bytes, fault } }) => {
    const { resolve, reject } = slices.get(id);
    slices.delete(id);
    if (fault) reject(new DOMException(fault.message, fault.name));
    else resolve(bytes);
  };
  const read = (file, start, end) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      slices.set(lastId, { resolve, reject });
      port.postMessage({ id: lastId, file, start, end });
    });
  return ({ name, size }, file) => ({
    name,
    size,
    slice: (start, end) => ({ arrayBuffer: () => read(file, start, end) }),
  });
}
