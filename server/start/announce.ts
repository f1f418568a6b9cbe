import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Words for the person at the terminal. Progress goes to stderr; the `ready` line and what follows it to stdout. */
export const say = (text: string): void => void process.stderr.write(`${text}\n`);

export interface Announcement {
  url: string;
  firstPassword: string | undefined;
  linkToken: string | undefined;
  dataFolder: string;
}

/** Prints the one `ready` line, then how to get in. The first password also goes to a file that only its owner can read. */
export function announce({ url, firstPassword, linkToken, dataFolder }: Announcement): void {
  const lines = [`ready ${url}`];
  if (firstPassword !== undefined) {
    const file = join(dataFolder, 'first-password.txt');
    writeFileSync(file, `${firstPassword}\n`, { mode: 0o600 });
    chmodSync(file, 0o600);
    lines.push(`  tài khoản / account: admin   mật khẩu một lần / one-time password: ${firstPassword}   (24 h)`);
  }
  if (linkToken !== undefined) lines.push(`  vào bàn điều hành từ máy này / enter the desk from this machine (15 min): ${url}/enter/${linkToken}`);
  lines.push(`  tường hình / wall: ${url}/wall/w2x2`);
  process.stdout.write(`${lines.join('\n')}\n`);
}
