/** The part of the SSH library that is used; it ships no types of its own. */
declare module 'ssh2' {
  export interface SftpEntry {
    filename: string;
    attrs: { size: number; mtime: number; isFile(): boolean };
  }
  export interface Sftp {
    readdir(path: string, done: (error: Error | undefined, list: SftpEntry[]) => void): void;
    readFile(path: string, done: (error: Error | undefined, bytes: Buffer) => void): void;
  }
  export interface ClientSettings {
    host: string;
    port: number;
    username: string;
    password?: string;
    privateKey?: string;
    readyTimeout: number;
    hostVerifier(key: Buffer): boolean;
  }
  export class Client {
    on(event: 'ready' | 'close', listener: () => void): this;
    on(event: 'error', listener: (error: Error & { level?: string; code?: string }) => void): this;
    connect(settings: ClientSettings): this;
    sftp(done: (error: Error | undefined, sftp: Sftp) => void): void;
    end(): void;
    destroy(): void;
  }
  export class Server {
    constructor(settings: { hostKeys: string[] }, onClient: (client: never) => void);
    listen(port: number, host: string, done: () => void): void;
    address(): { port: number };
    close(done?: () => void): void;
  }
  const ssh2: { Client: typeof Client; Server: typeof Server; utils: { sftp: { STATUS_CODE: Record<'OK' | 'EOF' | 'FAILURE' | 'NO_SUCH_FILE', number> } } };
  export default ssh2;
}
