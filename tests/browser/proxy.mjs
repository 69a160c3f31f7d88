// A proxy that sees everything a browser asks of a network.

import { createServer, request } from "node:http";
import { address } from "./page.mjs";

/** Chromium calls home of its own accord, whatever page is open: updates, time, form inputs. */
const CALLS_HOME = /^[A-Z]+ (http:\/\/)?[\w.-]+\.(google|googleapis|gvt1)\.com[:/]/;

/**
 * Starts a proxy that hands requests on to the page's server and to no other.
 *
 * `options` make a browser send even its requests to this machine through it.
 */
export async function recordingProxy(test) {
  const requests = [];
  const record = (line) => CALLS_HOME.test(line) || requests.push(line);
  const server = createServer((incoming, outgoing) => {
    record(`${incoming.method} ${incoming.url}`);
    if (!incoming.url.startsWith(address)) {
      outgoing.writeHead(403).end();
      return;
    }
    const { method, headers, url } = incoming;
    const onward = request(url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.on("connect", (incoming, socket) => {
    record(`CONNECT ${incoming.url}`);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const proxy = { server: `http://127.0.0.1:${server.address().port}`, bypass: "<-loopback>" };
  return { requests, options: { proxy } };
}
