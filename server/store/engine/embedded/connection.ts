import { Duplex } from 'node:stream';
import type { Bus, Session } from './bus.ts';
import { closeStatement, errorResponse, parsedName, readyForQuery, renameStatement, sync, walk } from './wire.ts';

const COPY_IN = /^\s*copy\b[^;]*\bfrom\s+stdin\b/i;

/**
 * What `pg` takes for a socket: speaks the wire protocol with the bus.
 * Statement names get a prefix, because all connections share the engine's one session.
 */
export class VirtualConnection extends Duplex implements Session {
  isListening = false;
  readonly #bus: Bus;
  readonly #prefix: string;
  readonly #id: number;
  readonly #statements = new Set<string>();
  #input: Buffer = Buffer.alloc(0);
  #batch: Buffer[] = [];
  #isStarted = false;

  constructor(bus: Bus) {
    super({ allowHalfOpen: false });
    this.#bus = bus;
    this.#id = bus.nextId();
    this.#prefix = `c${this.#id}_`;
  }

  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  deliver(output: Buffer): void {
    if (!this.destroyed && output.length > 0) this.push(output);
  }

  /** Ends this connection as a server does that goes away. */
  fail(code: string, reason: string): void {
    if (this.destroyed || this.readableEnded) return;
    this.push(errorResponse('FATAL', code, reason));
    this.push(null);
  }

  /** What clears the traces of this connection from the shared session. */
  cleanup(): Buffer {
    return Buffer.concat([...[...this.#statements].map(closeStatement), sync()]);
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#input = this.#input.length > 0 ? Buffer.concat([this.#input, chunk]) : chunk;
    if (!this.#isStarted) this.#start();
    if (this.#isStarted) this.#take();
    done();
  }

  override _final(done: () => void): void {
    this.#bus.detach(this);
    if (!this.readableEnded) this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#bus.detach(this);
    done(error);
  }

  /** The startup packet has no type letter; it is answered once the engine is ready. */
  #start(): void {
    if (this.#input.length < 4 || this.#input.length < this.#input.readInt32BE(0)) return;
    this.#input = this.#input.subarray(this.#input.readInt32BE(0));
    this.#isStarted = true;
    this.#bus.attach(this, this.#id);
  }

  #take(): void {
    const input = this.#input;
    const used = walk(input, (type, start, end) => this.#takeMessage(type, input.subarray(start, end)));
    this.#input = input.subarray(used);
  }

  #takeMessage(type: string, bytes: Buffer): void {
    if (type === 'X') return;
    if (isCopyIn(type, bytes)) {
      this.deliver(Buffer.concat([errorResponse('ERROR', '0A000', 'COPY FROM STDIN is not available: insert from unnest instead'), readyForQuery('I')]));
      return;
    }
    const renamed = renameStatement(bytes, this.#prefix);
    if (type === 'P' && renamed !== bytes) this.#statements.add(parsedName(renamed));
    this.#batch.push(renamed);
    if (type === 'Q' || type === 'S' || type === 'H') {
      this.#bus.submit(this, Buffer.concat(this.#batch));
      this.#batch = [];
    }
  }
}

function isCopyIn(type: string, bytes: Buffer): boolean {
  return type === 'Q' && COPY_IN.test(bytes.toString('utf8', 5, Math.min(bytes.length, 400)));
}
