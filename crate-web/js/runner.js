// @ts-check
// Does what the machine of a tenant says is to be done.
/**
 * @import { Storage } from "./index.js"
 * @import { Output } from "./platform.js"
 * @import { Effect, Order, TenantMachine } from "./rollcall-tenant.js"
 * @import { End, Needs } from "./run.js"
 */
import { sizeOf } from "./input.js";
import { failure, startRun } from "./run.js";

/** @typedef {{ now(): number, monotonic(): number }} Clock In milliseconds: the time of day, and one that never goes back. */

/**
 * What a job was given.
 *
 * @typedef {{ users?: Blob[], sink?: FileSystemFileHandle }} Brought
 */

/**
 * @typedef Setting
 * @property {TenantMachine} machine
 * @property {Clock} clock
 * @property {Storage} storage
 * @property {Needs} runs What every run needs to start.
 * @property {(job: string) => void} onJob Hears of each job that has changed.
 * @property {(error: unknown) => void} onError Hears of what failed where nobody waited for it.
 */

export class JobRunner {
  #machine;
  #clock;
  #storage;
  #shared;
  #onJob;
  #onError;
  /**
   * The runs by their jobs.
   *
   * @type {Map<string, { run: ReturnType<typeof startRun>, done: Promise<void> }>}
   */
  #runs = new Map();
  /**
   * What jobs that wait were given: users of their own, a file to write directly.
   *
   * @type {Map<string, Brought>}
   */
  #brought = new Map();
  /**
   * What each job still waits for, so that its effects come in their order.
   *
   * @type {Map<string, Promise<void>>}
   */
  #queues = new Map();
  /** @type {Promise<void> | undefined} */
  #inspection;
  /** @type {ReturnType<typeof startRun> | undefined} */
  #inspector;
  #isClosed = false;

  /** @param {Setting} setting */
  constructor({ machine, clock, storage, runs, onJob, onError }) {
    this.#machine = machine;
    this.#clock = clock;
    this.#storage = storage;
    this.#shared = runs;
    this.#onJob = onJob;
    this.#onError = onError;
  }

  /**
   * Calls the machine at the present moment.
   *
   * @template T
   * @param {(machine: TenantMachine) => T} call
   */
  at(call) {
    const entropy = crypto.getRandomValues(new Uint8Array(32));
    this.#machine.setMoment(this.#clock.now(), this.#clock.monotonic(), entropy);
    return call(this.#machine);
  }

  /**
   * Resolves when all is done; runs are only started.
   *
   * @param {Effect[]} effects
   */
  async perform(effects) {
    await Promise.all(effects.map(({ kind, job }) => this.#enqueue(job, () => this.#effects[kind](job))));
  }

  /**
   * As `perform`, where nobody waits.
   *
   * @param {Effect[]} effects
   */
  performLater(effects) {
    this.perform(effects).catch((error) => this.#fail(error));
  }

  /**
   * Has a job that is about to start read these users, and write into `sink`, if they are given.
   *
   * @param {string} job
   * @param {Brought} brought
   */
  bring(job, { users, sink }) {
    this.#brought.set(job, { users, sink });
  }

  /** Lets time pass. */
  tick() {
    this.performLater(this.at((machine) => machine.tick()));
  }

  /** Reads the users once to find their connections. */
  findConnections() {
    this.#inspection ??= this.#inspect();
    return this.#inspection;
  }

  async close() {
    this.#isClosed = true;
    this.#inspector?.abandon();
    const runs = [...this.#runs.values()];
    for (const { run } of runs) run.abandon();
    await Promise.all(runs.map(({ done }) => done));
    await Promise.all(this.#queues.values());
    await this.#storage.close();
  }

  /** @type {Record<Effect["kind"], (job: string) => Promise<void>>} */
  #effects = {
    start: (job) => this.#start(job),
    stop: (job) => this.#stop(job),
    save: async (job) => {
      const record = this.#machine.record(job);
      // Deleted meanwhile.
      if (record === undefined) return;
      await this.#storage.save(job, record);
      this.#onJob(job);
    },
    removeFile: (job) => this.#storage.removeFile(job),
    forget: (job) => {
      this.#brought.delete(job);
      return this.#storage.forget(job);
    },
  };

  /**
   * @param {string} job
   * @param {() => Promise<void>} effect
   */
  #enqueue(job, effect) {
    const before = this.#queues.get(job) ?? Promise.resolve();
    const done = before.then(() => (this.#isClosed ? undefined : effect()));
    const settled = done.catch(() => {}).then(() => {
      if (this.#queues.get(job) === settled) this.#queues.delete(job);
    });
    this.#queues.set(job, settled);
    return done;
  }

  /** @param {string} job */
  async #start(job) {
    const order = this.#machine.order(job);
    // Deleted meanwhile: the effect that stops it comes next.
    if (order === undefined) return;
    const { users = this.#shared.users, sink } = this.#brought.get(job) ?? {};
    this.#brought.delete(job);
    const { platform } = this.#shared;
    const file = await (sink === undefined ? platform.reserveOutput(order.output) : platform.chosenOutput(sink));
    if (this.#isClosed) return file.remove();
    const run = startRun({
      ...this.#shared,
      users,
      sink,
      message: order.message,
      onReply: (text) => {
        this.#hear(job, text);
        this.#onJob(job);
      },
    });
    const done = run.ended
      .then((end) => this.#end(job, order, file, sink, end))
      .catch((error) => this.#fail(error));
    this.#runs.set(job, { run, done });
    this.performLater(this.at((machine) => machine.started(job, sizeOf(users))));
  }

  /** @param {string} job */
  async #stop(job) {
    const running = this.#runs.get(job);
    if (running === undefined) {
      this.#hear(job, JSON.stringify({ kind: "cancelled" }));
      return;
    }
    await running.run.cancel();
    await running.done;
  }

  /**
   * @param {string} job
   * @param {Order} order
   * @param {Output} file
   * @param {FileSystemFileHandle | undefined} sink
   * @param {End} end
   */
  async #end(job, { name }, file, sink, { text, reply, output }) {
    this.#runs.delete(job);
    let fault;
    if (reply.kind === "completed" && sink === undefined) fault = await this.#keep(job, name, file, output);
    if (reply.kind !== "completed" || fault !== undefined) await file.remove();
    this.#hear(job, fault === undefined ? text : failure(fault));
  }

  /**
   * Why the output of a completed job cannot be kept, if so.
   *
   * @param {string} job
   * @param {string} name
   * @param {Output} file
   * @param {Blob | undefined} output
   */
  async #keep(job, name, file, output) {
    if (output === undefined) return "The worker exited without delivering the file.";
    try {
      await this.#storage.keep(job, { blob: output, name, remove: file.remove });
      return undefined;
    } catch (error) {
      return `The file could not be stored: ${error.message}`;
    }
  }

  /**
   * @param {string} job
   * @param {string} text
   */
  #hear(job, text) {
    if (this.#isClosed) return;
    this.performLater(this.at((machine) => machine.heard(job, text)));
  }

  async #inspect() {
    const message = JSON.stringify({ kind: "inspect", lists_all: true, options: {} });
    this.#inspector = startRun({ ...this.#shared, message });
    const { reply } = await this.#inspector.ended;
    if (reply.kind === "cancelled") throw new Error("The tenant is closed.");
    if (reply.kind === "failed") {
      const { error: code, record, line, byte, message, file, lists } = reply.error;
      const text = file === undefined ? message : `${file.name}: ${message}`;
      throw Object.assign(new Error(text), { code, record, line, byte, ...(lists && { lists }) });
    }
    if (reply.kind !== "inspected") return;
    const { read, left_out, connections } = reply.findings;
    // Where no record can be read, nobody knows: a job says why.
    if (read === 0 || read > left_out) this.#machine.setConnections(connections);
  }

  /** @param {unknown} error */
  #fail(error) {
    if (!this.#isClosed) this.#onError(error);
  }
}
