// @ts-check
// One command in a worker of its own, and workers that read for it and help it with large files.
/**
 * @import { Ending, Listener, Message, OnError, Platform, Ports, RunningWorker } from "./platform.js"
 * @import { Reply } from "./rollcall.js"
 */
import { sizeOf } from "./input.js";

// A worker that does not answer a cancel by then is ended as it stands.
const PATIENCE = 500;

// More would wait for the one that reads and writes.
const MOST_HELPERS = 4;

// Smaller inputs are done before others are there to help.
const WORTH_HELP = 32 * 1024 * 1024;

/**
 * What every run of a tenant needs to start.
 *
 * @typedef Needs
 * @property {Platform} platform
 * @property {WebAssembly.Module} engine
 * @property {Blob[]} users
 * @property {number} [workers] How many may work at a time; by itself as many as there are cores, at most four.
 */

/**
 * @typedef Order
 * @property {Message} message The command.
 * @property {FileSystemFileHandle} [sink] The file that it writes directly.
 * @property {(text: Message) => void} [onReply] Hears what it says on the way.
 */

/**
 * The last reply of a run, as text and read, with the output of a completed export.
 *
 * @typedef {{ text: Message, reply: Reply, output?: Blob }} End
 */

/**
 * Starts a worker on `message` and `users`, which writes into `sink` if there is one. `ended` resolves
 * to its end.
 *
 * @param {Needs & Order} needs
 */
export function startRun({ platform, engine, message, users, sink, workers, onReply }) {
  /** @type {Ending[]} */
  const team = [];
  /** @type {RunningWorker | undefined} */
  let leader;
  let isCompleting = false;
  /** @type {(end: End) => void} */
  let resolve = () => {};
  /** @type {Promise<End>} */
  const ended = new Promise((done) => (resolve = done));

  /**
   * @param {Message} text
   * @param {Blob} [output]
   */
  function end(text, output) {
    for (const worker of team) worker.end();
    resolve({ text, reply: JSON.parse(text), output });
  }

  try {
    const isLarge = sizeOf(users) >= WORTH_HELP;
    const helpers = newChannels(isLarge ? helpersFor(workers ?? platform.cores()) : 0);
    const readers = newChannels(isLarge || platform.needsReader ? helpers.length + 1 : 0);
    /** @type {OnError} */
    const onError = (error) => end(failure(error));
    /** @type {Listener["onMessage"]} */
    const onMessage = (text, output) => {
      /** @type {Reply} */
      const reply = JSON.parse(text);
      if (reply.kind === "completing") isCompleting = true;
      else if (isLast(reply)) end(text, output);
      else onReply?.(text);
    };
    /**
     * @param {Listener["onMessage"]} onMessage
     * @param {Ports} ports
     * @param {FileSystemFileHandle} [sink]
     */
    const begin = (onMessage, ports, sink) => {
      const reader = readers[team.length]?.port1;
      const worker = platform.startWorker(engine, { onMessage, onError }, { ...ports, reader });
      team.push(worker);
      worker.post(message, users, sink);
      return worker;
    };
    leader = begin(onMessage, { helpers: helpers.map(({ port1 }) => port1) }, sink);
    for (const { port2: leader } of helpers) begin(() => {}, { leader });
    if (readers.length > 0) team.push(platform.startReader(users, readers.map(({ port2 }) => port2), onError));
  } catch (error) {
    end(failure(`The worker could not be started: ${error.message}`));
  }

  return {
    ended,
    async cancel() {
      leader?.post(JSON.stringify({ kind: "cancel" }), []);
      const timer = setTimeout(() => {
        // Only the worker knows whether a chosen file has its content by then.
        if (!isCompleting) end(JSON.stringify({ kind: "cancelled" }));
      }, PATIENCE);
      await ended;
      clearTimeout(timer);
    },
    /** Ends it at once. */
    abandon: () => end(JSON.stringify({ kind: "cancelled" })),
  };
}

/** @param {number} workers */
function helpersFor(workers) {
  const most = Math.min(workers, MOST_HELPERS);
  return most > 1 ? most : 0;
}

/** @param {number} length */
function newChannels(length) {
  return Array.from({ length }, () => new MessageChannel());
}

/**
 * The reply of a worker that cannot speak for itself any more.
 *
 * @param {string} message
 */
export function failure(message) {
  const error = { error: "io", record: null, line: null, byte: null, message };
  return JSON.stringify({ kind: "failed", error });
}

/** @param {Reply} reply */
function isLast(reply) {
  return reply.kind === "inspected" ? reply.is_whole : reply.kind !== "progress";
}
