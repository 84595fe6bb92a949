import { type Inline, lineBreak, text } from '../../../model/document.ts';

/** What of a block of HTML means something in a comment of ours: folds; anything else is text. */
export type HtmlPiece =
  | { readonly kind: 'open'; readonly summary: string; readonly isOpen: boolean }
  | { readonly kind: 'close' }
  | { readonly kind: 'text'; readonly inlines: readonly Inline[] };

/** No two of the parts can begin at the same place, and each is short or ends at its first possible end. */
const piece =
  /<!--|<details(?<attributes>\s[^<>]{0,200})?>\s{0,100}<summary>(?<summary>[^<]{0,1000}(?:<(?!\/summary>)[^<]{0,1000}){0,20})<\/summary>|<\/details\s*>|<br ?\/?>/giu;

/** Lines of a text as one, with what breaks it. */
function words(source: string): readonly Inline[] {
  const line = source.replace(/\s+/g, ' ');
  return line.trim() === '' ? [] : [text(line)];
}

/** The pieces of a block of HTML in order. A fold needs its summary; comments, which GitLab does not show, are gone. */
export function htmlPieces(html: string): readonly HtmlPiece[] {
  const pieces: HtmlPiece[] = [];
  let inlines: Inline[] = [];
  const flush = (): void => {
    if (inlines.some(({ kind }) => kind === 'text')) pieces.push({ kind: 'text', inlines });
    inlines = [];
  };
  piece.lastIndex = 0;
  let from = 0;
  for (let found = piece.exec(html); found !== null; found = piece.exec(html)) {
    const [mark] = found;
    inlines.push(...words(html.slice(from, found.index)));
    if (mark === '<!--') {
      const end = html.indexOf('-->', found.index + 2);
      piece.lastIndex = end === -1 ? html.length : end + 3;
    } else if (mark.startsWith('<br')) inlines.push(lineBreak);
    else {
      flush();
      pieces.push(foldPiece(found.groups));
    }
    from = piece.lastIndex;
  }
  inlines.push(...words(html.slice(from)));
  flush();
  return pieces;
}

function foldPiece(groups: Readonly<Record<string, string | undefined>> | undefined): HtmlPiece {
  const summary = groups?.['summary'];
  if (summary === undefined) return { kind: 'close' };
  return { kind: 'open', summary, isOpen: /^\s+open(?![\w-])/i.test(groups?.['attributes'] ?? '') };
}
