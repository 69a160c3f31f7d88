// Serves folders to this machine.

import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { pipeline } from "node:stream";

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** `folders` are looked up by the first segment of a path, "" is for all others; gives the address. */
export async function serve(folders) {
  const server = createServer((request, response) => {
    // This also takes out every `..`.
    const { pathname } = new URL(request.url, "http://localhost");
    const [, first, rest] = /^\/([^/]*)\/(.*)$/.exec(pathname) ?? [];
    const file = folders[first] ? join(folders[first], rest) : join(folders[""], pathname);
    const path = file.endsWith("/") ? `${file}index.html` : file;
    const stream = createReadStream(path);
    stream.on("open", () => {
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
      pipeline(stream, response, () => {});
    });
    stream.on("error", () => response.writeHead(404).end());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${server.address().port}/`;
}
