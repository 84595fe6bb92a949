import { visibleLine } from '../words/visible-text.ts';
import { isRiskyToken, longestWord } from './risky-token.ts';

/** A stretch of text: plain, or one that does nothing only inside a code span. */
export interface Piece {
  readonly kind: 'plain' | 'code';
  readonly text: string;
}

const outerPunctuation = /^([("'“‘«]*)(.*?)([.,;:!?)"'”’»]*)$/su;

/**
 * Where an address ends that GitLab's parser links: at white space of ASCII and at no other (`isspace` in
 * `src/ctype.rs` of kivikakk/comrak). Words that any other space divides are one word here, and share their code span.
 */
const wordEnd = /([ \t\n\v\f\r]+)/;

/**
 * Splits one line of text into plain stretches and words that need a code span, which sentence punctuation stays out
 * of. At the start of a line a word with a leading slash is one of them: it could be a quick action.
 */
export function safePieces(value: string, startsLine: boolean): readonly Piece[] {
  // Trimmed after what is invisible is gone: it may hide a space, and the space a slash.
  const line = startsLine ? visibleLine(value).trimStart() : visibleLine(value);
  const pieces: Piece[] = [];
  for (const [index, token] of line.split(wordEnd).entries()) {
    const startsWithSlash = startsLine && index === 0 && token.startsWith('/');
    if (startsWithSlash || isRiskyToken(token))
      pieces.push(...withoutOuterPunctuation(token, startsWithSlash));
    else pieces.push({ kind: 'plain', text: token });
  }
  return joined(pieces);
}

function withoutOuterPunctuation(token: string, startsWithSlash: boolean): readonly Piece[] {
  if (token.length > longestWord) return [{ kind: 'code', text: token }];
  const [, before = '', core = token, after = ''] = outerPunctuation.exec(token) ?? [];
  if (!startsWithSlash && !isRiskyToken(core)) return [{ kind: 'code', text: token }];
  return [
    { kind: 'plain', text: before },
    { kind: 'code', text: core },
    { kind: 'plain', text: after },
  ];
}

/** Merges neighbours: two code spans without a character between them would become one in Markdown anyway. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    if (piece.text === '') continue;
    const last = result.at(-1);
    const gap = last?.kind === 'plain' && last.text === ' ' ? result.at(-2) : undefined;
    if (last?.kind === piece.kind) {
      result[result.length - 1] = { kind: piece.kind, text: last.text + piece.text };
    } else if (piece.kind === 'code' && gap?.kind === 'code') {
      result.splice(-2, 2, { kind: 'code', text: `${gap.text} ${piece.text}` });
    } else {
      result.push(piece);
    }
  }
  return result;
}
