// One command in a worker of its own, and workers that read for it and help it with large files.
import { sizeOf } from "./input.js";

// A worker that does not answer a cancel by then is ended as it stands.
const PATIENCE = 500;

// More would wait for the one that reads and writes.
const MOST_HELPERS = 4;

// Smaller inputs are done before others are there to help.
const WORTH_HELP = 32 * 1024 * 1024;

/**
 * Starts a worker on `message` and `users`, which writes into `sink` if there is one, the handle
 * of a file. `onReply` gets what it says on the way; `ended`
 * resolves to its last reply, as text and read, with the output of a completed export. `workers` is
 * how many may work at a time; by itself it is as many as there are cores, at most four.
 */
export function startRun({ platform, engine, message, users, sink, workers, onReply }) {
  const team = [];
  let isCompleting = false;
  let resolve;
  const ended = new Promise((done) => (resolve = done));

  function end(text, output) {
    for (const worker of team) worker.end();
    resolve({ text, reply: JSON.parse(text), output });
  }

  try {
    const isLarge = sizeOf(users) >= WORTH_HELP;
    const helpers = newChannels(isLarge ? helpersFor(workers ?? platform.cores()) : 0);
    const readers = newChannels(isLarge || platform.needsReader ? helpers.length + 1 : 0);
    const onError = (error) => end(failure(error));
    const onMessage = (text, output) => {
      const reply = JSON.parse(text);
      if (reply.kind === "completing") isCompleting = true;
      else if (isLast(reply)) end(text, output);
      else onReply?.(text);
    };
    const begin = (onMessage, ports, sink) => {
      const reader = readers[team.length]?.port1;
      const worker = platform.startWorker(engine, { onMessage, onError }, { ...ports, reader });
      team.push(worker);
      worker.post(message, users, sink);
    };
    begin(onMessage, { helpers: helpers.map(({ port1 }) => port1) }, sink);
    for (const { port2: leader } of helpers) begin(() => {}, { leader });
    if (readers.length > 0) team.push(platform.startReader(users, readers.map(({ port2 }) => port2), onError));
  } catch (error) {
    end(failure(`The worker could not be started: ${error.message}`));
  }

  return {
    ended,
    async cancel() {
      team[0]?.post(JSON.stringify({ kind: "cancel" }), []);
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

function helpersFor(workers) {
  const most = Math.min(workers, MOST_HELPERS);
  return most > 1 ? most : 0;
}

function newChannels(length) {
  return Array.from({ length }, () => new MessageChannel());
}

/** The reply of a worker that cannot speak for itself any more. */
export function failure(message) {
  const error = { error: "io", record: null, line: null, byte: null, message };
  return JSON.stringify({ kind: "failed", error });
}

function isLast(reply) {
  return reply.kind === "inspected" ? reply.is_whole : reply.kind !== "progress";
}
