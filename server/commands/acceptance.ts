import { runAcceptance, sheetOf } from '../start/acceptance/acceptance.ts';

const [url] = process.argv.slice(2);
if (!url) {
  console.error('ACCEPTANCE_PASSWORD=… npm run acceptance -- <địa chỉ máy chủ / address of the server>');
  process.exit(2);
}
const results = await runAcceptance(url.replace(/\/$/, ''), process.env.ACCEPTANCE_PASSWORD ?? '', (line) => console.log(line));
console.log(sheetOf(url, results, new Date()));
process.exit(results.every(({ ok }) => ok) ? 0 : 1);
