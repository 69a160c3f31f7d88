// Where jobs and their files are kept.

/** Keeps them as long as the tenant lives. */
export class MemoryStorage {
  #records = new Map();
  #files = new Map();

  /** The jobs that an earlier visit kept, with their records. */
  async load() {
    return [...this.#records].map(([job, record]) => ({ job, record }));
  }

  async save(job, record) {
    this.#records.set(job, record);
  }

  async forget(job) {
    this.#records.delete(job);
  }

  /** Takes the output of a completed job: `blob`, and `remove` which frees what it occupies. */
  async keep(job, output) {
    this.#files.set(job, output);
  }

  async open(job) {
    return this.#files.get(job)?.blob;
  }

  async removeFile(job) {
    const output = this.#files.get(job);
    this.#files.delete(job);
    await output?.remove();
  }

  /** Ends the tenant: frees everything. */
  async close() {
    await Promise.all([...this.#files.keys()].map((job) => this.removeFile(job)));
    this.#records.clear();
  }
}
