// Holds back what the worker of an export says, so that a state stays while a test looks at it.

/**
 * Runs in the page before anything else. Of every export the first `window.heard` replies come
 * through, all by default; `window.release()` lets the others follow.
 */
export function holdReplies() {
  const held = [];
  window.heard = Infinity;
  window.release = () => {
    window.heard = Infinity;
    for (const deliver of held.splice(0)) deliver();
  };
  window.Worker = class extends Worker {
    #isExport = false;
    #replies = 0;

    postMessage(data, transfer) {
      // First comes the engine, without a message.
      this.#isExport ||= JSON.parse(data.message ?? "{}").kind === "export";
      super.postMessage(data, transfer);
    }

    set onmessage(listener) {
      super.onmessage =
        listener &&
        ((event) => {
          this.#replies += 1;
          if (this.#isExport && this.#replies > window.heard) held.push(() => listener(event));
          else listener(event);
        });
    }
  };
}
