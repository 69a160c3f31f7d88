// The records of jobs, in the browser's database.

const STORE = "jobs";

/** Opens the database of this name. */
export async function openRecords(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  const database = await done(request);
  const store = (mode) => database.transaction(STORE, mode).objectStore(STORE);
  return {
    /** All jobs with their records. */
    async all() {
      const jobs = store("readonly");
      const [ids, records] = await Promise.all([done(jobs.getAllKeys()), done(jobs.getAll())]);
      return ids.map((job, index) => ({ job, record: records[index] }));
    },
    put: (job, record) => done(store("readwrite").put(record, job)),
    delete: (job) => done(store("readwrite").delete(job)),
  };
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
