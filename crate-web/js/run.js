// One command in a worker of its own.

// A worker that does not answer a cancel by then is ended as it stands.
const PATIENCE = 500;

/**
 * Starts a worker on `message` and `users`, which writes into `sink` if there is one, the handle
 * of a file. `onReply` gets what it says on the way; `ended`
 * resolves to its last reply, as text and read, with the output of a completed export.
 */
export function startRun({ platform, engine, message, users, sink, onReply }) {
  let worker;
  let resolve;
  const ended = new Promise((done) => (resolve = done));

  function end(text, output) {
    worker?.end();
    resolve({ text, reply: JSON.parse(text), output });
  }

  try {
    worker = platform.startWorker(engine, {
      onMessage(text, output) {
        if (isLast(JSON.parse(text))) end(text, output);
        else onReply?.(text);
      },
      onError: (error) => end(failure(error)),
    });
    worker.post(message, users, sink);
  } catch (error) {
    end(failure(`The worker could not be started: ${error.message}`));
  }

  return {
    ended,
    async cancel() {
      worker.post(JSON.stringify({ kind: "cancel" }), []);
      const timer = setTimeout(() => end(JSON.stringify({ kind: "cancelled" })), PATIENCE);
      await ended;
      clearTimeout(timer);
    },
    /** Ends it at once. */
    abandon: () => end(JSON.stringify({ kind: "cancelled" })),
  };
}

/** The reply of a worker that cannot speak for itself any more. */
export function failure(message) {
  const error = { error: "io", record: null, line: null, byte: null, message };
  return JSON.stringify({ kind: "failed", error });
}

function isLast(reply) {
  return reply.kind === "inspected" ? reply.is_whole : reply.kind !== "progress";
}
