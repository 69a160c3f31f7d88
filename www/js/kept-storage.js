// @ts-check
// Keeps jobs and their files from one visit to the next: records in the browser's database, files
// in the private file system, beside the outputs that workers still write.
/**
 * @import { Records } from "./records.js"
 * @import { Kept } from "./storage.js"
 * @import { Storage } from "./index.js"
 */
import { openRecords } from "./records.js";
import { deleteUnclaimed, isUnfinished, removeFile } from "./private-files.js";

const FOLDER = "exports";

const JOB = /^job_[A-Za-z0-9]{16}$/;

/** @typedef {"files" | "list"} Lack What the browser has no place for: files, or the list of them. */

/**
 * Opens what is kept under this name.
 *
 * @param {string} name
 * @returns {Promise<{ kept: KeptStorage, lacks?: undefined } | { kept?: undefined, lacks: Lack }>}
 */
export async function openKeptStorage(name) {
  let folder;
  try {
    const root = await navigator.storage.getDirectory();
    folder = await root.getDirectoryHandle(FOLDER, { create: true });
  } catch {
    return { lacks: "files" };
  }
  try {
    const records = await openRecords(name);
    // Some damage shows only when it is read.
    await records.all();
    return { kept: new KeptStorage(records, folder) };
  } catch {
    return { lacks: "list" };
  }
}

/** @implements {Storage} */
export class KeptStorage {
  #records;
  #folder;
  /**
   * Names of the files by their jobs.
   *
   * @type {Map<string, string>}
   */
  #names = new Map();
  /**
   * Outputs that could not be renamed: they live as long as this tab.
   *
   * @type {Map<string, Kept>}
   */
  #here = new Map();
  /** @type {Lack | undefined} */
  #lacks;

  /**
   * @param {Records} records
   * @param {FileSystemDirectoryHandle} folder
   */
  constructor(records, folder) {
    this.#records = records;
    this.#folder = folder;
  }

  /** "list" if the last record could not be kept. */
  get lacks() {
    return this.#lacks;
  }

  /** The jobs with their records; files that belong to none are deleted. */
  async load() {
    // What a tab that is gone had begun to write; nobody needs to wait for that.
    deleteUnclaimed().catch(() => {});
    const found = await this.#records.all();
    const kept = found.filter(({ job }) => JOB.test(job));
    const owners = kept.filter(({ record }) => mayHaveFile(record)).map(({ job }) => job);
    const strays = [];
    for await (const name of this.#folder.keys()) {
      if (isUnfinished(name)) continue;
      const owner = owners.find((job) => name.startsWith(`${job}.`));
      if (owner === undefined) strays.push(name);
      else this.#names.set(owner, name);
    }
    await Promise.all(strays.map(removeFile));
    return kept.map(({ job, record }) => ({ job, record: textOf(record) }));
  }

  /**
   * A storage that takes no record is no reason to end a job: it is not kept for later.
   *
   * @param {string} job
   * @param {string} record
   */
  async save(job, record) {
    try {
      await this.#records.put(job, record);
      this.#lacks = undefined;
    } catch {
      this.#lacks = "list";
    }
  }

  /** @param {string} job */
  async forget(job) {
    try {
      await this.#records.delete(job);
    } catch {
      this.#lacks = "list";
    }
  }

  /**
   * @param {string} job
   * @param {Kept} output
   */
  async keep(job, output) {
    try {
      // A worker's output is a file.
      const unfinished = /** @type {File} */ (output.blob).name;
      const handle = await this.#folder.getFileHandle(unfinished);
      await handle.move(output.name);
      this.#names.set(job, output.name);
      // Nothing is left under the old name; this gives up the claim to it.
      await output.remove();
    } catch {
      this.#here.set(job, output);
    }
  }

  /** @param {string} job */
  async open(job) {
    const here = this.#here.get(job);
    if (here !== undefined) return here.blob;
    const name = this.#names.get(job);
    if (name === undefined) return undefined;
    try {
      return await (await this.#folder.getFileHandle(name)).getFile();
    } catch {
      return undefined;
    }
  }

  /** @param {string} job */
  async removeFile(job) {
    const [here, name] = [this.#here.get(job), this.#names.get(job)];
    this.#here.delete(job);
    this.#names.delete(job);
    await here?.remove();
    if (name !== undefined) await removeFile(name);
  }

  /** What is kept outlives its tenant. */
  async close() {}
}

/**
 * Other versions may keep records in other forms.
 *
 * @param {unknown} record
 */
function textOf(record) {
  return typeof record === "string" ? record : (JSON.stringify(record) ?? "");
}

/**
 * A record that cannot be read may be one of a job with a file.
 *
 * @param {any} record
 */
function mayHaveFile(record) {
  try {
    return JSON.parse(record).status.status === "completed";
  } catch {
    return true;
  }
}
