// A tenant: users with an API of jobs.
import { TenantMachine } from "./rollcall-tenant.js";
import { blobsOf, sizeOf } from "./input.js";
import { nextTurn, orAborted, readRequest, writeResponse } from "./response.js";
import { Runner } from "./runner.js";
import { MemoryStorage } from "./storage.js";

// Jobs live for a day: a minute more does no harm.
const TICK = 60_000;

const SYSTEM_CLOCK = { now: () => Date.now(), monotonic: () => performance.now() };

/**
 * `platform` is what browsers and Node do differently, `engine` the compiled engine. Jobs that
 * were interrupted are run again if `sources` has what they read.
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
  return tenant;
}

class Tenant extends EventTarget {
  #machine;
  #runner;
  #storage;
  #timer;
  #closing;

  constructor(machine, origin, { clock, storage, runs }) {
    super();
    this.origin = origin;
    this.#machine = machine;
    this.#storage = storage;
    this.#runner = new Runner({
      machine,
      clock,
      storage,
      runs,
      onJob: (job) => this.#tell(job),
      onError: (error) => this.dispatchEvent(new CustomEvent("error", { detail: error })),
    });
  }

  /** Takes over the jobs that the storage has kept. */
  async open(sources = new Map()) {
    const kept = await this.#storage.load();
    const [ids, records] = [kept.map(({ job }) => job), kept.map(({ record }) => record)];
    const again = ids.filter((job) => sources.has(job));
    for (const job of again) this.#runner.bring(job, sources.get(job));
    await this.#runner.perform(this.#runner.at((machine) => machine.restore(ids, records, again)));
    await Promise.all(this.#machine.jobsWithFile().map((job) => this.#open(job)));
    this.#timer = setInterval(() => this.#runner.tick(), TICK);
    // A tenant alone keeps no Node process from ending.
    this.#timer.unref?.();
  }

  /** Answers the API as `fetch` would; not a method, so that it can be handed over. */
  fetch = async (input, init) => {
    const { signal, method, target, authorization, body } = await readRequest(input, init, this.origin);
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
   * Answers a request with its status, and its text or file. A job that it makes reads `users`
   * and is of the tenant `name`; `connections` are those of these users, if they are known. `sink` is
   * the handle of a file that it writes directly.
   */
  async answer({ method, target, authorization, body = "" }, source = {}) {
    this.#checkOpen();
    const { name, users, connections } = source;
    if (users !== undefined) {
      this.#machine.setInput(name, users.map((file) => file.name), sizeOf(users));
      this.#machine.setConnections(connections);
    }
    const request = [method, target, authorization, new TextEncoder().encode(body)];
    const { status, text, blob } = await this.#handle(request, source);
    return { status, text, file: blob };
  }

  /** The machine's answer with the blob that it names; what is to be done for it is done. */
  async #handle(request, { users, sink }) {
    this.#machine.setSavedAs(sink?.name);
    const answer = this.#runner.at((machine) => machine.handle(...request));
    const { status, text, file, effects } = answer;
    const brings = users !== undefined || sink !== undefined;
    if (brings && status === 200) this.#runner.bring(JSON.parse(text).id, { users, sink });
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

  async #findConnections(method, signal) {
    try {
      await orAborted(this.#runner.findConnections(), signal);
    } catch (error) {
      // A job over users that cannot be read tells why itself.
      if (method === "GET" || signal.aborted) throw error;
    }
  }

  /** The file of a completed job, which has failed if its file is gone. */
  async #open(job) {
    const file = await this.#storage.open(job);
    if (file === undefined) await this.#runner.perform(this.#runner.at((machine) => machine.lost(job)));
    return file;
  }

  #tell(job) {
    if (this.#closing !== undefined) return;
    const text = this.#machine.shown(job);
    if (text !== undefined) this.dispatchEvent(new CustomEvent("job", { detail: JSON.parse(text) }));
  }
}

function originOf(baseUrl) {
  const { origin, pathname, search, hash } = new URL(baseUrl);
  if (origin === "null" || pathname !== "/" || search || hash) {
    throw new TypeError("baseUrl is an origin such as https://acme.example");
  }
  return origin;
}
