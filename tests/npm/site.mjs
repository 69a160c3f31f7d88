// A site that serves the package as it is, under a strict policy, and a browser that visits it.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";
import { PATIENCE } from "../patience.mjs";
import { folder } from "./package.mjs";

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types default",
  "frame-ancestors 'none'",
].join("; ");

const PAGE = '<!doctype html><title>Test</title><link rel="icon" href="data:,"><script src="/boot.js"></script>\n';

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** Serves the package at /rollcall/ and the files of `app` at /app/; keeps what it was asked for. */
export async function serve(app) {
  const requests = [];
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    requests.push(pathname);
    try {
      const body = await content(pathname, app);
      const type = TYPES[extname(pathname)] ?? TYPES[".html"];
      response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}/`;
  return {
    requests,
    address,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The site, and Chromium to visit it. */
export async function openSite(app) {
  const site = await serve(app);
  const browser = await chromium.launch({
    executablePath: process.env.CHROME,
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
    timeout: PATIENCE,
  });
  return {
    ...site,
    async newContext() {
      const context = await browser.newContext();
      context.setDefaultTimeout(PATIENCE);
      return context;
    },
    async close() {
      await browser.close();
      site.close();
    },
  };
}

function content(pathname, app) {
  if (pathname === "/" || pathname === "/other.html") return PAGE;
  if (pathname === "/boot.js") return readFile(new URL("boot.js", import.meta.url));
  if (pathname === "/service-worker.js") return readFile(join(folder, pathname));
  const [, place, ...rest] = pathname.split("/");
  const root = { rollcall: folder, app }[place];
  return readFile(join(root, ...rest));
}
