/** What to export: the body of `POST /api/v2/jobs/users-exports`. `{}` asks for all users as CSV. */
export interface ExportRequest {
  /** Exports only the users of this connection: `con_` and 16 letters or digits. */
  connection_id?: string;
  /** Format of the file, `csv` when absent. `json` is one user a line. */
  format?: "csv" | "json";
  /** Stops after this many users, at least 1. */
  limit?: number;
  /** The fields in their order; absent or empty asks for the default fields. */
  fields?: ExportField[];
}

/** One requested field. */
export interface ExportField {
  /** Path in the profile, such as `email`, `identities[0].connection` or `user_metadata.country`. */
  name: string;
  /** Column heading or JSON key; `name` when absent. */
  export_as?: string;
}

/** What Auth0's request has no place for. */
export interface ExportOptions {
  /** How CSV cells are guarded and quoted, `auth0` when absent. */
  csv_profile?: "auth0" | "owasp-minimal" | "excel" | "plain";
  /** Compresses the output. */
  gzip?: boolean;
  /** Fails at the first record that would be left out. */
  strict?: boolean;
  /** The largest record that is read, in bytes: 16 MiB when absent, at most 512 MiB. */
  max_record_size?: number;
  /** Allows more than 30 fields in CSV. */
  lift_limits?: boolean;
  /** Exports only the users of the connection of this name. */
  connection?: string;
  /** All connections there are, against which `connection_id` and `connection` are looked up. */
  connections?: Connection[];
}

/** A connection as `GET /api/v2/connections` lists it. */
export interface Connection {
  id: string;
  name: string;
}

/** The kind of a failure. */
export type ErrorCode = "bad_request" | "bad_encoding" | "bad_gzip" | "bad_record" | "record_too_large" | "io" | "storage_full";

/** What an export throws. Places that are not known are null. */
export interface ExportError extends Error {
  code: ErrorCode;
  /** Number of the record from 1, through all files. */
  record: number | null;
  /** Line of the file from 1. */
  line: number | null;
  /** Byte of the file from 0. */
  byte: number | null;
}

/** A record that is not exported, and why. */
export interface LeftOut {
  error: "bad_record" | "record_too_large";
  record: number;
  line: number;
  byte: number;
  message: string;
  /** Index of the file from 0. */
  input: number;
}

/** How much has been read and written. */
export interface Progress {
  bytes_in: number;
  read: number;
  exported: number;
  left_out: number;
}

/** The counts of a finished export: `read = exported + left_out + other_connections`. */
export interface Totals {
  read: number;
  exported: number;
  left_out: number;
  other_connections: number;
  duplicate_keys: number;
  replaced_surrogates: number;
  long_cells: number;
}

/** Loads the engine, in browsers, from an address, response, bytes or module of one's own. */
export function load(
  source?: string | URL | Response | PromiseLike<Response> | BufferSource | WebAssembly.Module,
): Promise<void>;

/** The version of the engine, once it is loaded. */
export function version(): string;

/** Turns chunks of users into chunks of an export file. In browsers `await load()` comes first. */
export class Exporter {
  /** @throws {ExportError} The first rule that is broken. */
  constructor(request: ExportRequest, options?: ExportOptions);
  /**
   * Reads bytes, cut anywhere, and gives the output that is ready.
   * @throws {ExportError} The export has failed.
   */
  push(chunk: Uint8Array): Uint8Array<ArrayBuffer>;
  /** Ends a file; the next push begins another one. @throws {ExportError} The file is cut. */
  endInput(): Uint8Array<ArrayBuffer>;
  /** Ends the export, and the file if that was not done. @throws {ExportError} */
  finish(): Uint8Array<ArrayBuffer>;
  /** Whether nothing more needs to be pushed: the limit is reached, or the export has ended. */
  readonly isDone: boolean;
  readonly progress: Progress;
  /** Known once it is finished. */
  readonly totals: Totals | undefined;
  /** Takes the records left out since the last call. */
  takeLeftOut(): LeftOut[];
  /** Frees its memory at once instead of by garbage collection. */
  free(): void;
}

export interface StreamOptions extends ExportOptions {
  /** Hears of records that are left out, as they come. */
  onLeftOut?: (records: LeftOut[]) => void;
  /** Hears of the counts at the end. */
  onTotals?: (totals: Totals) => void;
}

/**
 * A stream of users in, a stream of the export out. The source is read only as fast as the
 * result; cancelling, failing or reaching the limit ends both. A request that breaks a rule
 * fails the first read.
 */
export function exportStream(
  source: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
  request: ExportRequest,
  options?: StreamOptions,
): ReadableStream<Uint8Array<ArrayBuffer>>;

export type Users = Blob | Response | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

export interface TenantOptions {
  /** 3 to 63 characters of a-z, 0-9 and hyphen, and no name of a device such as con; names the files. */
  name: string;
  /** Blobs and files are read anew by each job; anything else is read into a Blob first. */
  users: Users | Users[];
  /** All connections; without them they are found by reading the users once it is needed. */
  connections?: Connection[];
  /** The scopes of each token, of which `read:users` is needed; without it any token will do. */
  tokens?: Record<string, string[]>;
  /** The origin that links begin with: the page's own when absent, `http://localhost` in Node. */
  baseUrl?: string;
  /** Jobs that run at a time, 2 when absent, and that wait, 50 when absent. */
  capacity?: { running?: number; waiting?: number };
  /**
   * How many workers may work on a large NDJSON file of one job at a time, at most four: as many
   * as there are cores when absent; 1 for a single worker. In browsers one more reads for them.
   */
  workers?: number;
  /** Other clocks, in milliseconds: the time of day, and one that never goes back. */
  clock?: { now(): number; monotonic(): number };
  /** Where jobs and files are kept; in memory, or in temporary files, when absent. */
  storage?: Storage;
}

/** Keeps what a tenant has. */
export interface Storage {
  /** The records that were saved and not forgotten, with their jobs. */
  load(): Promise<{ job: string; record: string }[]>;
  save(job: string, record: string): Promise<void>;
  forget(job: string): Promise<void>;
  /**
   * Takes the output of a completed job; `remove` deletes what it occupies. `name` is that of a file
   * that no other run has.
   */
  keep(job: string, output: { blob: Blob; name: string; remove(): Promise<void> }): Promise<void>;
  /** `undefined` if the file is gone. */
  open(job: string): Promise<Blob | undefined>;
  removeFile(job: string): Promise<void>;
  /** The tenant is closed. */
  close(): Promise<void>;
}

/** A job as the API shows it. */
export interface Job extends ExportRequest {
  type: "users_export";
  id: string;
  status: "pending" | "processing" | "completed" | "failed" | "expired";
  created_at: string;
  /** Name of the connection of `connection_id`. */
  connection?: string;
  /** Where the file is, for 60 seconds; each `GET` of the job gives a new one. */
  location?: string;
  percentage_done?: number;
  time_left_seconds?: number;
  /** Why it failed, in a sentence for people. */
  status_details?: string;
  /**
   * Why it failed if its run did not: a request stopped it, what ran it was closed, its file is
   * gone, or what was kept of it makes no sense.
   */
  reason?: "cancelled" | "interrupted" | "lost" | "unreadable";
  summary?: { total: number; failed: number };
}

export interface TenantRequestInit extends RequestInit {
  /**
   * In browsers, with a request that makes a job: the job writes into this file, which a person
   * chose by `showSaveFilePicker`. It has no `location` then.
   */
  saveTo?: FileSystemFileHandle;
}

/** Users with an API of jobs. */
export interface Tenant extends EventTarget {
  /** What `location` begins with. */
  readonly origin: string;
  /** Answers the API as `fetch` would; of the address only the path counts. */
  readonly fetch: (input: string | URL | Request, init?: TenantRequestInit) => Promise<Response>;
  /** Ends what runs and deletes all files. */
  close(): Promise<void>;
  /** `job`: a job has changed. `error`: a storage has failed where nobody waited for it. */
  addEventListener(
    type: "job",
    listener: (event: CustomEvent<Job>) => void,
    options?: AddEventListenerOptions | boolean,
  ): void;
  addEventListener(
    type: "error",
    listener: (event: CustomEvent<unknown>) => void,
    options?: AddEventListenerOptions | boolean,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: AddEventListenerOptions | boolean,
  ): void;
}

export function createTenant(options: TenantOptions): Promise<Tenant>;
