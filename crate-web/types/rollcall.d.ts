// What wasm-bindgen makes of `crate-web/src`.
import type { Connection, ErrorCode, FoundList, LeftOut, Progress, Totals } from "./index.js";

export { Exporter, version } from "./index.js";

/** Makes the compiled engine ready for use. */
export function initSync(source: { module: WebAssembly.Module }): void;

/** Makes this worker answer commands, with the help of those at the other ends of the ports. */
export function runWorker(helpers: MessagePort[]): void;

/** Makes this worker help the one at the other end of the port. */
export function runHelper(leader: MessagePort): void;

/** Number of the record at which the work is. */
export function recordInWork(): number;

/** What a worker says, `Reply` of `rollcall_core::message`. */
export type Reply =
  | { kind: "progress"; progress: Progress; left_out: LeftOut[] }
  | { kind: "inspected"; findings: Findings; is_whole: boolean }
  | { kind: "completing" }
  | { kind: "completed"; totals: Totals }
  | { kind: "failed"; error: Failure }
  | { kind: "cancelled" };

/** Why a job failed. Places that are not known are null. */
export interface Failure {
  error: ErrorCode;
  record: number | null;
  line: number | null;
  byte: number | null;
  message: string;
  /** The file that it is in. */
  file?: { name: string };
  /** The lists that may be the users. */
  lists?: FoundList[];
}

/** What was found in files, as far as JavaScript reads it. */
export interface Findings {
  read: number;
  left_out: number;
  connections: Connection[];
}
