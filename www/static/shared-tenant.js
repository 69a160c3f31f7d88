// One tenant for all tabs of an origin: the first tab runs it, the others ask that tab. When it is
// closed, the next one takes over what is kept, and runs again what other tabs have asked for.

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
  #tenant;
  #isQueued = false;
  #isFirst = false;
  #isSilent = false;
  #lastId = 0;
  /** Questions to whoever runs the tenant, until they are answered. */
  #waiting = new Map();
  /** Questions of other tabs that this one has begun to answer. */
  #taken = new Set();
  /** What the jobs read and write that this tab has asked for, until they end. */
  #sources = new Map();
  /** Hears of the sources of other tabs. */
  #onSources;

  /**
   * `open` opens the tenant, whose token is `token`, in the tab whose turn it is. It is given the
   * sources of jobs that another tab has asked for and that may have been left unfinished.
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

  /** As the tenant's own `answer`. */
  async answer(request, source) {
    const answer = await this.#ask(request, source);
    if (source !== undefined && answer.status === 200) this.#sources.set(JSON.parse(answer.text).id, source);
    return answer;
  }

  #ask(request, source) {
    if (this.#tenant !== undefined) return this.#run(request, source);
    this.#queue();
    this.#lastId += 1;
    const id = `${TAB} ${this.#lastId}`;
    const question = { kind: "question", id, request, source };
    return new Promise((resolve, reject) => {
      const ask = () => this.#channel.postMessage(question);
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

  /** What is asked is heard, or need not be any more. */
  #setHeard(id) {
    clearInterval(this.#waiting.get(id)?.timer);
    this.#setSilent(false);
  }

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
      this.#run(question.request, question.source).then(resolve, reject);
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
    await new Promise((resolve) => {
      this.#onSources = (others) => {
        for (const [job, source] of others) sources.set(job, source);
        missing -= 1;
        if (missing === 0) resolve();
      };
      setTimeout(resolve, PATIENCE);
      this.#channel.postMessage({ kind: "gather" });
    });
    return sources;
  }

  async #run(request, source) {
    const answer = await this.#tenant.answer({ ...request, authorization: this.#authorization }, source);
    if (request.method !== "GET") this.#tell({ kind: "change" });
    return answer;
  }

  #tell(news) {
    this.#note(news);
    this.#channel.postMessage(news);
  }

  /** Takes in what has changed. */
  #note({ id, status }) {
    if (id !== undefined && status !== "pending" && status !== "processing") this.#sources.delete(id);
    this.dispatchEvent(new Event("change"));
  }

  #hear(message) {
    switch (message.kind) {
      case "question":
        if (this.#isFirst) this.#channel.postMessage({ kind: "heard", id: message.id });
        if (this.#tenant !== undefined) this.#reply(message);
        break;
      case "heard":
        if (this.#waiting.has(message.id)) this.#setHeard(message.id);
        break;
      case "answer":
        this.#take(message);
        break;
      case "gather":
        this.#channel.postMessage({ kind: "sources", sources: this.#sources });
        break;
      case "sources":
        this.#onSources?.(message.sources);
        break;
      case "ready":
        // The tab that was asked is gone: ask the one that has come after it.
        for (const { question } of this.#waiting.values()) this.#channel.postMessage(question);
        this.#note(message);
        break;
      case "change":
        this.#note(message);
        break;
    }
  }

  async #reply({ id, request, source }) {
    // Asked again by a tab that had not heard yet that this one was ready.
    if (this.#taken.has(id)) return;
    this.#taken.add(id);
    const reply = { kind: "answer", id };
    try {
      const answer = await this.#run(request, source);
      this.#channel.postMessage({ ...reply, answer });
    } catch (error) {
      this.#channel.postMessage({ ...reply, error: String(error.message ?? error) });
    }
  }

  #take({ id, answer, error }) {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#setHeard(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting.resolve(answer);
    else waiting.reject(new Error(error));
  }
}
