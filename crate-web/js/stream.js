// A readable stream of users in, a readable stream of the export out.
import { Exporter } from "./rollcall.js";

// What hostile gzip data can unfold to is bounded by how much is pushed at once.
const PIECE = 64 * 1024;

/**
 * Reads `source` only as fast as the result is read. Ending either ends the other: with
 * `cancel`, at the limit, and with a failure on either side.
 */
export function exportChunks(source, request, { onLeftOut, onTotals, ...options } = {}, load) {
  const chunks = chunksOf(source);
  let exporter;
  let rest = new Uint8Array();

  function report() {
    const leftOut = exporter.takeLeftOut();
    if (leftOut.length > 0) onLeftOut?.(leftOut);
  }

  /** Goes on by one piece; gives the output of it and whether it was the last. */
  async function step() {
    if (rest.length === 0) {
      const { done, value } = await chunks.next();
      if (done) return end();
      if (!(value instanceof Uint8Array)) throw new TypeError("Users come in chunks of Uint8Array.");
      rest = value;
    }
    const out = exporter.push(rest.subarray(0, PIECE));
    rest = rest.subarray(PIECE);
    report();
    if (!exporter.isDone) return { out, isEnd: false };
    await chunks.return();
    const { out: last } = end();
    return { out: join(out, last), isEnd: true };
  }

  function end() {
    const out = exporter.finish();
    report();
    onTotals?.(exporter.totals);
    return { out, isEnd: true };
  }

  async function pull(controller) {
    await load();
    exporter ??= new Exporter(request, options);
    for (;;) {
      const { out, isEnd } = await step();
      if (out.length > 0) controller.enqueue(out);
      if (isEnd) controller.close();
      if (isEnd || out.length > 0) return;
    }
  }

  return new ReadableStream(
    {
      async pull(controller) {
        try {
          await pull(controller);
        } catch (error) {
          // The failure counts, not what the source makes of being ended.
          await chunks.return(error).catch(() => {});
          throw error;
        }
      },
      async cancel(reason) {
        await chunks.return(reason);
      },
    },
    // Nothing is read before it is asked for.
    { highWaterMark: 0 },
  );
}

function chunksOf(source) {
  if (source instanceof ReadableStream) {
    const reader = source.getReader();
    return { next: () => reader.read(), return: (reason) => reader.cancel(reason) };
  }
  if (source?.[Symbol.asyncIterator]) {
    const iterator = source[Symbol.asyncIterator]();
    return { next: () => iterator.next(), return: async () => iterator.return?.() };
  }
  throw new TypeError("The source must be a ReadableStream or an async iterable of Uint8Array.");
}

function join(a, b) {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
