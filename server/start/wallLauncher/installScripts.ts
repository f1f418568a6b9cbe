import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserCommands, shellLine, type LaunchPlan } from './browserCommands.ts';

/** A file of the installation, by its name. */
export interface ScriptFile {
  name: string;
  text: string;
  isExecutable: boolean;
}

const fill = (text: string, blanks: Record<string, string>): string => text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => blanks[name] ?? whole);
const template = (name: string): string => readFileSync(join(import.meta.dirname, 'templates', name), 'utf8');
const powershellString = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What starts a wall at power-on without anybody logging in: for Linux with Chromium, for Windows with Chrome or Edge. */
export function installScripts(plan: Omit<LaunchPlan, 'profileFolder' | 'separator'>): ScriptFile[] {
  const linux = browserCommands({ ...plan, profileFolder: '/var/lib/toan-canh-wall', separator: '/' });
  const windows = browserCommands({ ...plan, profileFolder: 'C:\\ProgramData\\ToanCanh\\wall', separator: '\\' });
  const wall = plan.profile.id;
  const blanks = {
    wall,
    url: plan.url.replace(/\/$/, ''),
    linuxLines: linux.map((command) => `keep ${shellLine('"$BROWSER"', command).replace(`'"$BROWSER"'`, '"$BROWSER"')} &`).join('\n'),
    windowsLines: windows.map(({ output, args }) => `  @{ Output = ${powershellString(output)}; Arguments = @(${args.map((arg) => powershellString(/\s/.test(arg) ? `"${arg}"` : arg)).join(', ')}) }`).join('\n'),
  };
  return [
    { name: `toan-canh-wall-${wall}.sh`, text: fill(template('wall.sh'), blanks), isExecutable: true },
    { name: `toan-canh-wall-${wall}.service`, text: fill(template('wall.service'), blanks), isExecutable: false },
    { name: `toan-canh-wall-${wall}.ps1`, text: fill(template('wall.ps1'), blanks), isExecutable: false },
    { name: 'README.txt', text: fill(template('readme.txt'), blanks), isExecutable: false },
  ];
}
