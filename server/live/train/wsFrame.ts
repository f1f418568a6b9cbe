const FIN = 0x80;
const TEXT = 1;
const BINARY = 2;
const ENGINE_MESSAGE = 0x34;

/** One whole WebSocket message as a server sends it: unmasked, in one frame (RFC 6455, 5.2). */
export function wsFrame(payload: Uint8Array, isBinary: boolean): Buffer {
  const { length } = payload;
  const headLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headLength + length);
  frame[0] = FIN | (isBinary ? BINARY : TEXT);
  if (headLength === 2) frame[1] = length;
  else if (headLength === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.set(payload, headLength);
  return frame;
}

/** The bytes of one encoded Socket.IO packet: text goes as an Engine.IO message, attachments as they are. */
export function framesOf(encoded: readonly (string | Uint8Array)[]): Buffer {
  const frames = encoded.map((part) => {
    if (typeof part !== 'string') return wsFrame(part, true);
    const text = Buffer.allocUnsafe(1 + Buffer.byteLength(part));
    text[0] = ENGINE_MESSAGE;
    text.write(part, 1);
    return wsFrame(text, false);
  });
  return frames.length === 1 ? frames[0]! : Buffer.concat(frames);
}
