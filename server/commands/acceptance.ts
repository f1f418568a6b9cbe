import { runAcceptance } from '../start/acceptance/acceptance.ts';
import { sheetOf } from '../start/acceptance/sheet.ts';

const [address = ''] = process.argv.slice(2);
const { ACCEPTANCE_PASSWORD: password = '', ACCEPTANCE_CODE: code } = process.env;
if (!/^https?:\/\//.test(address) || password === '') {
  console.error('ACCEPTANCE_PASSWORD=… [ACCEPTANCE_CODE=…] npm run acceptance -- <địa chỉ máy chủ / address of the server> > bien-ban.md');
  process.exit(2);
}
const url = address.replace(/\/+$/, '');
const results = await runAcceptance(url, { password, code }, (line) => console.error(line));
console.log(sheetOf(url, results, new Date()));
process.exit(results.every(({ ok }) => ok) ? 0 : 1);
