// @ts-check
// The folder of this process, in a temporary folder that it shares with other users and with
// containers, whose processes it cannot see.
//
// A process that lives listens on a socket. The system ends that with the process, however it
// dies, and answers for a process that is stopped or busy. The number of a process tells nothing:
// in another container it is another process, or none.
import { existsSync, lstatSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const PREFIX = "rollcall-";
// Is there once the socket answers.
const LOCK = "lock";
// Systems cut longer addresses of sockets, or refuse them.
const LONGEST_ADDRESS = 100;
// What is said of a socket to which nobody listens, and of a pipe of Windows that is gone.
const NOBODY = ["ECONNREFUSED", "ENOENT"];

/** @type {string | undefined} */
let folder;

/** Makes it at the first call; it is deleted when the process ends. */
export function temporaryFolder() {
  folder ??= make();
  return folder;
}

function make() {
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  lock(folder);
  // Nothing of ours waits for that, or fails because of it.
  sweep().catch(() => {});
  return folder;
}

/**
 * Where no socket can be had, nobody deletes the folder if this process is killed.
 *
 * @param {string} folder
 */
function lock(folder) {
  const address = addressOf(folder);
  if (Buffer.byteLength(address) > LONGEST_ADDRESS) return;
  const server = createServer((socket) => socket.destroy());
  server.on("error", () => {});
  // Not that of the primary process of a cluster, which may outlive this one.
  server.listen({ path: address, exclusive: true });
  server.unref();
  if (server.listening) writeFileSync(join(folder, LOCK), "");
}

/** Deletes what processes of this user have left that were killed, as far as it can be deleted. */
async function sweep() {
  const names = readdirSync(tmpdir()).filter((name) => name.startsWith(PREFIX));
  for (const path of names.map((name) => join(tmpdir(), name))) {
    if (isOurs(path) && (await isAbandoned(path))) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

/**
 * Others could put anything in the way of a folder that is being deleted.
 *
 * @param {string} path
 */
function isOurs(path) {
  const owner = lstatSync(path, { throwIfNoEntry: false })?.uid;
  return owner === (process.getuid?.() ?? 0);
}

/**
 * Whether the process that made it is dead.
 *
 * @param {string} path
 */
function isAbandoned(path) {
  if (!existsSync(join(path, LOCK))) return false;
  return new Promise((resolve) => {
    const socket = connect(addressOf(path));
    socket.on("connect", () => {
      socket.destroy();
      resolve(false);
    });
    socket.on("error", (/** @type {NodeJS.ErrnoException} */ { code = "" }) => resolve(NOBODY.includes(code)));
  });
}

/** @param {string} path */
function addressOf(path) {
  return process.platform === "win32" ? `\\\\.\\pipe\\${basename(path)}` : join(path, "socket");
}
