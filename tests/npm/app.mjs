// An app that a test has Vite build: the SDK drives the package.
import { JobsClient } from "auth0/jobs";
import { createTenant } from "rollcall";

window.run = async (users, request) => {
  const tenant = await createTenant({ name: "acme", users: new Blob([users]) });
  const { fetch, origin } = tenant;
  const jobs = new JobsClient({ baseUrl: `${origin}/api/v2`, token: "any", fetch, maxRetries: 0 });
  const { id } = await jobs.usersExports.create(request);
  let job = await jobs.get(id);
  while (job.status === "pending" || job.status === "processing") job = await jobs.get(id);
  const text = await (await fetch(job.location)).text();
  const refusal = await jobs.usersExports.create({ limit: 0 }).catch((error) => error.statusCode);
  await tenant.close();
  return { job, text, refusal };
};
