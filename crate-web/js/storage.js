// @ts-check
// Where jobs and their files are kept.

/** @import { Storage } from "./index.js" */
/** @typedef {Parameters<Storage["keep"]>[1]} Kept The output of a completed job. */

/**
 * Keeps them as long as the tenant lives.
 *
 * @implements {Storage}
 */
export class MemoryStorage {
  /** @type {Map<string, string>} */
  #records = new Map();
  /** @type {Map<string, Kept>} */
  #files = new Map();

  /** The jobs that an earlier visit kept, with their records. */
  async load() {
    return [...this.#records].map(([job, record]) => ({ job, record }));
  }

  /**
   * @param {string} job
   * @param {string} record
   */
  async save(job, record) {
    this.#records.set(job, record);
  }

  /** @param {string} job */
  async forget(job) {
    this.#records.delete(job);
  }

  /**
   * Takes the output of a completed job: `blob`, and `remove` which frees what it occupies.
   *
   * @param {string} job
   * @param {Kept} output
   */
  async keep(job, output) {
    this.#files.set(job, output);
  }

  /** @param {string} job */
  async open(job) {
    return this.#files.get(job)?.blob;
  }

  /** @param {string} job */
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
