// What wasm-bindgen makes of `crate-tenant/src`.
import type { Connection, TenantOptions } from "./index.js";

/** Makes the compiled tenant ready for use. */
export function initSync(source: { module: WebAssembly.Module }): void;

/** A tenant. Each call happens at the moment that was set last. */
export class TenantMachine {
  constructor(settings: Settings);
  /** Frees its memory. */
  free(): void;
  setMoment(wall: number, monotonic: number, entropy: Uint8Array): void;
  restore(ids: string[], records: string[], again: string[]): Effect[];
  jobsWithFile(): string[];
  lost(job: string): Effect[];
  setConnections(connections: Connection[] | undefined): void;
  setInput(name: string, names: string[], size: number): void;
  setSavedAs(name: string | undefined): void;
  needsConnections(...request: Request): boolean;
  handle(...request: Request): Answer;
  order(job: string): Order | undefined;
  started(job: string, size: number): Effect[];
  heard(job: string, reply: string): Effect[];
  tick(): Effect[];
  /** The JSON text of a `Job`. */
  shown(job: string): string | undefined;
  record(job: string): string | undefined;
}

/** What a tenant is made of. */
export interface Settings extends Pick<TenantOptions, "name" | "connections" | "tokens" | "capacity"> {
  baseUrl: string;
}

/** A request to the API. */
export type Request = [method: string, target: string, authorization: string | undefined, body: Uint8Array];

/** An answer of the API: a text, the job whose file is the body, or neither. */
export interface Answer {
  status: number;
  headers: [name: string, value: string][];
  text?: string;
  file?: string;
  effects: Effect[];
}

/** What is to be done for a job. */
export interface Effect {
  kind: "start" | "stop" | "save" | "removeFile" | "forget";
  job: string;
}

/** How to start a job's worker. */
export interface Order {
  message: string;
  /** Name of the output while it grows. */
  output: string;
  /** Its name once it is complete. */
  name: string;
}
