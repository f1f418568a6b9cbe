import { io } from 'socket.io-client';
import { WebSocket } from 'ws';

/** A crowd of plain clients on one server, and one stock client that reads everything it is told. */
const [url = '', size = '0'] = process.argv.slice(2);
let messages = 0;
let bytes = 0;
let read = 0;

function join(): Promise<void> {
  return new Promise((resolve, reject) => {
    const client = new WebSocket(`${url.replace('http', 'ws')}/live/?EIO=4&transport=websocket`, { perMessageDeflate: false });
    client.on('error', reject);
    client.on('message', (part: Buffer) => {
      if (part[0] === 0x30 && part[1] === 0x7b) return client.send('40');
      if (part[0] === 0x34 && part[1] === 0x30) return resolve();
      messages++;
      bytes += part.length;
    });
  });
}

for (let joined = 0; joined < Number(size); joined += 50) await Promise.all(Array.from({ length: Math.min(50, Number(size) - joined) }, join));
const reader = io(url, { path: '/live', transports: ['websocket'] });
reader.on('log.entry', () => read++).on('frame', () => read++);
await new Promise<void>((resolve) => reader.on('connect', () => resolve()));
process.on('message', () => {
  process.send!({ messages, bytes, read });
  messages = bytes = read = 0;
});
process.on('disconnect', () => process.exit(0));
process.send!('joined');
