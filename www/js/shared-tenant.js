// @ts-check
// One tenant for all tabs of an origin: the first tab runs it, the others ask that tab. When it is
// closed, the next one takes over what is kept, and runs again what other tabs have asked for.

/** @import { OpenTenant, Question, Source } from "./tenant.js" */

/** @typedef {Awaited<ReturnType<OpenTenant["answer"]>>} Answer */

/**
 * The jobs have changed, perhaps only that of this `id` to this `status`, or another tab runs them now.
 *
 * @typedef {{ kind: "change" | "ready", id?: string, status?: string }} News
 */

/**
 * What tabs say to each other.
 *
 * @typedef {Asking
 *   | { kind: "heard", id: string }
 *   | { kind: "answer", id: string, answer: Answer, error?: undefined }
 *   | { kind: "answer", id: string, answer?: undefined, error: string }
 *   | { kind: "gather" }
 *   | { kind: "sources", sources: Map<string, Source> }
 *   | News} Message
 */

/** @typedef {{ kind: "question", id: string, request: Question, source?: Source }} Asking */

/**
 * A question that waits for its answer.
 *
 * @typedef Waiting
 * @property {Asking} question
 * @property {(answer: Answer) => void} resolve
 * @property {(reason: unknown) => void} reject
 * @property {ReturnType<typeof setInterval>} [timer]
 */

// Tells the questions of one tab from those of another.
const TAB = String(crypto.getRandomValues(new Uint32Array(4)));

// A tab that the browser has put to sleep does not answer.
const PATIENCE = 1000;

// Milliseconds after which a tab is told of that has not even heard a question. It is not replaced:
// when it wakes up, its workers write on.
const SILENCE = 5000;

export class SharedTenant extends EventTarget {
  #name;
  #open;
  #authorization;
  #channel;
  /** @type {OpenTenant | undefined} */
  #tenant;
  #isQueued = false;
  #isFirst = false;
  #isSilent = false;
  #lastId = 0;
  /**
   * Questions to whoever runs the tenant, until they are answered.
   *
   * @type {Map<string, Waiting>}
   */
  #waiting = new Map();
  /**
   * Questions of other tabs that this one has begun to answer.
   *
   * @type {Set<string>}
   */
  #taken = new Set();
  /**
   * What the jobs read and write that this tab has asked for, until they end.
   *
   * @type {Map<string, Source>}
   */
  #sources = new Map();
  /**
   * Hears of the sources of other tabs.
   *
   * @type {((others: Map<string, Source>) => void) | undefined}
   */
  #onSources;

  /**
   * `open` opens the tenant, whose token is `token`, in the tab whose turn it is. It is given the
   * sources of jobs that another tab has asked for and that may have been left unfinished.
   *
   * @param {string} name
   * @param {string} token
   * @param {(sources: Map<string, Source>) => Promise<OpenTenant>} open
   */
  constructor(name, token, open) {
    super();
    this.#open = open;
    this.#authorization = `Bearer ${token}`;
    this.#name = `rollcall-tenant:${name}`;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = ({ data }) => this.#hear(data);
    this.#queue();
  }

  /** Whether this tab runs the jobs. */
  get isHere() {
    return this.#tenant !== undefined;
  }

  /** Whether another tab runs the jobs, and seems to be suspended. A "silence" event tells of a change. */
  get isSilent() {
    return this.#isSilent;
  }

  /**
   * As the tenant's own `answer`.
   *
   * @type {OpenTenant["answer"]}
   */
  async answer(request, source) {
    const answer = await this.#ask(request, source);
    if (source !== undefined && answer.status === 200 && answer.text !== undefined) {
      this.#sources.set(JSON.parse(answer.text).id, source);
    }
    return answer;
  }

  /**
   * @param {Question} request
   * @param {Source} [source]
   * @returns {Promise<Answer>}
   */
  #ask(request, source) {
    if (this.#tenant !== undefined) return this.#run(this.#tenant, request, source);
    this.#queue();
    this.#lastId += 1;
    const id = `${TAB} ${this.#lastId}`;
    /** @type {Asking} */
    const question = { kind: "question", id, request, source };
    return new Promise((resolve, reject) => {
      const ask = () => this.#say(question);
      // Not every browser keeps messages for a tab that is suspended.
      const askAgain = () => {
        this.#setSilent(true);
        ask();
      };
      const timer = this.#isFirst ? undefined : setInterval(askAgain, SILENCE);
      this.#waiting.set(id, { question, resolve, reject, timer });
      ask();
    });
  }

  /**
   * What is asked is heard, or need not be any more.
   *
   * @param {string} id
   */
  #setHeard(id) {
    clearInterval(this.#waiting.get(id)?.timer);
    this.#setSilent(false);
  }

  /** @param {boolean} isSilent */
  #setSilent(isSilent) {
    if (this.#isSilent === isSilent) return;
    this.#isSilent = isSilent;
    this.dispatchEvent(new Event("silence"));
  }

  /** Waits for the turn of this tab. */
  #queue() {
    if (this.#isQueued) return;
    this.#isQueued = true;
    const lead = () => this.#lead();
    // Pages that are not secure have no locks, and keep nothing that tabs could share.
    const turn = navigator.locks ? navigator.locks.request(this.#name, lead) : lead();
    turn.catch((error) => {
      // The next question tries again.
      this.#isQueued = false;
      this.#isFirst = false;
      for (const [id, { reject }] of this.#waiting) {
        this.#setHeard(id);
        reject(error);
      }
      this.#waiting.clear();
    });
  }

  /** Runs the tenant as long as this tab lives. */
  async #lead() {
    this.#isFirst = true;
    for (const id of this.#waiting.keys()) this.#setHeard(id);
    const tenant = await this.#open(await this.#gather());
    tenant.addEventListener("job", ({ detail: { id, status } }) => this.#tell({ kind: "change", id, status }));
    tenant.addEventListener("error", ({ detail }) => reportError(detail));
    this.#tenant = tenant;
    for (const { question, resolve, reject } of this.#waiting.values()) {
      this.#run(tenant, question.request, question.source).then(resolve, reject);
    }
    this.#waiting.clear();
    this.#tell({ kind: "ready" });
    await new Promise(() => {});
  }

  /** The sources of this tab and of the others, which all wait for their turn. */
  async #gather() {
    const sources = new Map(this.#sources);
    const { pending = [] } = (await navigator.locks?.query()) ?? {};
    let missing = pending.filter(({ name }) => name === this.#name).length;
    if (missing === 0) return sources;
    /** @type {Promise<void>} */
    const gathered = new Promise((resolve) => {
      this.#onSources = (others) => {
        for (const [job, source] of others) sources.set(job, source);
        missing -= 1;
        if (missing === 0) resolve();
      };
      setTimeout(resolve, PATIENCE);
    });
    this.#say({ kind: "gather" });
    await gathered;
    return sources;
  }

  /**
   * @param {OpenTenant} tenant
   * @param {Question} request
   * @param {Source} [source]
   */
  async #run(tenant, request, source) {
    const answer = await tenant.answer({ ...request, authorization: this.#authorization }, source);
    if (request.method !== "GET") this.#tell({ kind: "change" });
    return answer;
  }

  /** @param {News} news */
  #tell(news) {
    this.#note(news);
    this.#say(news);
  }

  /** @param {Message} message */
  #say(message) {
    this.#channel.postMessage(message);
  }

  /**
   * Takes in what has changed.
   *
   * @param {News} news
   */
  #note({ id, status }) {
    if (id !== undefined && status !== "pending" && status !== "processing") this.#sources.delete(id);
    this.dispatchEvent(new Event("change"));
  }

  /** @param {Message} message */
  #hear(message) {
    switch (message.kind) {
      case "question":
        if (this.#isFirst) this.#say({ kind: "heard", id: message.id });
        if (this.#tenant !== undefined) this.#reply(this.#tenant, message);
        break;
      case "heard":
        if (this.#waiting.has(message.id)) this.#setHeard(message.id);
        break;
      case "answer":
        this.#take(message);
        break;
      case "gather":
        this.#say({ kind: "sources", sources: this.#sources });
        break;
      case "sources":
        this.#onSources?.(message.sources);
        break;
      case "ready":
        // The tab that was asked is gone: ask the one that has come after it.
        for (const { question } of this.#waiting.values()) this.#say(question);
        this.#note(message);
        break;
      case "change":
        this.#note(message);
        break;
    }
  }

  /**
   * @param {OpenTenant} tenant
   * @param {Asking} question
   */
  async #reply(tenant, { id, request, source }) {
    // Asked again by a tab that had not heard yet that this one was ready.
    if (this.#taken.has(id)) return;
    this.#taken.add(id);
    try {
      const answer = await this.#run(tenant, request, source);
      this.#say({ kind: "answer", id, answer });
    } catch (error) {
      this.#say({ kind: "answer", id, error: String(error.message ?? error) });
    }
  }

  /** @param {Message & { kind: "answer" }} message */
  #take({ id, answer, error }) {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#setHeard(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting.resolve(answer);
    else waiting.reject(new Error(error));
  }
}
