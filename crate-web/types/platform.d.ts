// What browsers and Node do differently.

/** What a worker is told with and answers with: the engine's own JSON text. */
type Message = string;

export interface Platform {
  /** What links begin with if nobody says otherwise. */
  defaultOrigin(): string;
  /** How many workers can work at the same time. */
  cores(): number;
  /** Whether a worker needs others to read for it. */
  needsReader: boolean;
  /** Starts a worker that has the engine and waits for its command. */
  startWorker(engine: WebAssembly.Module, listener: Listener, ports: Ports): RunningWorker;
  /** Starts what reads `blobs` for those at the other ends of the ports. */
  startReader(blobs: Blob[], readers: MessagePort[], onError: OnError): Ending;
  /** Claims the output of this name, which a worker will write. */
  reserveOutput(name: string): Output | Promise<Output>;
  /** A file that the person chose, of which nothing is to stand there unless it is complete. */
  chosenOutput(handle: FileSystemFileHandle): Output;
}

/** Hears of a worker that broke down. */
export type OnError = (message: string) => void;

export interface Listener {
  /** Hears what the worker says, with the file that comes with it. */
  onMessage(message: Message, file?: Blob): void;
  onError: OnError;
}

/** The ports of a worker: to its helpers or to its leader, and to what reads for it. */
export interface Ports {
  helpers?: MessagePort[];
  leader?: MessagePort;
  reader?: MessagePort;
}

/** What can be ended at any moment. */
export interface Ending {
  end(): void;
}

export interface RunningWorker extends Ending {
  /** Sends a command with the files that it is about. */
  post(message: Message, blobs: Blob[], sink?: FileSystemFileHandle): void;
}

/** What a run writes. */
export interface Output {
  remove(): Promise<void>;
}
