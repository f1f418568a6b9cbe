import { makeNew } from '../start/newThing.ts';
import { ROOT } from '../start/root.ts';

const [kind = '', name = ''] = process.argv.slice(2);
try {
  console.log(`${makeNew(ROOT, kind, name)}: sửa theo ý, rồi chạy npm test / edit it, then run npm test`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
