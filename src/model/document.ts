/**
 * What Herald says, before it is Markdown, HTML or terminal text. Sections build documents from values; only the
 * renderers know a syntax, so text of strangers can enter a comment in no way but through a renderer's escaping.
 */

/** A symbol that always has words next to it: colour-blind readers and e-mail have only the words. */
export type Icon = 'passed' | 'failed' | 'warning' | 'skipped' | 'flaky' | 'info' | 'running' | 'up' | 'down';

export interface Link {
  readonly kind: 'link';
  readonly url: string;
  readonly children: readonly Inline[];
}

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly children: readonly Inline[] }
  | { readonly kind: 'emphasis'; readonly children: readonly Inline[] }
  | Link
  /**
   * A picture on the project's own server: its address is made of ids and an encoded path, never taken from outside.
   */
  | { readonly kind: 'image'; readonly url: string; readonly alt: string }
  | { readonly kind: 'icon'; readonly icon: Icon }
  /** Notifies that user: only for people who asked for it, and only for a user that GitLab knows. */
  | { readonly kind: 'mention'; readonly username: string }
  | { readonly kind: 'break' };

export interface TableColumn {
  readonly title: readonly Inline[];
  readonly align: 'left' | 'right' | 'center';
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly children: readonly Inline[] }
  | {
      readonly kind: 'paragraph';
      readonly children: readonly Inline[];
      /** How many things it counts that nothing lists, where it does: without it, as many are missing. */
      readonly unlisted?: number;
    }
  | {
      readonly kind: 'table';
      readonly columns: readonly TableColumn[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  | {
      readonly kind: 'details';
      readonly summary: readonly Inline[];
      readonly open: boolean;
      readonly blocks: readonly Block[];
    }
  | { readonly kind: 'codeBlock'; readonly language: string; readonly text: string }
  /**
   * What the commented line, and `linesAbove` before it, should be; in a comment on a diff it can be applied with a
   * click.
   */
  | { readonly kind: 'suggestion'; readonly linesAbove: number; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] };

export type Document = readonly Block[];

/** Plain text, however hostile: every renderer shows it as it is and lets it do nothing. */
export function text(value: string): Inline {
  return { kind: 'text', text: value };
}

/** A name, path or other verbatim text. */
export function code(value: string): Inline {
  return { kind: 'code', text: value };
}

export function strong(...children: readonly Inline[]): Inline {
  return { kind: 'strong', children };
}

export function emphasis(...children: readonly Inline[]): Inline {
  return { kind: 'emphasis', children };
}

/** A link; renderers drop the address, not the words, when it is neither http nor https. */
export function link(url: string, ...children: readonly Inline[]): Link {
  return { kind: 'link', url, children };
}

/** A picture where comments show them; elsewhere a link to it, or its name. */
export function image(url: string, alt: string): Inline {
  return { kind: 'image', url, alt };
}

export function icon(value: Icon): Inline {
  return { kind: 'icon', icon: value };
}

export const lineBreak: Inline = { kind: 'break' };

export function heading(level: 1 | 2 | 3 | 4, ...children: readonly Inline[]): Block {
  return { kind: 'heading', level, children };
}

export function paragraph(...children: readonly Inline[]): Block {
  return { kind: 'paragraph', children };
}

/** The sentence at the end of a list about the rest of it. */
export function restOf(unlisted: number, sentence: string): Block {
  return { kind: 'paragraph', children: [text(sentence)], unlisted };
}

export function codeBlock(value: string, language = ''): Block {
  return { kind: 'codeBlock', language, text: value };
}

export function suggestion(value: string, linesAbove: number): Block {
  return { kind: 'suggestion', linesAbove, text: value };
}

export function list(...items: readonly (readonly Block[])[]): Block {
  return { kind: 'list', ordered: false, items };
}

export function details(summary: readonly Inline[], blocks: readonly Block[], open = false): Block {
  return { kind: 'details', summary, open, blocks };
}
