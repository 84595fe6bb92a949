import { type HtmlPart, htmlParts, parsedByGitLab } from './gitlab-view.ts';

/** Elements whose words are still the author's own. */
const own: ReadonlySet<string> = new Set([
  'p',
  'li',
  'ul',
  'ol',
  'em',
  'strong',
  'del',
  'a',
  'dl',
  'dd',
  'dt',
]);
const alone: ReadonlySet<string> = new Set(['br', 'img', 'input', 'hr']);
const inLine: ReadonlySet<string> = new Set(['em', 'strong', 'del', 'a']);
const beginning: ReadonlySet<string> = new Set(['p', 'li', 'dd', 'dt', 'br']);

function isOwn(part: Extract<HtmlPart, { readonly kind: 'open' }>): boolean {
  return own.has(part.name) && !('data-math-style' in part.attributes);
}

/** What stands before a text that follows an element's start. */
function afterStart(name: string, before: string): string {
  if (beginning.has(name)) return '\n';
  return inLine.has(name) ? before : 'x';
}

/**
 * The lines that GitLab shows as lines of paragraphs, outside of code, quotations, formulas, footnotes and HTML,
 * trimmed. Told from its HTML alone.
 */
export function linesShownAsWords(markdown: string): readonly string[] {
  const lines: string[] = [];
  const open: { readonly name: string; readonly isOwn: boolean }[] = [];
  let before = '\n';
  for (const part of htmlParts(parsedByGitLab(markdown))) {
    if (part.kind === 'open') {
      if (!alone.has(part.name)) open.push({ name: part.name, isOwn: isOwn(part) });
      before = afterStart(part.name, before);
    } else if (part.kind === 'close') {
      const at = open.findLastIndex(({ name }) => name === part.name);
      if (!alone.has(part.name) && at !== -1) open.splice(at);
      if (!alone.has(part.name))
        before = /^(?:p|ul|ol|dl|pre|blockquote|table)$/.test(part.name) ? '\n' : 'x';
    } else {
      const text = before + part.text;
      const areOwn = open.length > 0 && open.every((one) => one.isOwn);
      if (areOwn)
        lines.push(
          ...text
            .split('\n')
            .slice(1)
            .map((line) => line.trim()),
        );
      if (part.text !== '') before = /\n[ \t]*$/.test(text) ? '\n' : 'x';
    }
  }
  return lines;
}
