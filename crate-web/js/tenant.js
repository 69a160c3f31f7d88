// A tenant: users with an API of jobs.
import { TenantMachine } from "./rollcall-tenant.js";
import { blobsOf, sizeOf } from "./input.js";
import { nextTurn, orAborted, readRequest, writeResponse } from "./response.js";
import { Runner } from "./runner.js";
import { MemoryStorage } from "./storage.js";

// Jobs live for a day: a minute more does no harm.
const TICK = 60_000;

const SYSTEM_CLOCK = { now: () => Date.now(), monotonic: () => performance.now() };

/** `platform` is what browsers and Node do differently, `engine` the compiled engine. */
export async function openTenant(
  { users, clock = SYSTEM_CLOCK, storage = new MemoryStorage(), baseUrl, ...settings },
  platform,
  engine,
) {
  const origin = originOf(baseUrl ?? platform.defaultOrigin());
  const machine = new TenantMachine({ ...settings, baseUrl: origin });
  // `null` are those of a page that brings the users of each job with its request.
  const workers = { platform, engine, users: users === null ? [] : await blobsOf(users) };
  const tenant = new Tenant(machine, origin, { clock, storage, workers });
  await tenant.open();
  return tenant;
}

class Tenant extends EventTarget {
  #machine;
  #runner;
  #storage;
  #timer;
  #closing;

  constructor(machine, origin, { clock, storage, workers }) {
    super();
    this.origin = origin;
    this.#machine = machine;
    this.#storage = storage;
    this.#runner = new Runner({
      machine,
      clock,
      storage,
      workers,
      onJob: (job) => this.#tell(job),
      onError: (error) => this.dispatchEvent(new CustomEvent("error", { detail: error })),
    });
  }

  /** Takes over the jobs that the storage has kept. */
  async open() {
    const records = await this.#storage.load();
    await this.#runner.perform(this.#runner.at((machine) => machine.restore(records)));
    this.#timer = setInterval(() => this.#runner.tick(), TICK);
    // A tenant alone keeps no Node process from ending.
    this.#timer.unref?.();
  }

  /** Answers the API as `fetch` would; not a method, so that it can be handed over. */
  fetch = async (input, init) => {
    const { signal, method, target, authorization, body } = await readRequest(input, init, this.origin);
    const request = [method, target, authorization, body];
    await nextTurn();
    this.#checkOpen();
    if (this.#machine.needsConnections(...request)) await this.#findConnections(method, signal);
    this.#checkOpen();
    const answer = this.#runner.at((machine) => machine.handle(...request));
    await this.#runner.perform(answer.effects);
    signal.throwIfAborted();
    return writeResponse(answer, await this.#open(answer.file), signal);
  };

  /**
   * Answers a request with its status, and its text or file. A job that it makes reads `users`
   * and is of the tenant `name`; `connections` are those that are known of these users.
   */
  async answer({ method, target, authorization, body = "" }, { name, users, connections } = {}) {
    this.#checkOpen();
    const { status, text, file, effects } = this.#runner.at((machine) => {
      if (users !== undefined) {
        machine.setInput(name, users.map((file) => file.name), sizeOf(users));
        machine.setConnections(connections);
      }
      return machine.handle(method, target, authorization, new TextEncoder().encode(body));
    });
    if (users !== undefined && status === 200) this.#runner.bring(JSON.parse(text).id, users);
    await this.#runner.perform(effects);
    return { status, text, file: await this.#open(file) };
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

  async #open(job) {
    if (job === undefined) return undefined;
    const file = await this.#storage.open(job);
    if (file === undefined) throw new TypeError(`The file of ${job} is gone.`);
    return file;
  }

  #tell(job) {
    if (this.#closing !== undefined) return;
    const detail = this.#machine.shown(job);
    if (detail !== undefined) this.dispatchEvent(new CustomEvent("job", { detail }));
  }
}

function originOf(baseUrl) {
  const { origin, pathname, search, hash } = new URL(baseUrl);
  if (origin === "null" || pathname !== "/" || search || hash) {
    throw new TypeError("baseUrl is an origin such as https://acme.example");
  }
  return origin;
}
