import type { Token } from 'markdown-it';
import {
  type Block,
  codeBlock,
  type Document,
  heading,
  type Inline,
  strong,
  type TableColumn,
  text,
} from '../../../model/document.ts';
import { BlockBuilder } from './block-builder.ts';
import { htmlPieces } from './html-pieces.ts';
import { inlinesOfTokens } from './inlines-of-tokens.ts';

interface Table {
  readonly columns: TableColumn[];
  readonly rows: (readonly Inline[])[][];
}

/** A list, a table or a heading while it is read. */
interface Reading {
  readonly blocks: BlockBuilder;
  /** The items of the lists that are open, the innermost last. */
  readonly lists: (readonly Block[])[][];
  table: Table | null;
  level: number | null;
  cell: 'th' | 'td' | null;
  align: TableColumn['align'];
  /** In an item before its first block. */
  isItemStart: boolean;
}

type Handler = (reading: Reading, token: Token) => void;

/** The comment's own headings are of level 3 and 4: those of a text are below them. */
function addHeading({ blocks, level }: Reading, inlines: readonly Inline[]): void {
  if (inlines.length === 0) return;
  if (level !== null && level <= 2) blocks.add(heading(4, ...inlines));
  else blocks.addParagraph([strong(...inlines)]);
}

/** A box at the start of an item: https://docs.gitlab.com/user/markdown/#task-lists */
function withBox(inlines: readonly Inline[]): readonly Inline[] {
  const [first, ...rest] = inlines;
  const [box, mark] = first?.kind === 'text' ? (/^\[(\S| )\](?=\s)/u.exec(first.text) ?? []) : [];
  if (first?.kind !== 'text' || box === undefined) return inlines;
  return [text((mark === ' ' ? '☐' : '☑') + first.text.slice(box.length)), ...rest];
}

const onInline: Handler = (reading, token) => {
  const inlines = inlinesOfTokens(token.children ?? []);
  const { blocks, table, cell, isItemStart } = reading;
  reading.isItemStart = false;
  if (cell === 'th') table?.columns.push({ title: inlines, align: reading.align });
  else if (cell === 'td') table?.rows.at(-1)?.push(inlines);
  else if (reading.level !== null) addHeading(reading, inlines);
  else blocks.addParagraph(isItemStart ? withBox(inlines) : inlines);
};

const onContainer: Handler = ({ blocks }) => {
  blocks.open();
};

const onQuoteEnd: Handler = ({ blocks }) => {
  const inner = blocks.close();
  blocks.add({ kind: 'quote', blocks: inner });
};

const onList: Handler = ({ lists }) => {
  lists.push([]);
};

const onListEnd: Handler = ({ blocks, lists }, { type }) => {
  blocks.add({ kind: 'list', ordered: type === 'ordered_list_close', items: lists.pop() ?? [] });
};

const onCode: Handler = ({ blocks }, { content, info }) => {
  const language = /^[\w+#.-]{1,30}/.exec(info.trim())?.[0] ?? '';
  blocks.add(codeBlock(content.replace(/\n$/, ''), language));
};

const onHtml: Handler = ({ blocks }, { content }) => {
  for (const piece of htmlPieces(content)) {
    if (piece.kind === 'open') blocks.openFold([text(piece.summary)], piece.isOpen);
    else if (piece.kind === 'close') blocks.closeFold();
    else blocks.addParagraph(piece.inlines);
  }
};

const aligns: Readonly<Record<string, TableColumn['align']>> = {
  'text-align:center': 'center',
  'text-align:right': 'right',
};

const onCell: Handler = (reading, token) => {
  reading.cell = token.tag === 'th' ? 'th' : 'td';
  reading.align = aligns[String(token.attrGet('style'))] ?? 'left';
};

/** By the type of a token; what is not here needs nothing done. */
const handlers: Readonly<Record<string, Handler>> = {
  inline: onInline,
  heading_open: (reading, { tag }) => {
    reading.level = Number(tag.slice(1));
  },
  heading_close: (reading) => {
    reading.level = null;
  },
  blockquote_open: onContainer,
  blockquote_close: onQuoteEnd,
  multiline_quote_open: onContainer,
  multiline_quote_close: onQuoteEnd,
  bullet_list_open: onList,
  ordered_list_open: onList,
  bullet_list_close: onListEnd,
  ordered_list_close: onListEnd,
  list_item_open: (reading) => {
    reading.blocks.open();
    reading.isItemStart = true;
  },
  list_item_close: ({ blocks, lists }) => {
    lists.at(-1)?.push(blocks.close());
  },
  description_open: onContainer,
  description_close: ({ blocks }) => {
    const inner = blocks.close();
    blocks.add({ kind: 'list', ordered: false, items: [inner] });
  },
  footnote_open: ({ blocks }, { meta }) => {
    blocks.beginWith(`[^${String(meta?.['name'])}]: `);
  },
  fence: onCode,
  code_block: onCode,
  html_block: onHtml,
  too_deep: ({ blocks }, { content }) => {
    blocks.addParagraph([text(content.replace(/\s+/g, ' ').trim())]);
  },
  table_open: (reading) => {
    reading.table = { columns: [], rows: [] };
  },
  table_close: (reading) => {
    if (reading.table !== null) reading.blocks.add({ kind: 'table', ...reading.table });
    reading.table = null;
  },
  tr_open: ({ table }) => {
    if (table !== null && table.columns.length > 0) table.rows.push([]);
  },
  th_open: onCell,
  td_open: onCell,
  th_close: (reading) => {
    reading.cell = null;
  },
  td_close: (reading) => {
    reading.cell = null;
  },
};

/** A document from the tokens of `markdownTokens`. */
export function blocksOfTokens(tokens: readonly Token[]): Document {
  const blocks = new BlockBuilder();
  const reading: Reading = {
    blocks,
    lists: [],
    table: null,
    level: null,
    cell: null,
    align: 'left',
    isItemStart: false,
  };
  for (const token of tokens) handlers[token.type]?.(reading, token);
  return blocks.close();
}
