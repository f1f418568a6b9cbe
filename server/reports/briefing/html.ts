import type { Briefing, BriefingChapter } from './briefing.ts';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);

const STYLE = `body{margin:0 auto;padding:32px 24px;max-width:1100px;font:17px/1.5 'Noto Sans',system-ui,sans-serif;color:#14181c;background:#fff}
h1{font-size:28px;margin:0 0 4px}h2{font-size:22px;margin:48px 0 4px;padding-top:16px;border-top:2px solid #14181c}h3{font-size:17px;margin:20px 0 4px}
p{margin:0 0 6px}figure{margin:12px 0;border:1px solid #aab4be}figure svg{display:block;width:100%;height:auto}
table{border-collapse:collapse;width:100%}th,td{padding:6px 8px;border:1px solid #aab4be;text-align:left;vertical-align:top}td.n{text-align:right;font-variant-numeric:tabular-nums;font-weight:600}
.second{color:#4a5561}.hash{font:13px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}.mark{display:inline-block;padding:0 10px;background:#c77dff;font-weight:700}nav ol{margin:8px 0}@media print{h2{break-before:page}}`;

const tableOf = (header: readonly string[], rows: readonly (readonly string[])[], numbers: number): string =>
  `<table><thead><tr>${header.map((text) => `<th scope="col">${escaped(text)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((text, index) => `<td${index === numbers ? ' class="n"' : ''}>${escaped(text)}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`;

const chapterOf = ({ id, title, lines, hashes, svg, caption, figures, reds, decisions, isRehearsal }: BriefingChapter, { words }: Briefing): string => `<section id="${id}" data-hash="${hashes[0]?.[1] ?? ''}">
<h2>${escaped(title)}${isRehearsal ? ` <span class="mark">${escaped(words('rehearsal'))}</span>` : ''}</h2>
${lines.map((line) => `<p class="second">${escaped(line)}</p>`).join('')}
<figure aria-label="${escaped(caption)}">${svg}</figure>
<h3>${escaped(words('figures'))}</h3>${tableOf(figures.header, figures.rows, 1)}
${reds.rows.length === 0 ? '' : `<h3>${escaped(words('reds'))}</h3>${tableOf(reds.header, reds.rows, -1)}`}
<h3>${escaped(words('decisions'))}</h3>${decisions.rows.length === 0 ? `<p>${escaped(words('noDecisions'))}</p>` : tableOf(decisions.header, decisions.rows, -1)}
${hashes.map(([name, hash]) => `<p class="hash">${escaped(name)}: ${escaped(hash)}</p>`).join('')}
</section>`;

/** A briefing as one page that needs nothing else: no script, no font, no picture from outside. */
export const printHtml = (briefing: Briefing): string => `<!doctype html>
<html lang="${briefing.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(briefing.title)}</title><style>${STYLE}</style></head>
<body><h1>${escaped(briefing.title)}</h1>
${briefing.lines.map((line) => `<p class="second">${escaped(line)}</p>`).join('')}
<nav aria-label="${escaped(briefing.words('chapters'))}"><ol>${briefing.chapters.map(({ id, title }) => `<li><a href="#${id}">${escaped(title)}</a></li>`).join('')}</ol></nav>
${briefing.chapters.map((chapter) => chapterOf(chapter, briefing)).join('\n')}
</body></html>
`;
