// A host of the page that a test has for itself: it sends no headers but the type, tells what it was
// asked for, and can be stopped.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const TYPES = {
  ".css": "text/css",
  ".gz": "application/gzip",
  ".html": "text/html",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Serves the page; what was answered is in `asked`. */
export async function ownHost(test) {
  const asked = new Set();
  const server = createServer(async ({ url }, response) => {
    const name = url === "/" ? "index.html" : url.slice(1);
    try {
      const content = await readFile(join(process.env.ROLLCALL_DIST, name));
      response.writeHead(200, { "content-type": TYPES[extname(name)], "cache-control": "no-store" });
      response.end(content, () => asked.add(name));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  test.after(() => server.listening && stop());
  return { address: `http://127.0.0.1:${server.address().port}/`, asked, stop };
}
