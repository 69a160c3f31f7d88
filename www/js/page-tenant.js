// @ts-check
// What the page asks of JavaScript: the tenant that has its jobs, a look into files, and a place
// to save to.
//
// Everything that they need is fetched when the page is opened, so that nothing is fetched later.

/**
 * @import { Message } from "./platform.js"
 * @import { Source } from "./tenant.js"
 */
import { hasRoomFor } from "./room.js";
import { loadWorkerScript } from "./worker-script.js";
import { showSilence } from "./silent-tab.js";

export { canSaveDirectly, chooseFile } from "./chosen-file.js";

const NAME = "page";
// Whoever asks the tenant of this page must know it.
const TOKEN = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join("");

/** @type {ReturnType<typeof open> | undefined} */
let opened;
/** @type {import("./shared-tenant.js").SharedTenant | undefined} */
let shared;

/**
 * Opens the tenant; `onChange` is called whenever the list of its jobs may have changed.
 *
 * @param {() => void} onChange
 */
export async function openJobs(onChange) {
  const { tenant } = await modules();
  tenant.addEventListener("change", () => onChange());
}

/**
 * A request to the API, which gets its status, text and file. A request that makes a job brings
 * its `source`.
 *
 * @param {string} method
 * @param {string} target
 * @param {string} [body]
 * @param {Source} [source]
 */
export async function ask(method, target, body, source) {
  const { tenant } = await modules();
  const { pathname, search } = new URL(target, location.href);
  return tenant.answer({ method, target: pathname + search, body }, source);
}

/** Whether closing this tab would end jobs that run. */
export function runsJobs() {
  return shared?.isHere ?? false;
}

/**
 * What there is no place for, "files" or a "list" of them; the bytes used and granted; and whether
 * `size` more find room.
 *
 * @param {number} size
 */
export async function storage(size) {
  const [{ kept, lacks }, estimate, fits] = await Promise.all([
    modules(),
    /** @type {StorageEstimate | Promise<StorageEstimate>} */ (navigator.storage?.estimate?.() ?? {}),
    size > 0 ? hasRoomFor(size) : undefined,
  ]);
  return { lacks: lacks ?? kept?.lacks, usage: estimate.usage, quota: estimate.quota, fits };
}

/**
 * Looks into files; `onReply` gets each reply as text. Returns a function that ends it.
 *
 * @param {File[]} users
 * @param {string} message The command for the engine.
 * @param {(text: Message) => void} onReply
 */
export function inspect(users, message, onReply) {
  let isEnded = false;
  /** @type {ReturnType<typeof import("./run.js").startRun> | undefined} */
  let run;
  look();
  return () => {
    isEnded = true;
    run?.abandon();
  };

  async function look() {
    const { supply, startRun, failure, platform } = await modules();
    let text;
    try {
      const engine = await supply();
      if (isEnded) return;
      run = startRun({ platform, engine, message, users, onReply });
      text = (await run.ended).text;
    } catch (error) {
      text = failure(`The engine could not be started: ${error.message}`);
    }
    if (!isEnded) onReply(text);
  }
}

function modules() {
  opened ??= open();
  return opened;
}

async function open() {
  const [
    platform,
    { compileEngine },
    { loadTenant },
    { failure, startRun },
    { openTenant },
    { openKeptStorage },
    { SharedTenant },
  ] = await Promise.all([
    import("./browser.js"),
    import("./load.js"),
    import("./load-tenant.js"),
    import("./run.js"),
    import("./tenant.js"),
    import("./kept-storage.js"),
    import("./shared-tenant.js"),
  ]);
  /** Gives the engine once all is there that runs need. What could not be fetched is tried again. */
  const supply = async () => {
    const [engine, script] = await Promise.all([compileEngine(), loadWorkerScript(), loadTenant()]);
    platform.startWorkersAt(script);
    return engine;
  };
  // Also a tab that does not run the jobs may have to, later. What fails is told when it is needed.
  supply().catch(() => {});
  const { kept, lacks } = await openKeptStorage("rollcall");
  /** @param {Map<string, Source>} sources */
  const start = async (sources) => {
    const engine = await supply();
    const options = { name: NAME, users: null, tokens: { [TOKEN]: ["read:users"] }, storage: kept, sources };
    return openTenant(options, platform, engine);
  };
  const tenant = new SharedTenant(NAME, TOKEN, start);
  tenant.addEventListener("silence", () => showSilence(tenant.isSilent));
  shared = tenant;
  return { tenant, kept, lacks, supply, failure, startRun, platform };
}
