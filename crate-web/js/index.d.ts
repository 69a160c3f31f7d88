/** What to export: the body of `POST /api/v2/jobs/users-exports`. `{}` asks for all users as CSV. */
export interface ExportRequest {
  /** Exports only users of this connection: `con_` and 16 letters or digits. */
  connection_id?: string;
  /** Format of the file, `csv` when absent. `json` is one user per line. */
  format?: "csv" | "json";
  /** Exports at most this many users; at least 1. */
  limit?: number;
  /** The fields, in order; if absent or empty, the default fields. */
  fields?: ExportField[];
}

/** One requested field. */
export interface ExportField {
  /** Path in the profile, such as `email`, `identities[0].connection` or `user_metadata.country`. */
  name: string;
  /** Column heading or JSON key; `name` when absent. */
  export_as?: string;
}

/** Options outside Auth0's request. */
export interface ExportOptions {
  /** How CSV cells are quoted and guarded against formulas; `auth0` when absent. */
  csv_profile?: "auth0" | "owasp-minimal" | "excel" | "plain";
  /** Compresses the output with gzip. */
  gzip?: boolean;
  /** Fails at the first record that would be left out. */
  strict?: boolean;
  /** Maximum record size in bytes: 16 MiB when absent, at most 512 MiB. Larger records are left out. */
  max_record_size?: number;
  /** Allows more than 30 fields in CSV. */
  lift_limits?: boolean;
  /** Exports only users of the connection with this name. */
  connection?: string;
  /** Users belong only to the connection of their first identity, not to those of all identities. */
  primary_only?: boolean;
  /** Where the users stand in each root object: a path of keys to a list of users, or to an object whose values are users. */
  users_at?: string;
  /** The headings of CSV input without a heading row, written as one: `id,email,name`. */
  csv_headings?: string;
  /** All connections; `connection_id` and `connection` must be among them. */
  connections?: Connection[];
}

/** A connection as listed by `GET /api/v2/connections`. */
export interface Connection {
  id: string;
  name: string;
}

/** The kind of a failure. */
export type ErrorCode = "bad_request" | "bad_encoding" | "bad_layout" | "bad_gzip" | "bad_record" | "record_too_large" | "io" | "storage_full";

/** What an export throws. Unknown positions are null. */
export interface ExportError extends Error {
  code: ErrorCode;
  /** Number of the record, from 1, across all files. */
  record: number | null;
  /** Line in the file, from 1. */
  line: number | null;
  /** Byte in the file, from 0. */
  byte: number | null;
  /** With `bad_layout`: the lists of the file that may be its users. */
  lists?: FoundList[];
}

/** A list that may be the users of a file. */
export interface FoundList {
  /** Where it stands: what `users_at` is to be set to. */
  at: string;
  /** How many elements it has; null if they were not counted. */
  length: number | null;
}

/** A record that is not exported, and why. */
export interface LeftOut {
  error: "bad_record" | "record_too_large";
  record: number;
  line: number;
  byte: number;
  message: string;
  /** Index of the file, from 0. */
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
  /** Numbers of more than 15 digits in CSV cells of the profile `excel`: Excel keeps no more. */
  long_numbers: number;
  /** Texts in CSV cells of the profile `excel` that Excel shows as other numbers or dates. */
  converted_texts: number;
  /**
   * For each field, in their order, the exported users in whom it was found; `null` is found too.
   * Empty if users are exported as they are.
   */
  found: number[];
  /**
   * Field paths of the first exported user, at most 100, if there are fields that no user has and that
   * were asked for, or if no user has any of the default fields.
   */
  paths: string[];
  /** Lines of an Elasticsearch bulk file that say what to do with a document. */
  actions: number;
  /** Commas behind objects on lines of NDJSON, which are forgiven. */
  commas: number;
  /** Cells of CSV input whose text is not of their column's type, and was taken as text. */
  untyped_cells: number;
}

/** Loads the engine in browsers, optionally from your own address, response, bytes or module. */
export function load(
  source?: string | URL | Response | PromiseLike<Response> | BufferSource | WebAssembly.Module,
): Promise<void>;

/** The version of the engine, once loaded. */
export function version(): string;

/** Turns chunks of users into chunks of an export file. In browsers, call `await load()` first. */
export class Exporter {
  /** @throws {ExportError} The first broken rule. */
  constructor(request: ExportRequest, options?: ExportOptions);
  /**
   * Reads bytes, cut anywhere, and returns the output that is ready.
   * @throws {ExportError} The export has failed.
   */
  push(chunk: Uint8Array): Uint8Array<ArrayBuffer>;
  /** Ends a file; the next push starts another one. @throws {ExportError} The file is truncated. */
  endInput(): Uint8Array<ArrayBuffer>;
  /** Ends the export, and the current file if needed. @throws {ExportError} */
  finish(): Uint8Array<ArrayBuffer>;
  /** Whether no more input is needed: the limit is reached, or the export has ended. */
  readonly isDone: boolean;
  readonly progress: Progress;
  /** Set once the export is finished. */
  readonly totals: Totals | undefined;
  /** Returns the records left out since the last call. */
  takeLeftOut(): LeftOut[];
  /** Frees its memory now instead of at garbage collection. */
  free(): void;
}

export interface StreamOptions extends ExportOptions {
  /** Called with records left out, as they are found. */
  onLeftOut?: (records: LeftOut[]) => void;
  /** Called with the totals at the end. */
  onTotals?: (totals: Totals) => void;
}

/**
 * Turns a stream of users into a stream of the export. The source is read only as fast as the
 * result. Cancelling, failing or reaching the limit ends both. If the request breaks a rule, the
 * first read fails.
 */
export function exportStream(
  source: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
  request: ExportRequest,
  options?: StreamOptions,
): ReadableStream<Uint8Array<ArrayBuffer>>;

export type Users = Blob | Response | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

export interface TenantOptions {
  /** 3 to 63 characters of a-z, 0-9 and hyphen, and not a Windows device name such as con; names the files. */
  name: string;
  /** Each job reads Blobs and Files again; anything else is first read into a Blob. */
  users: Users | Users[];
  /** All connections; when absent, they are found by reading the users when first needed. */
  connections?: Connection[];
  /** The scopes of each token; requests need `read:users`. When absent, any token is accepted. */
  tokens?: Record<string, string[]>;
  /** The origin of links; when absent, the page's own, or `http://localhost` in Node. */
  baseUrl?: string;
  /** How many jobs may run at a time (2 when absent), and how many may wait (50 when absent). */
  capacity?: { running?: number; waiting?: number };
  /**
   * The number of workers for a large NDJSON file of one job, at most four; when absent, one per
   * core; `1` for a single worker. In browsers, another worker reads large files for them.
   */
  workers?: number;
  /** Clocks to use instead, in milliseconds: the time of day, and one that never runs backwards. */
  clock?: { now(): number; monotonic(): number };
  /** Where jobs and files are stored; when absent, in memory or in temporary files. */
  storage?: Storage;
}

/** Stores a tenant's jobs and files. */
export interface Storage {
  /** The saved records that have not been forgotten, with their jobs. */
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
  /** Called when the tenant is closed. */
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
  /** The URL of the file, valid for 60 seconds; each `GET` of the job returns a new one. */
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
  /** The counts of a complete job. The remarks are sentences on its file, absent if there are none. */
  summary?: { total: number; failed: number; remarks?: string[] };
}

export interface TenantRequestInit extends RequestInit {
  /**
   * In browsers, for a request that creates a job: the job writes to this file, which a person
   * chose with `showSaveFilePicker`. The job then has no `location`.
   */
  saveTo?: FileSystemFileHandle;
}

/** Users with a jobs API. */
export interface Tenant extends EventTarget {
  /** The origin of `location`. */
  readonly origin: string;
  /** Answers API requests like `fetch`; only the path of the URL counts. */
  readonly fetch: (input: string | URL | Request, init?: TenantRequestInit) => Promise<Response>;
  /** Stops running jobs and deletes all files. */
  close(): Promise<void>;
  /** `job`: a job has changed. `error`: the storage failed outside any request. */
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
