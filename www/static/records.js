// The records of jobs, in the browser's database.

const STORE = "jobs";

// A database that waits for another tab, or is broken, may never answer.
const PATIENCE = 3000;

/** Opens the database of this name; rejects where there is none that could be used. */
export async function openRecords(name) {
  let database = await connect(name);

  async function store(mode) {
    const begin = () => database.transaction(STORE, mode).objectStore(STORE);
    try {
      return begin();
    } catch (error) {
      if (error.name !== "InvalidStateError") throw error;
      // Closed by the browser, or for somebody who clears the data of this site.
      database = await connect(name);
      return begin();
    }
  }

  return {
    /** All jobs with their records. */
    async all() {
      const jobs = await store("readonly");
      const [ids, records] = await Promise.all([done(jobs.getAllKeys()), done(jobs.getAll())]);
      return ids.map((job, index) => ({ job, record: records[index] }));
    },
    put: async (job, record) => done((await store("readwrite")).put(record, job)),
    delete: async (job) => done((await store("readwrite")).delete(job)),
  };
}

async function connect(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("The browser's database does not answer.")), PATIENCE);
  });
  const database = await Promise.race([done(request), late]).finally(() => clearTimeout(timer));
  // Whoever wants to delete or change it need not wait for this tab.
  database.onversionchange = () => database.close();
  if (database.objectStoreNames.contains(STORE)) return database;
  database.close();
  throw new Error("The browser's database is not one of jobs.");
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
