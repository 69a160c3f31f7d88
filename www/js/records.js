// @ts-check
// The records of jobs, in the browser's database.

const STORE = "jobs";

// A database that waits for another tab, or is broken, may never answer.
const PATIENCE = 3000;

/** @typedef {Awaited<ReturnType<typeof openRecords>>} Records */

/**
 * Opens the database of this name; rejects where there is none that could be used.
 *
 * @param {string} name
 */
export async function openRecords(name) {
  let connection = connect(name);
  await connection;

  /** @param {IDBTransactionMode} mode */
  async function store(mode) {
    const known = connection;
    const begin = async () => (await connection).transaction(STORE, mode).objectStore(STORE);
    try {
      return await begin();
    } catch (error) {
      // Closed by the browser, or for somebody who clears the data of this site; or not opened then.
      if (connection === known) connection = connect(name);
      return begin();
    }
  }

  /**
   * Resolves when what `act` does to the store is on the disk.
   *
   * @param {(jobs: IDBObjectStore) => void} act
   */
  async function change(act) {
    const jobs = await store("readwrite");
    act(jobs);
    await committed(jobs.transaction);
  }

  return {
    /** All jobs with their records. */
    async all() {
      const jobs = await store("readonly");
      const [ids, records] = await Promise.all([done(jobs.getAllKeys()), done(jobs.getAll())]);
      return ids.map((job, index) => ({ job: String(job), record: records[index] }));
    },
    put: (/** @type {string} */ job, /** @type {string} */ record) => change((jobs) => jobs.put(record, job)),
    delete: (/** @type {string} */ job) => change((jobs) => jobs.delete(job)),
  };
}

/** @param {string} name */
async function connect(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  let isLate = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(new Error("The browser's database does not answer."));
    }, PATIENCE);
  });
  const opened = done(request).then((database) => {
    // Whoever wants to delete or change it need not wait for this tab.
    database.onversionchange = () => database.close();
    if (isLate) database.close();
    return database;
  });
  const database = await Promise.race([opened, late]).finally(() => clearTimeout(timer));
  if (database.objectStoreNames.contains(STORE)) return database;
  database.close();
  throw new Error("The browser's database is not one of jobs.");
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @param {IDBTransaction} transaction
 * @returns {Promise<void>}
 */
function committed(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("The browser did not keep a record."));
  });
}
