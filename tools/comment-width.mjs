/**
 * Finds lines of comments that are wider than 120 columns; what holds an address, or a single word, may be. `--write`
 * wraps them.
 *
 *   node tools/comment-width.mjs [--write] [file …]     without files: all that git knows
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const width = 120;
const isWrite = process.argv.includes('--write');
const named = process.argv.slice(2).filter((argument) => argument !== '--write');
const paths = (
  named.length > 0 ? named : execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0')
).filter((path) => /\.(?:ts|mjs)$/.test(path) && !/(?:^|\/)(?:dist|fixtures)\//.test(path));

/** A line that begins as comments do; whether it is one, the parser says. */
const begin = /^\s*(?:\/\/|\/\*|\*)/;

function mayBeWider(line) {
  return (
    line.length > width && begin.test(line) && !line.includes('://') && /\S\s+\S+\s+\S/.test(line.trim())
  );
}

/** Loaded for the first wide line: most runs have none. */
let ts;

/** Where comments are, each with its own lines and nothing else on them. @returns {{ pos: number, end: number }[]} */
function commentsOf(path, text) {
  const found = new Map();
  const note = (ranges) => {
    for (const { pos, end } of ranges ?? []) found.set(pos, { pos, end });
  };
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const visit = (node) => {
    const children = node.getChildren(file);
    if (children.length > 0) return children.forEach(visit);
    note(ts.getLeadingCommentRanges(text, node.pos));
    note(ts.getTrailingCommentRanges(text, node.end));
  };
  visit(file);
  return [...found.values()]
    .sort((a, b) => a.pos - b.pos)
    .filter(
      ({ pos, end }) =>
        /(?:^|\n)[ \t]*$/.test(text.slice(0, pos)) && /^[ \t]*(?:\r?\n|$)/.test(text.slice(end)),
    );
}

/** Words, of which a piece of code or a link is one, whatever spaces are in it. */
function wordsOf(text) {
  return text.match(/(?:`[^`]*`|\{@[^}]*\}|\[[^\]]*\]\([^)]*\)|[^\s`]|`)+/g) ?? [];
}

/** What would be another thing than text at the start of a line. */
const special = /^(?:[-*+|#>@]|\d+[.)]$|```)/;

/** Two lines of one: what fits, and the rest. @returns {[string, string] | null} */
function cut(text, room) {
  const words = wordsOf(text);
  let [count, length] = [0, 0];
  while (count < words.length && length + words[count].length + (count > 0 ? 1 : 0) <= room) {
    length += words[count].length + (count > 0 ? 1 : 0);
    count += 1;
  }
  count = Math.max(1, count);
  while (count > 1 && special.test(words[count] ?? '')) count -= 1;
  return count >= words.length ? null : [words.slice(0, count).join(' '), words.slice(count).join(' ')];
}

/** @param {string[]} lines of a comment, without its marks @param {number} room columns for them */
function wrap(lines, room) {
  const made = [];
  let isFenced = false;
  const rest = [...lines];
  for (let line = rest.shift(); line !== undefined; line = rest.shift()) {
    if (line.trim().startsWith('```')) isFenced = !isFenced;
    const [, indent = '', mark = '', said = ''] = /^(\s*)((?:[-*+]|\d+[.)])\s+|)(.*)$/.exec(line) ?? [];
    const isText = !isFenced && (indent.length < 3 || made.at(-1)?.trim() !== '') && !/^[|#>]/.test(said);
    const isWide = line.length > room && !line.includes('://');
    const parts = isText && isWide ? cut(said, room - indent.length - mark.length) : null;
    if (parts === null) {
      made.push(line);
      continue;
    }
    made.push(`${indent}${mark}${parts[0]}`);
    const hanging = indent + ' '.repeat(mark.length);
    const next = rest[0];
    const goesOn =
      next !== undefined &&
      next.startsWith(hanging) &&
      !/^\s/.test(next.slice(hanging.length)) &&
      next.trim() !== '' &&
      !special.test(next.trim()) &&
      !/^\d+[.)]\s/.test(next.trim());
    if (goesOn) rest.shift();
    rest.unshift(`${hanging}${parts[1]}${goesOn ? ` ${next.trim()}` : ''}`);
  }
  return made;
}

function wrapBlock(comment, indent) {
  const single = /^(\/\*\*?)\s*(.*?)\s*\*\/$/s.exec(comment);
  if (single === null) return comment;
  const [, open, body] = single;
  if (!comment.includes('\n') && open === '/*') return comment;
  const lines = body.split(/\r?\n/).map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
  while (lines[0] === '') lines.shift();
  const made = wrap(lines, width - indent.length - 3);
  return [open, ...made.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`].join('\n');
}

function wrapLines(comments, indent) {
  const lines = comments.map((line) => line.replace(/^\/\/ ?/, ''));
  return wrap(lines, width - indent.length - 3)
    .map((line) => `// ${line}`.trimEnd())
    .join(`\n${indent}`);
}

/** Comments of whole lines with `//` that stand below each other are one. */
function grouped(text, comments) {
  const groups = [];
  for (const comment of comments) {
    const last = groups.at(-1);
    const isLine = text.startsWith('//', comment.pos);
    if (last?.isLine && isLine && /^\r?\n[ \t]*$/.test(text.slice(last.end, comment.pos))) {
      last.end = comment.end;
      last.texts.push(text.slice(comment.pos, comment.end));
    } else groups.push({ ...comment, isLine, texts: [text.slice(comment.pos, comment.end)] });
  }
  return groups;
}

function rewritten(path, text) {
  let made = text;
  for (const { pos, end, isLine, texts } of grouped(text, commentsOf(path, text)).reverse()) {
    const indent = /[ \t]*$/.exec(text.slice(0, pos))[0];
    if (!`${indent}${text.slice(pos, end)}`.split('\n').some(mayBeWider)) continue;
    const comment = isLine ? wrapLines(texts, indent) : wrapBlock(texts[0], indent);
    made = `${made.slice(0, pos)}${comment}${made.slice(end)}`;
  }
  return made;
}

let wide = 0;
for (const path of paths) {
  const text = readFileSync(path, 'utf8');
  if (!text.split('\n').some(mayBeWider)) continue;
  ts ??= (await import('typescript')).default;
  const made = rewritten(path, text);
  if (isWrite && made !== text) writeFileSync(path, made);
  const inComments = new Set(
    commentsOf(path, isWrite ? made : text).flatMap(({ pos, end }) => {
      const source = isWrite ? made : text;
      const first = source.slice(0, pos).split('\n').length;
      return source
        .slice(pos, end)
        .split('\n')
        .map((_, index) => first + index);
    }),
  );
  for (const [index, line] of (isWrite ? made : text).split('\n').entries()) {
    if (!mayBeWider(line) || !inComments.has(index + 1)) continue;
    wide += 1;
    console.error(
      `${path}:${index + 1}: a comment of ${line.length} columns (at most ${width}; --write wraps it)`,
    );
  }
}
if (wide > 0) process.exitCode = 1;
