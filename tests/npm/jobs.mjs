// Jobs of a tenant, through its API.
import { rollcall } from "./package.mjs";

export const EXPORTS = "/api/v2/jobs/users-exports";
export const headers = { authorization: "Bearer any" };

export async function withTenant(options, use) {
  const tenant = await rollcall.createTenant({ name: "acme", ...options });
  try {
    return await use(tenant);
  } finally {
    await tenant.close();
  }
}

export function post(tenant, body, query = "") {
  return tenant.fetch(EXPORTS + query, { method: "POST", headers, body });
}

export async function get(tenant, target) {
  const response = await tenant.fetch(target, { headers });
  return response.status === 204 ? undefined : response.json();
}

/** Waits for the end of a job, and gets it. */
export async function ended(tenant, id) {
  const isOpen = ({ status }) => status === "pending" || status === "processing";
  for (;;) {
    const changed = new Promise((resolve) => tenant.addEventListener("job", resolve, { once: true }));
    const job = await get(tenant, `/api/v2/jobs/${id}`);
    if (!isOpen(job)) return job;
    await changed;
  }
}

/** Keeps what a tenant has, and lets a test look into it. */
export class OpenStorage {
  records = new Map();
  files = new Map();

  load = async () => [];
  save = async (job, record) => void this.records.set(job, JSON.parse(record));
  forget = async (job) => void this.records.delete(job);
  keep = async (job, output) => void this.files.set(job, output);
  open = async (job) => this.files.get(job)?.blob;
  close = async () => void (await Promise.all([...this.files.keys()].map(this.removeFile)));

  removeFile = async (job) => {
    await this.files.get(job)?.remove();
    this.files.delete(job);
  };
}
