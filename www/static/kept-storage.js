// Keeps jobs and their files from one visit to the next: records in the browser's database, files
// in the private file system, beside the outputs that workers still write.
import { openRecords } from "./records.js";
import { deleteUnclaimed, removeFile } from "./private-files.js";

const FOLDER = "exports";
// Workers write under this; without it a file is a finished one, which no other clean-up touches.
const UNFINISHED = "tenant-";

/** Opens what is kept under this name; `undefined` where the browser keeps nothing. */
export async function openKeptStorage(name) {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(FOLDER, { create: true });
    return new KeptStorage(await openRecords(name), folder);
  } catch {
    return undefined;
  }
}

class KeptStorage {
  #records;
  #folder;
  /** Names of the files by their jobs. */
  #names = new Map();
  /** Outputs that could not be renamed: they live as long as this tab. */
  #here = new Map();

  constructor(records, folder) {
    this.#records = records;
    this.#folder = folder;
  }

  /** The records whose files are there; files that belong to no record are deleted. */
  async load() {
    // What a tab that is gone had begun to write; nobody needs to wait for that.
    deleteUnclaimed().catch(() => {});
    const kept = await this.#records.all();
    for await (const name of this.#folder.keys()) {
      if (!name.startsWith(UNFINISHED)) this.#names.set(jobOf(name), name);
    }
    const completed = kept.filter(({ record }) => isCompleted(record)).map(({ job }) => job);
    const strays = [...this.#names.keys()].filter((job) => !completed.includes(job));
    await Promise.all(strays.map((job) => this.removeFile(job)));
    // The browser took these files back, and without them the records are of no use.
    const lost = completed.filter((job) => !this.#names.has(job));
    await Promise.all(lost.map((job) => this.#records.delete(job)));
    return kept.filter(({ job }) => !lost.includes(job)).map(({ record }) => record);
  }

  async save(job, record) {
    try {
      await this.#records.put(job, record);
    } catch {
      // A database that is full, closed or broken is no reason to end a job whose file may still be
      // written; it is not kept for later.
    }
  }

  forget(job) {
    return this.#records.delete(job);
  }

  async keep(job, output) {
    try {
      const handle = await this.#folder.getFileHandle(output.blob.name);
      const name = output.blob.name.slice(UNFINISHED.length);
      await handle.move(name);
      this.#names.set(job, name);
      // Nothing is left under the old name; this gives up the claim to it.
      await output.remove();
    } catch {
      this.#here.set(job, output);
    }
  }

  async open(job) {
    const here = this.#here.get(job);
    if (here !== undefined) return here.blob;
    try {
      return await (await this.#folder.getFileHandle(this.#names.get(job))).getFile();
    } catch {
      return undefined;
    }
  }

  async removeFile(job) {
    const [here, name] = [this.#here.get(job), this.#names.get(job)];
    this.#here.delete(job);
    this.#names.delete(job);
    await here?.remove();
    if (name !== undefined) await removeFile(name);
  }
}

/** `job_….csv` is the file of `job_…`. */
function jobOf(name) {
  return name.split(".", 1)[0];
}

function isCompleted(record) {
  return JSON.parse(record).status.status === "completed";
}
