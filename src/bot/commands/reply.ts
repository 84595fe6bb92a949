import { code, type Document, details, type Icon, icon, paragraph, text } from '../../model/document.ts';
import type { CommandCall } from './command.ts';
import type { CallState } from './reply-marker.ts';

/** How one call ended. */
export interface CallResult {
  readonly call: CommandCall;
  readonly state: CallState;
  /** The words of the answer; empty while the command runs. */
  readonly answer: Document;
  /** The right that allowed it; null where no right was needed. */
  readonly permission: string | null;
}

const icons: Readonly<Record<CallState, Icon>> = {
  working: 'running',
  done: 'passed',
  refused: 'warning',
  cannot: 'warning',
  failed: 'failed',
};

const words: Readonly<Record<CallState, string>> = {
  working: 'being done',
  done: 'done',
  refused: 'not allowed',
  cannot: 'cannot be done',
  failed: 'failed',
};

const shown = 200;

function cut(value: string): string {
  return value.length > shown ? `${value.slice(0, shown)}…` : value;
}

function resultBlocks({ call, state, answer, permission }: CallResult): Document {
  const head = paragraph(icon(icons[state]), text(' '), code(cut(call.text)), text(` ${words[state]}`));
  const allowed = permission === null ? [] : [paragraph(text(`Allowed as ${permission}.`))];
  return state === 'done' && answer.length > 2
    ? [head, ...answer]
    : [head, ...answer, ...(state === 'done' ? [] : allowed)];
}

export interface ReplyNotice {
  readonly results: readonly CallResult[];
  /** Calls of earlier versions of the comment, with how they ended. */
  readonly earlier: readonly { readonly text: string; readonly state: CallState }[];
  readonly tooMany: boolean;
}

/** The one answer to a comment: a part for each command. */
export function replyDocument({ results, earlier, tooMany }: ReplyNotice): Document {
  const before = earlier.map(({ text: of, state }) =>
    paragraph(icon(icons[state]), text(' '), code(cut(of)), text(` ${words[state]}`)),
  );
  return [
    ...results.flatMap(resultBlocks),
    ...(tooMany
      ? [paragraph(text('A comment can have at most ten commands; the others were not run.'))]
      : []),
    ...(before.length === 0 ? [] : [details([text('Answered before')], before)]),
  ];
}
