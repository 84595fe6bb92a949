import ts from 'typescript';

/** A way to write that many readers have to read twice, and what to write instead. */
interface Pattern {
  readonly name: string;
  readonly expression: RegExp;
  readonly instead: string;
}

/** Expressions see a paragraph as one line. */
const patterns: readonly Pattern[] = [
  {
    name: 'is no X',
    expression: /(?<!\bthere )\b(?:is|are|was|were|be) no (?!longer\b|more than\b)[a-z]/gi,
    instead: '"is not a X", or "there is no X"',
  },
  { name: 'mend', expression: /\bmend(?:s|ed|ing)?\b/gi, instead: '"fix"' },
  { name: 'anew', expression: /\banew\b/gi, instead: '"again", or "a new X"' },
  { name: 'whoever', expression: /\bwhoever\b/gi, instead: '"people who", "the user who", "everybody"' },
  { name: 'stand', expression: /\bstands?\b(?! for\b|-)/gi, instead: '"is", "is in", "exists", "stays"' },
  {
    name: 'tell',
    expression: /\b(?:tells?|told)\b(?! (?:the bot|every\w+|people|readers|users|you)\b)/gi,
    instead: '"shows", "reports", "says", "mentions"',
  },
  { name: 'is said', expression: /\b(?:is|are|was|be) said\b/gi, instead: '"is shown", "is reported"' },
  { name: 'he', expression: /\b(?:he|him|his|she|her|hers)\b/gi, instead: '"they", "them", "their"' },
  { name: 'is to be', expression: /\b(?:is|are) to be\b/gi, instead: '"must be", "should be", "will be"' },
  {
    name: 'left out',
    expression: /\b(?:leaves?|left) (?:it |them )?out\b/gi,
    instead: '"omitted", "skipped", "ignored", "without X"',
  },
  {
    name: 'who without a person',
    expression: /(?:^\W*|[.:;] )Who [a-z]+|\b(?:as|by|for|from|of|that|to) who [a-z]+/g,
    instead: '"people who", "the user who", "the author of"',
  },
  {
    name: 'modal verb without a verb',
    expression: /\b(?:may|might|must)(?: not)?(?=[.:;]| and no more\b)/g,
    instead: 'the verb, such as "can see it"',
  },
  { name: 'at least so', expression: /\bat least so\b/gi, instead: '"of that severity or above"' },
  {
    name: 'newest pipeline',
    expression: /\bnewest pipelines?\b/gi,
    instead: '"latest pipeline", as GitLab says',
  },
  { name: 'is so already', expression: /\b(?:is|are) so already\b/gi, instead: '"is already up to date"' },
  { name: 'not said', expression: /\b(?:is|are) not said\b/gi, instead: '"say what …"' },
];

/** A comment, a text of the code, or a paragraph of a page: its lines, and the number of the first. */
export interface Paragraph {
  readonly first: number;
  readonly lines: readonly string[];
}

/** Comments and texts of a source file. A text without a space is a name. */
export function proseOfSource(path: string, source: string): readonly Paragraph[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const spans = new Map<number, number>();
  const note = (ranges: readonly ts.CommentRange[] | undefined): void => {
    for (const { pos, end } of ranges ?? []) spans.set(pos, end);
  };
  const visit = (node: ts.Node): void => {
    const isText =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (isText && node.getText(file).trim().includes(' ')) spans.set(node.getStart(file), node.end);
    const children = node.getChildren(file);
    children.forEach(visit);
    if (children.length > 0) return;
    note(ts.getLeadingCommentRanges(source, node.pos));
    note(ts.getTrailingCommentRanges(source, node.end));
  };
  visit(file);
  return [...spans].map(([start, end]) => ({
    first: file.getLineAndCharacterOfPosition(start).line + 1,
    lines: source
      .slice(start, end)
      .split(/\r?\n/)
      .map((line) => line.replace(/^\s*\*(?!\/)/, '')),
  }));
}

/** Paragraphs of a Markdown page, without blocks of code. */
export function proseOfPage(page: string): readonly Paragraph[] {
  const found: { first: number; lines: string[] }[] = [];
  let isCode = false;
  let isOpen = false;
  for (const [index, line] of page.split(/\r?\n/).entries()) {
    const isFence = /^\s*(?:```|~~~)/.test(line);
    if (isFence) isCode = !isCode;
    const isText = !isFence && !isCode && line.trim() !== '';
    if (isText && isOpen) found.at(-1)?.lines.push(line);
    else if (isText) found.push({ first: index + 1, lines: [line] });
    isOpen = isText;
  }
  return found;
}

/** Code and addresses are not prose; the length stays, so that places stay. */
function withoutCode(text: string): string {
  return text.replaceAll(/`[^`]*`|https?:\S+/g, (code) => '`'.repeat(code.length));
}

/** Each hard word as `file:line: "pattern" in "…": write …`. */
export function hardWords(path: string, prose: readonly Paragraph[]): readonly string[] {
  return prose.flatMap(({ first, lines }) => {
    const text = withoutCode(lines.map((line) => line.trim()).join(' '));
    return patterns.flatMap(({ name, expression, instead }) =>
      [...text.matchAll(expression)].map(({ index, 0: found }) => {
        const words = text.slice(Math.max(0, index - 30), index + found.length + 30);
        return `${path}:${first + lineAt(lines, index)}: "${name}" in "${words}": write ${instead}`;
      }),
    );
  });
}

/** Index of the line that holds a place of the joined lines. */
function lineAt(lines: readonly string[], place: number): number {
  let end = 0;
  return lines.findIndex((line) => {
    end += line.trim().length + 1;
    return place < end;
  });
}
