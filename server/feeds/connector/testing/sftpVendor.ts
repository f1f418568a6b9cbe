import { generateKeyPairSync } from 'node:crypto';
import ExcelJS from 'exceljs';
import ssh2 from 'ssh2';

/** A vendor that lays a workbook into a folder every night. */
export interface SftpVendor {
  port: number;
  isUp: boolean;
  /** Files of `/out` by name. */
  files: Map<string, { bytes: Buffer; changedAt: number }>;
  close(): Promise<void>;
}

export const SFTP_ACCOUNT = { user: 'ioc', password: 'mat-khau-sftp', folder: '/out' };

interface Session {
  on(event: string, listener: (...parts: never[]) => void): Session;
}
interface Stream extends Session {
  handle(id: number, handle: Buffer): void;
  name(id: number, entries: object[]): void;
  attrs(id: number, attributes: object): void;
  data(id: number, bytes: Buffer): void;
  status(id: number, code: number): void;
}
interface Client extends Session {
  end(): void;
}

/** A workbook as an office would send it: a header and rows. */
export async function makeWorkbook(header: readonly string[], rows: readonly (readonly (string | number | Date)[])[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Báo cáo');
  sheet.addRow([...header]);
  for (const row of rows) sheet.addRow([...row]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

export async function startSftpVendor(): Promise<SftpVendor> {
  const { OK, EOF, NO_SUCH_FILE } = ssh2.utils.sftp.STATUS_CODE;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs1', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } });
  const clients = new Set<Client>();
  const attributesOf = ({ bytes, changedAt }: { bytes: Buffer; changedAt: number }) => ({ mode: 0o100644, uid: 0, gid: 0, size: bytes.length, atime: changedAt / 1000, mtime: changedAt / 1000 });

  const serve = (stream: Stream) => {
    const open = new Map<number, { file?: Buffer; isListed: boolean }>();
    let last = 0;
    const give = (id: number, thing: { file?: Buffer }) => {
      open.set(++last, { ...thing, isListed: false });
      const handle = Buffer.alloc(4);
      handle.writeUInt32BE(last);
      stream.handle(id, handle);
    };
    const fileAt = (path: string) => vendor.files.get(path.split('/').at(-1) ?? '');
    stream.on('REALPATH', (id: number, path: string) => stream.name(id, [{ filename: path, longname: path, attrs: {} }]));
    stream.on('OPENDIR', (id: number, path: string) => (path.replace(/\/$/, '') === SFTP_ACCOUNT.folder ? give(id, {}) : stream.status(id, NO_SUCH_FILE!)));
    stream.on('READDIR', (id: number, handle: Buffer) => {
      const folder = open.get(handle.readUInt32BE())!;
      if (folder.isListed) return stream.status(id, EOF!);
      folder.isListed = true;
      stream.name(id, [...vendor.files].map(([filename, file]) => ({ filename, longname: filename, attrs: attributesOf(file) })));
    });
    stream.on('OPEN', (id: number, path: string) => {
      const file = fileAt(path);
      if (file) give(id, { file: file.bytes });
      else stream.status(id, NO_SUCH_FILE!);
    });
    const stat = (id: number, path: string) => {
      const file = fileAt(path);
      if (file) stream.attrs(id, attributesOf(file));
      else stream.status(id, NO_SUCH_FILE!);
    };
    stream.on('STAT', stat);
    stream.on('LSTAT', stat);
    stream.on('FSTAT', (id: number, handle: Buffer) => stream.attrs(id, attributesOf({ bytes: open.get(handle.readUInt32BE())!.file!, changedAt: 0 })));
    stream.on('READ', (id: number, handle: Buffer, offset: number, length: number) => {
      const part = open.get(handle.readUInt32BE())!.file!.subarray(offset, offset + length);
      if (part.length === 0) stream.status(id, EOF!);
      else stream.data(id, part);
    });
    stream.on('CLOSE', (id: number) => stream.status(id, OK!));
  };

  const server = new ssh2.Server({ hostKeys: [privateKey] }, (connected: Client) => {
    clients.add(connected);
    if (!vendor.isUp) return connected.end();
    connected.on('error', () => clients.delete(connected));
    connected.on('close', () => clients.delete(connected));
    connected.on('authentication', (asked: { method: string; username: string; password?: string; accept(): void; reject(methods: string[]): void }) => {
      if (asked.method === 'password' && asked.username === SFTP_ACCOUNT.user && asked.password === SFTP_ACCOUNT.password) asked.accept();
      else asked.reject(['password']);
    });
    connected.on('ready', () => connected.on('session', (accept: () => Session) => accept().on('sftp', (open: () => Stream) => serve(open()))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const vendor: SftpVendor = {
    port: server.address().port,
    isUp: true,
    files: new Map(),
    close: () =>
      new Promise((resolve) => {
        for (const client of clients) client.end();
        server.close(() => resolve());
      }),
  };
  return vendor;
}
