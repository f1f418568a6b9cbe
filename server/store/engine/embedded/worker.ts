import { cpSync, rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { openInstance } from './instance.ts';
import { answerOf, errorResponse, readyForQuery, requestOf, simpleQuery } from './wire.ts';
import type { Executed, WorkerReply, WorkerRequest, WorkerStart } from './thread.ts';

const { folder, postgis } = workerData as WorkerStart;
const port = parentPort!;
const instance = await openInstance(folder, postgis);
const reply = (answer: WorkerReply, transfer: ArrayBuffer[] = []) => port.postMessage(answer, transfer);

/**
 * Runs one batch. An exception that the engine lost becomes an error the client sees and a real abort of the transaction.
 * The closing Sync goes apart: it would commit what the exception left half done.
 */
function execute(batch: Buffer): Executed {
  const { statements, endsRoundTrip, syncAt } = requestOf(batch);
  const first = instance.run(batch.subarray(0, syncAt));
  const { ended, hasError } = answerOf(first.output);
  if (first.lost !== undefined || (!hasError && ended < statements)) return abort(first.lost ?? 'no answer', endsRoundTrip);
  const last = syncAt < batch.length ? instance.run(batch.subarray(syncAt)) : undefined;
  const output = last ? Buffer.concat([first.output, last.output]) : first.output;
  return { output, isInTransaction: instance.isInTransaction(), fault: undefined };
}

function abort(lost: string, endsRoundTrip: boolean): Executed {
  const { output, lost: lostAgain } = instance.run(simpleQuery('select 1/0'));
  const isSound = lostAgain === undefined && answerOf(output).hasError;
  const isInTransaction = isSound && instance.isInTransaction();
  const text = `the embedded engine lost an exception (${lost})`;
  const end = endsRoundTrip ? [readyForQuery(isInTransaction ? 'E' : 'I')] : [];
  return { output: Buffer.concat([errorResponse('ERROR', 'XX000', text), ...end]), isInTransaction, fault: { message: text, isSound } };
}

/** Copies the files of the store, complete and at rest: no statement runs meanwhile. */
function copy(to: string): void {
  if (answerOf(instance.run(simpleQuery('checkpoint')).output).hasError) throw new Error('the store refuses a checkpoint');
  rmSync(to, { recursive: true, force: true });
  cpSync(folder, to, { recursive: true });
}

async function answer(request: WorkerRequest): Promise<void> {
  const { id } = request;
  if (request.kind === 'execute') {
    const { batch } = request;
    const result = execute(Buffer.from(batch.buffer, batch.byteOffset, batch.byteLength));
    const output = new Uint8Array(result.output);
    reply({ ...result, id, kind: 'executed', output }, [output.buffer]);
    return;
  }
  try {
    if (request.kind === 'copy') copy(request.to);
    else await instance.close();
    reply({ id, kind: 'done' });
  } catch (error) {
    reply({ id, kind: 'failed', message: String(error) });
  }
}

port.on('message', (request: WorkerRequest) => void answer(request));
reply({ id: 0, kind: 'ready', versions: await instance.versions() });
