// Holds back what a worker says, so that a state stays while a test looks at it.

/**
 * Runs in the page before anything else. Of every export the first `window.heard` replies come
 * through, all by default; of looks into files only if `window.hearsLooks`, as by default.
 * `window.release()` lets the others follow.
 */
export function holdReplies() {
  const held = [];
  window.heard = Infinity;
  window.hearsLooks = true;
  window.release = () => {
    window.heard = Infinity;
    window.hearsLooks = true;
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
          const isHeard = this.#isExport ? this.#replies <= window.heard : window.hearsLooks;
          if (!isHeard) held.push(() => listener(event));
          else listener(event);
        });
    }
  };
}
