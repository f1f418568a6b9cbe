import { chmodSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Words for the person at the terminal. Progress goes to stderr; the `ready` line and what follows it to stdout. */
export const say = (text: string): void => void process.stderr.write(`${text}\n`);

export interface Announcement {
  url: string;
  firstPassword: string | undefined;
  linkToken: string | undefined;
  dataFolder: string;
  /** Units: epoch ms of real time. */
  now: number;
}

const PASSWORD_LIFE_MS = 24 * 3_600_000;

/** Prints the one `ready` line, then how to get in. The first password also goes to a file that only its owner can read; the file leaves when the password has expired. */
export function announce({ url, firstPassword, linkToken, dataFolder, now }: Announcement): void {
  const lines = [`ready ${url}`];
  const file = join(dataFolder, 'first-password.txt');
  if (firstPassword !== undefined) {
    writeFileSync(file, `${firstPassword}\n`, { mode: 0o600 });
    chmodSync(file, 0o600);
    lines.push(`  tài khoản / account: admin   mật khẩu một lần / one-time password: ${firstPassword}   (24 h)`);
  } else if (existsSync(file)) {
    if (now - statSync(file).mtimeMs > PASSWORD_LIFE_MS) rmSync(file);
    else lines.push(`  tài khoản / account: admin   mật khẩu một lần, nếu chưa đổi / one-time password, unless changed: ${file}`);
  }
  if (linkToken !== undefined) lines.push(`  vào bàn điều hành từ máy này / enter the desk from this machine (15 min): ${url}/enter/${linkToken}`);
  lines.push(`  rồi mở tường hình / then open the wall: ${url}/wall/w2x2`);
  process.stdout.write(`${lines.join('\n')}\n`);
}
