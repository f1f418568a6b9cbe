import { readConfig } from '../kernel/config.ts';
import { examine } from '../start/checks.ts';
import { ROOT } from '../start/root.ts';

const answer = readConfig(process.env, ROOT);
if ('problems' in answer) {
  for (const problem of answer.problems) console.log(`✗ ${problem}`);
  process.exit(1);
}
const findings = await examine(answer.config, ROOT);
const marks = { fine: '✓', warns: '!', stops: '✗' };
for (const found of findings) console.log(`${marks[found.verdict]} ${found.vi}\n  ${found.en}`);
process.exit(findings.some((found) => found.verdict === 'stops') ? 1 : 0);
