import { displayWidth } from './display-width.ts';

/**
 * Wraps text at spaces into lines of at most so many columns; a longer word is in a line of its own, uncut, to be
 * copied.
 */
export function wrapText(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const word of text.split(' ')) {
    const wordWidth = displayWidth(word);
    if (line !== '' && width + 1 + wordWidth > columns) {
      lines.push(line);
      line = word;
      width = wordWidth;
    } else {
      width = line === '' ? wordWidth : width + 1 + wordWidth;
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
