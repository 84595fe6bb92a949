import * as z from 'zod';
import { type Block, type Document, type Inline, text } from '../../model/document.ts';
import type { FactName, Facts } from '../../model/facts.ts';
import { nearest } from '../../model/nearest.ts';
import { parseMarkdown } from '../../render/markdown/parse-markdown.ts';
import type { Occurrence } from '../occurrence.ts';
import type { Placeholder } from './placeholder.ts';
import { placeholders } from './placeholders.ts';

const maxTemplate = 10_000;
const pattern = /(\{@?[a-z][a-z-]{0,39}\})/;
/** Replaces an escaped brace while the Markdown is read; a private-use character, which has no meaning in texts. */
const brace = '\uE000';

interface Filling {
  readonly occurrence: Occurrence;
  readonly facts: Facts;
  readonly rule: string;
}

function placeholderOf(piece: string): Placeholder | null {
  const name = /^\{(@?[a-z-]+)\}$/.exec(piece)?.[1];
  return name !== undefined && Object.hasOwn(placeholders, name) ? (placeholders[name] ?? null) : null;
}

function unescaped(value: string): string {
  return value.replaceAll(brace, '{');
}

/** The words of a value, for places that allow only text: a title, a code span, an address. */
function filledText(template: string, { occurrence, facts, rule }: Filling): string {
  return template
    .split(pattern)
    .map((piece) => placeholderOf(piece)?.text(facts, { occurrence, rule }) ?? unescaped(piece))
    .join('');
}

function filledWords(template: string, { facts, ...scene }: Filling): readonly Inline[] {
  return template.split(pattern).flatMap((piece): readonly Inline[] => {
    if (piece === '') return [];
    const found = placeholderOf(piece);
    return found === null ? [text(unescaped(piece))] : found.inline(facts, scene);
  });
}

function filledInlines(inlines: readonly Inline[], filling: Filling): readonly Inline[] {
  return joinedTexts(inlines).flatMap((inline): readonly Inline[] => {
    switch (inline.kind) {
      case 'text':
        return filledWords(inline.text, filling);
      case 'code':
        return [{ ...inline, text: filledText(inline.text, filling) }];
      case 'strong':
      case 'emphasis':
        return [{ ...inline, children: filledInlines(inline.children, filling) }];
      case 'link':
        return [
          {
            kind: 'link',
            url: filledText(inline.url, filling),
            children: joinedTexts(inline.children).map((child) =>
              child.kind === 'text' || child.kind === 'code'
                ? { ...child, text: filledText(child.text, filling) }
                : child,
            ),
          },
        ];
      case 'icon':
      case 'image':
      case 'mention':
      case 'break':
        return [inline];
    }
  });
}

/** The reader of Markdown cuts texts at characters that could have meant something. */
function joinedTexts(inlines: readonly Inline[]): readonly Inline[] {
  const joined: Inline[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (inline.kind === 'text' && last?.kind === 'text')
      joined[joined.length - 1] = text(last.text + inline.text);
    else joined.push(inline);
  }
  return joined;
}

/** The block with every stretch of inline content and every code block put through. */
function mapped(
  block: Block,
  inlines: (all: readonly Inline[]) => readonly Inline[],
  verbatim: (value: string) => string,
): Block {
  const inside = (blocks: readonly Block[]): readonly Block[] =>
    blocks.map((inner) => mapped(inner, inlines, verbatim));
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return { ...block, children: inlines(block.children) };
    case 'table':
      return {
        ...block,
        columns: block.columns.map((column) => ({ ...column, title: inlines(column.title) })),
        rows: block.rows.map((cells) => cells.map(inlines)),
      };
    case 'list':
      return { ...block, items: block.items.map(inside) };
    case 'details':
      return { ...block, summary: inlines(block.summary), blocks: inside(block.blocks) };
    case 'quote':
      return { ...block, blocks: inside(block.blocks) };
    case 'codeBlock':
    case 'suggestion':
      return { ...block, text: verbatim(block.text) };
  }
}

/** Names of placeholders in a text, and of what looks like one. */
function namesIn(value: string): readonly string[] {
  return value.split(pattern).flatMap((piece) => /^\{(@?[a-z-]+)\}$/.exec(piece)?.[1] ?? []);
}

/** Names in words, where an unknown one is a mistake, and in code, where braces may be just braces. */
interface Names {
  readonly words: Set<string>;
  readonly code: Set<string>;
  /** An address that is only in part a placeholder. */
  readonly partial: Set<string>;
}

function gather(inlines: readonly Inline[], names: Names): void {
  for (const inline of joinedTexts(inlines)) {
    if (inline.kind === 'text') for (const name of namesIn(inline.text)) names.words.add(name);
    if (inline.kind === 'code') for (const name of namesIn(inline.text)) names.code.add(name);
    if (inline.kind === 'link' && namesIn(inline.url).length > 0) {
      if (/^\{[a-z-]+\}$/.test(inline.url)) names.words.add(inline.url.slice(1, -1));
      else names.partial.add(inline.url);
    }
    if ('children' in inline) gather(inline.children, names);
  }
}

function namesOf(document: Document): Names {
  const names: Names = { words: new Set(), code: new Set(), partial: new Set() };
  const visit = (inlines: readonly Inline[]): readonly Inline[] => {
    gather(inlines, names);
    return inlines;
  };
  const visitCode = (value: string): string => {
    for (const name of namesIn(value)) names.code.add(name);
    return value;
  };
  for (const block of document) mapped(block, visit, visitCode);
  return names;
}

function isKnown(name: string): boolean {
  return Object.hasOwn(placeholders, name);
}

function problemWith(names: Pick<Names, 'words' | 'partial'>): string | null {
  const [partial] = names.partial;
  if (partial !== undefined) return `a placeholder must be the whole address, not a part of it: ${partial}`;
  const wrong = [...names.words].find((name) => !isKnown(name));
  if (wrong === undefined) return null;
  const meant = nearest(wrong, Object.keys(placeholders));
  const hint = meant === null ? 'docs/reference/rules.md lists them.' : `did you mean {${meant}}?`;
  return `unknown placeholder {${wrong}}; ${hint} A backslash before the brace makes it text`;
}

function needsOf(names: Iterable<string>): readonly FactName[] {
  return [...new Set([...names].flatMap((name) => (isKnown(name) ? (placeholders[name]?.needs ?? []) : [])))];
}

/** A text of the maintainers with values put in. */
export interface Template<Made> {
  readonly needs: readonly FactName[];
  fill(occurrence: Occurrence, facts: Facts, rule: string): Made;
}

const written = z.lazy(() =>
  z
    .string()
    .min(1, 'an empty text says nothing')
    .max(maxTemplate, `a text of at most ${maxTemplate} characters`),
);

/**
 * A comment: Markdown as in the option `append`, that is without HTML, images and quick actions. Values are put into
 * the document, after the Markdown was read: they cannot become syntax, and only mention placeholders can mention
 * people.
 */
export const documentTemplate = z.lazy(() =>
  written.transform((source, context): Template<Document> => {
    const document = parseMarkdown(source.replaceAll('\\{', brace));
    const names = namesOf(document);
    const problem = problemWith(names);
    if (problem !== null) {
      context.addIssue({ code: 'custom', message: problem });
      return z.NEVER;
    }
    return {
      needs: needsOf([...names.words, ...names.code]),
      fill: (occurrence, facts, rule) => {
        const filling = { occurrence, facts, rule };
        return document.map((block) =>
          mapped(
            block,
            (inlines) => filledInlines(inlines, filling),
            (value) => filledText(value, filling),
          ),
        );
      },
    };
  }),
);

/** One line without any syntax: a title, a description of a status. */
export function lineTemplate(maxLength: number): z.ZodType<Template<string>, string> {
  return written.transform((source, context): Template<string> => {
    const escaped = source.replaceAll('\\{', brace);
    const words = new Set(namesIn(escaped));
    const problem = problemWith({ words, partial: new Set() });
    if (problem !== null) {
      context.addIssue({ code: 'custom', message: problem });
      return z.NEVER;
    }
    return {
      needs: needsOf(words),
      fill: (occurrence, facts, rule) =>
        filledText(escaped, { occurrence, facts, rule })
          .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
          .trim()
          .slice(0, maxLength),
    };
  });
}
