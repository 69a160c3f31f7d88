// @ts-check
// A readable stream of users in, a readable stream of the export out.
/**
 * @import { ExportRequest, StreamOptions } from "./index.js"
 *
 * @typedef {ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>} Source
 */
import { Exporter } from "./rollcall.js";

// What hostile gzip data can unfold to is bounded by how much is pushed at once.
const PIECE = 64 * 1024;

/**
 * Reads `source` only as fast as the result is read. Ending either ends the other: with
 * `cancel`, at the limit, and with a failure on either side.
 *
 * @param {Source} source
 * @param {ExportRequest} request
 * @param {StreamOptions | undefined} options
 * @param {() => Promise<void>} load
 * @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
 */
export function exportChunks(source, request, { onLeftOut, onTotals, ...options } = {}, load) {
  const chunks = chunksOf(source);
  /** @type {Exporter | undefined} */
  let opened;
  /** @type {Uint8Array} */
  let rest = new Uint8Array();

  /** @param {Exporter} exporter */
  function report(exporter) {
    const leftOut = exporter.takeLeftOut();
    if (leftOut.length > 0) onLeftOut?.(leftOut);
  }

  /**
   * Goes on by one piece; gives the output of it and whether it was the last.
   *
   * @param {Exporter} exporter
   */
  async function step(exporter) {
    if (rest.length === 0) {
      const { done, value } = await chunks.next();
      if (done) return end(exporter);
      if (!(value instanceof Uint8Array)) throw new TypeError("Users must come in chunks of Uint8Array.");
      rest = value;
    }
    const out = exporter.push(rest.subarray(0, PIECE));
    rest = rest.subarray(PIECE);
    report(exporter);
    if (!exporter.isDone) return { out, isEnd: false };
    await chunks.return(undefined);
    const { out: last } = end(exporter);
    return { out: join(out, last), isEnd: true };
  }

  /** @param {Exporter} exporter */
  function end(exporter) {
    const out = exporter.finish();
    report(exporter);
    if (exporter.totals !== undefined) onTotals?.(exporter.totals);
    return { out, isEnd: true };
  }

  /** @param {ReadableStreamDefaultController<Uint8Array>} controller */
  async function pull(controller) {
    await load();
    opened ??= new Exporter(request, options);
    for (;;) {
      const { out, isEnd } = await step(opened);
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

/** @param {Source} source */
function chunksOf(source) {
  if (source instanceof ReadableStream) {
    const reader = source.getReader();
    return { next: () => reader.read(), return: (/** @type {unknown} */ reason) => reader.cancel(reason) };
  }
  if (source?.[Symbol.asyncIterator]) {
    const iterator = source[Symbol.asyncIterator]();
    return { next: () => iterator.next(), return: async () => iterator.return?.() };
  }
  throw new TypeError("The source must be a ReadableStream or an async iterable of Uint8Array.");
}

/**
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
function join(a, b) {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
