import type { ProblemPageDto } from './problems.answers.dto.js';

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/** Text with its `code`. */
const shown = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ENTITIES.get(character) ?? '').replace(/`([^`]+)`/g, '<code>$1</code>');

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${shown(title)}</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem } blockquote { margin: 0; padding-left: 1rem; border-left: 3px solid #999 }</style></head>
<body>
${body}
</body>
</html>
`;

export const problemHtml = ({ title, status, meaning, whatToDo, clause, commands }: ProblemPageDto): string =>
  page(
    title,
    `<h1>${shown(title)}</h1>
<p>Status ${status}. ${shown(meaning)}</p>
<h2>What to do</h2>
<p>${shown(whatToDo)}</p>${
      clause === null
        ? ''
        : `
<h2>Clause ${shown(clause.id)}</h2>
<blockquote>${shown(clause.text)}</blockquote>
<p>Commands that can be refused with it: ${shown(commands.join(', '))}.</p>`
    }
<p><a href="/problems">All problems</a> · <a href="/docs">API</a></p>`,
  );

export const indexHtml = (pages: readonly ProblemPageDto[]): string =>
  page(
    'Problems',
    `<h1>Problems</h1>
<ul>
${pages.map(({ type, title, status }) => `<li><a href="${shown(type)}">${shown(title)}</a> (${status})</li>`).join('\n')}
</ul>`,
  );
