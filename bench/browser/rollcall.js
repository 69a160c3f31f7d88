// Rollcall as a page uses it: the npm package, a tenant, a job.

import { createTenant, load } from "/rollcall/index.js";

/** The engine is compiled when this resolves; the job starts its workers itself. */
export async function prepare({ request, workers }) {
  await load();
  return async (file) => {
    const storage = new LastOutput();
    const tenant = await createTenant({ name: "acme", users: file, storage, workers });
    const ended = new Promise((resolve, reject) => {
      tenant.addEventListener("job", ({ detail }) => {
        if (detail.status === "completed") resolve();
        if (detail.status === "failed") reject(new Error(detail.status_details));
      });
    });
    const answer = await tenant.fetch("/api/v2/jobs/users-exports", {
      method: "POST",
      headers: { authorization: "Bearer any", "content-type": "application/json" },
      body: JSON.stringify(request),
    });
    if (!answer.ok) throw new Error(await answer.text());
    await ended;
    window.output = storage.blob;
  };
}

/** Leaves what the job has written where it is. */
class LastOutput {
  blob;

  async load() {
    return [];
  }
  async save() {}
  async forget() {}
  async keep(job, { blob }) {
    this.blob = blob;
  }
  async open() {
    return this.blob;
  }
  async removeFile() {}
  async close() {}
}
