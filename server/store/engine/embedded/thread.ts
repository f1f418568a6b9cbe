import { Worker } from 'node:worker_threads';

export interface WorkerStart {
  folder: string;
  /** File with the part of PostGIS that is used; all of it when absent. */
  postgis: string | undefined;
}

export type WorkerRequest =
  | { id: number; kind: 'execute'; batch: Uint8Array }
  | { id: number; kind: 'copy'; to: string }
  | { id: number; kind: 'close' };

export type WorkerReply =
  | { id: 0; kind: 'ready'; versions: EngineVersions }
  | { id: number; kind: 'executed'; output: Uint8Array; isInTransaction: boolean; fault: EngineFault | undefined }
  | { id: number; kind: 'done' }
  | { id: number; kind: 'failed'; message: string };

export interface EngineVersions {
  server: string;
  postgis: string;
}

/** An exception the engine lost. `isSound` is false when not even an abort got through. */
export interface EngineFault {
  message: string;
  isSound: boolean;
}

export interface Executed {
  output: Buffer;
  isInTransaction: boolean;
  fault: EngineFault | undefined;
}

/** The embedded engine in its own thread. Every call rejects when the thread ends first. */
export interface Thread {
  readonly versions: EngineVersions;
  execute(batch: Buffer): Promise<Executed>;
  /** Copies the store's files between two statements, after a checkpoint. */
  copy(to: string): Promise<void>;
  /** Ends the engine in order. */
  close(): Promise<void>;
  /** Ends the thread at once, as a crash would. */
  kill(): Promise<void>;
  /** Resolves with the reason once the thread has ended. */
  readonly ended: Promise<string>;
}

type RequestBody = { [K in WorkerRequest['kind']]: Omit<Extract<WorkerRequest, { kind: K }>, 'id'> }[WorkerRequest['kind']];

export async function startThread(start: WorkerStart): Promise<Thread> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: start, execArgv: [], name: 'store' });
  const open = new Map<number, { resolve: (reply: WorkerReply) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  let failure: Error | undefined;

  const call = (id: number) => new Promise<WorkerReply>((resolve, reject) => open.set(id, { resolve, reject }));
  const ready = call(0);
  worker.on('message', (reply: WorkerReply) => {
    const asked = open.get(reply.id);
    if (reply.kind === 'failed') asked?.reject(new Error(reply.message));
    else asked?.resolve(reply);
    open.delete(reply.id);
  });
  worker.on('error', (error) => (failure = error));
  const ended = new Promise<string>((resolve) => {
    worker.once('exit', (code) => {
      const reason = failure?.message ?? `the store thread ended with code ${code}`;
      failure ??= new Error(reason);
      for (const { reject } of open.values()) reject(failure);
      open.clear();
      resolve(reason);
    });
  });

  const ask = (request: RequestBody, transfer: ArrayBuffer[] = []) => {
    if (failure) return Promise.reject(failure);
    const id = (lastId += 1);
    const reply = call(id);
    worker.postMessage({ ...request, id }, transfer);
    return reply;
  };

  const first = await ready;
  if (first.kind !== 'ready') throw new Error('the store thread did not say it is ready');

  return {
    versions: first.versions,
    async execute(batch) {
      const copy = new Uint8Array(batch);
      const reply = await ask({ kind: 'execute', batch: copy }, [copy.buffer]);
      if (reply.kind !== 'executed') throw new Error('the store thread answered out of turn');
      const { output, isInTransaction, fault } = reply;
      return { output: Buffer.from(output.buffer, output.byteOffset, output.byteLength), isInTransaction, fault };
    },
    copy: async (to) => void (await ask({ kind: 'copy', to })),
    async close() {
      await ask({ kind: 'close' });
      await worker.terminate();
    },
    kill: async () => void (await worker.terminate()),
    ended,
  };
}
