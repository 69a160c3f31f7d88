// @ts-check
// A tenant: users with an API of jobs.
/**
 * @import { Connection, TenantOptions } from "./index.js"
 * @import { Platform } from "./platform.js"
 * @import { Answer, Request as ApiRequest } from "./rollcall-tenant.js"
 * @import { Brought, Setting } from "./runner.js"
 */
import { TenantMachine } from "./rollcall-tenant.js";
import { blobsOf, sizeOf } from "./input.js";
import { nextTurn, orAborted, readRequest, writeResponse } from "./response.js";
import { JobRunner } from "./runner.js";
import { MemoryStorage } from "./storage.js";

// Jobs live for a day: a minute more does no harm.
const TICK = 60_000;

const SYSTEM_CLOCK = { now: () => Date.now(), monotonic: () => performance.now() };

/**
 * A tenant as its options say; users that are `null` come with the request of each job. Jobs that
 * were interrupted are run again if `sources` has what they read.
 *
 * @typedef {Omit<TenantOptions, "users"> & { users: TenantOptions["users"] | null, sources?: Map<string, Source> }} Options
 */

/**
 * What a request that makes a job brings: the tenant's name, users, the connections that are known
 * of them, and the handle of a file that it writes directly.
 *
 * @typedef {{ name: string, users: File[], connections?: Connection[], sink?: FileSystemFileHandle }} Source
 */

/** @typedef {{ method: string, target: string, authorization?: string, body?: string }} Question A request. */

/** @typedef {import("./index.js").Tenant & Pick<Tenant, "answer">} OpenTenant A tenant, also for a page that asks it directly. */

/**
 * `platform` is what browsers and Node do differently, `engine` the compiled engine.
 *
 * @param {Options} options
 * @param {Platform} platform
 * @param {WebAssembly.Module} engine
 * @returns {Promise<OpenTenant>}
 */
export async function openTenant(
  { users, clock = SYSTEM_CLOCK, storage = new MemoryStorage(), sources, baseUrl, workers, ...settings },
  platform,
  engine,
) {
  const origin = originOf(baseUrl ?? platform.defaultOrigin());
  const machine = new TenantMachine({ ...settings, baseUrl: origin });
  // `null` are those of a page that brings the users of each job with its request.
  const runs = { platform, engine, workers, users: users === null ? [] : await blobsOf(users) };
  const tenant = new Tenant(machine, origin, { clock, storage, runs });
  await tenant.open(sources);
  return /** @type {OpenTenant} */ (tenant);
}

class Tenant extends EventTarget {
  #machine;
  #runner;
  #storage;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  /** @type {Promise<void> | undefined} */
  #closing;

  /**
   * @param {TenantMachine} machine
   * @param {string} origin
   * @param {Pick<Setting, "clock" | "storage" | "runs">} setting
   */
  constructor(machine, origin, { clock, storage, runs }) {
    super();
    this.origin = origin;
    this.#machine = machine;
    this.#storage = storage;
    this.#runner = new JobRunner({
      machine,
      clock,
      storage,
      runs,
      onJob: (job) => this.#tell(job),
      onError: (error) => this.dispatchEvent(new CustomEvent("error", { detail: error })),
    });
  }

  /**
   * Takes over the jobs that the storage has kept.
   *
   * @param {Map<string, Source>} [sources]
   */
  async open(sources = new Map()) {
    const kept = await this.#storage.load();
    const [ids, records] = [kept.map(({ job }) => job), kept.map(({ record }) => record)];
    const again = ids.filter((job) => sources.has(job));
    for (const job of again) this.#runner.bring(job, sources.get(job) ?? {});
    await this.#runner.perform(this.#runner.at((machine) => machine.restore(ids, records, again)));
    await Promise.all(this.#machine.jobsWithFile().map((job) => this.#open(job)));
    this.#timer = setInterval(() => this.#runner.tick(), TICK);
    // A tenant alone keeps no Node process from ending.
    this.#timer.unref?.();
  }

  /**
   * Answers the API as `fetch` would; not a method, so that it can be handed over.
   *
   * @type {import("./index.js").Tenant["fetch"]}
   */
  fetch = async (input, init) => {
    const { signal, method, target, authorization, body } = await readRequest(input, init, this.origin);
    /** @type {ApiRequest} */
    const request = [method, target, authorization, body];
    const sink = init?.saveTo;
    await nextTurn();
    this.#checkOpen();
    if (this.#machine.needsConnections(...request)) await this.#findConnections(method, signal);
    this.#checkOpen();
    const answer = await this.#handle(request, { sink });
    signal.throwIfAborted();
    return writeResponse(answer, answer.blob, signal);
  };

  /**
   * Answers a request with its status, and its text or file. A job that it makes takes what
   * `source` brings.
   *
   * @param {Question} question
   * @param {Source} [source]
   */
  async answer({ method, target, authorization, body = "" }, source) {
    this.#checkOpen();
    if (source !== undefined) {
      const { name, users, connections } = source;
      this.#machine.setInput(name, users.map((file) => file.name), sizeOf(users));
      this.#machine.setConnections(connections);
    }
    /** @type {ApiRequest} */
    const request = [method, target, authorization, new TextEncoder().encode(body)];
    const { status, text, blob } = await this.#handle(request, source ?? {});
    return { status, text, file: blob };
  }

  /**
   * The machine's answer with the blob that it names; what is to be done for it is done.
   *
   * @param {ApiRequest} request
   * @param {Brought} brought
   * @returns {Promise<Answer & { blob?: Blob }>}
   */
  async #handle(request, { users, sink }) {
    this.#machine.setSavedAs(sink?.name);
    const answer = this.#runner.at((machine) => machine.handle(...request));
    const { status, text, file, effects } = answer;
    const brings = users !== undefined || sink !== undefined;
    if (brings && status === 200 && text !== undefined) this.#runner.bring(JSON.parse(text).id, { users, sink });
    await this.#runner.perform(effects);
    if (file === undefined) return answer;
    const blob = await this.#open(file);
    // A file that is gone is an answer, too.
    return blob === undefined ? this.#handle(request, {}) : { ...answer, blob };
  }

  /** Ends all that runs and deletes all files. */
  close() {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close() {
    clearInterval(this.#timer);
    await this.#runner.close();
    this.#machine.free();
  }

  #checkOpen() {
    if (this.#closing !== undefined) throw new Error("The tenant is closed.");
  }

  /**
   * @param {string} method
   * @param {AbortSignal} signal
   */
  async #findConnections(method, signal) {
    try {
      await orAborted(this.#runner.findConnections(), signal);
    } catch (error) {
      // A job over users that cannot be read tells why itself.
      if (method === "GET" || signal.aborted) throw error;
    }
  }

  /**
   * The file of a completed job, which has failed if its file is gone.
   *
   * @param {string} job
   */
  async #open(job) {
    const file = await this.#storage.open(job);
    if (file === undefined) await this.#runner.perform(this.#runner.at((machine) => machine.lost(job)));
    return file;
  }

  /** @param {string} job */
  #tell(job) {
    if (this.#closing !== undefined) return;
    const text = this.#machine.shown(job);
    if (text !== undefined) this.dispatchEvent(new CustomEvent("job", { detail: JSON.parse(text) }));
  }
}

/** @param {string} baseUrl */
function originOf(baseUrl) {
  const { origin, pathname, search, hash } = new URL(baseUrl);
  if (origin === "null" || pathname !== "/" || search || hash) {
    throw new TypeError("baseUrl must be an origin such as https://acme.example");
  }
  return origin;
}
