// Compiled, not run: what the types must allow, and what they must not.
import { createTenant, Exporter, exportStream, load, version } from "rollcall";
import type { ExportError, ExportRequest, Job, LeftOut, Storage, Totals } from "rollcall";
import { registerTenant } from "rollcall/register";

const request: ExportRequest = { format: "csv", limit: 5, fields: [{ name: "user_id", export_as: "Id" }] };

export async function chunks(bytes: Uint8Array): Promise<Blob> {
  await load();
  await load(new URL("https://acme.example/rollcall_bg.wasm"));
  const exporter = new Exporter(request, { gzip: true, csv_profile: "excel" });
  try {
    const parts = [exporter.push(bytes), exporter.endInput(), exporter.finish()];
    const totals: Totals | undefined = exporter.totals;
    const leftOut: LeftOut[] = exporter.takeLeftOut();
    console.log(version(), exporter.isDone, exporter.progress.read, totals?.exported, leftOut[0]?.byte);
    return new Blob(parts);
  } catch (error) {
    const { code, record, line, byte, message } = error as ExportError;
    throw new Error(`${code} ${record} ${line} ${byte} ${message}`);
  }
}

export async function stream(file: File): Promise<Response> {
  return new Response(exportStream(file.stream(), request, { onTotals: ({ exported }) => console.log(exported) }));
}

export async function tenant(file: File, storage: Storage): Promise<void> {
  const acme = await createTenant({
    name: "acme",
    users: [file, await fetch("https://acme.example/users.json")],
    tokens: { token: ["read:users"] },
    storage,
  });
  const fetchLike: typeof fetch = acme.fetch;
  acme.addEventListener("job", ({ detail }) => console.log(detail.id, detail.status, detail.reason === "lost"));
  const end = await registerTenant(acme, { script: "/service-worker.js" });
  const job: Job = await (await fetchLike("/api/v2/jobs/job_0000000000000000")).json();
  console.log(job.location, acme.origin);
  end();
  await acme.close();
}

// @ts-expect-error: no such format
new Exporter({ format: "xml" });
// @ts-expect-error: a tenant has users
createTenant({ name: "acme" });
// @ts-expect-error: progress is read only
new Exporter({}).progress = { bytes_in: 0, read: 0, exported: 0, left_out: 0 };
