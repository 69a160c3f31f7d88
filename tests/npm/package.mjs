// The package as it was installed from the tarball.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The folder that holds `node_modules`. */
export const project = process.env.ROLLCALL_PACKAGE;

/** The installed package. */
export const folder = join(project, "node_modules", "rollcall");

// By its name, so that Node chooses the entry.
const { resolve } = createRequire(join(project, "index.js"));
export const rollcall = await import(pathToFileURL(resolve("rollcall")).href);
