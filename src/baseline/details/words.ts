import { type ByteSpace, cutText } from '../byte-space.ts';

/** Texts that many values share, each kept once. */
export interface Words {
  /** The position of a text among `all`; it is added when it is new. */
  positionOf(text: string): number;
  /** What `make` gives, or null and no new texts where those that it added do not fit. */
  ifRoom<T>(make: () => T): T | null;
  all(): string[];
}

/** Starts without any; longer texts than `maxLength` are cut. */
export function createWords(space: ByteSpace, maxLength: number): Words {
  const positions = new Map<string, number>();
  const words: string[] = [];
  return {
    positionOf(text) {
      const known = positions.get(text);
      if (known !== undefined) return known;
      words.push(cutText(text, maxLength));
      positions.set(text, words.length - 1);
      return words.length - 1;
    },
    ifRoom(make) {
      const before = words.length;
      const made = make();
      const added = words.slice(before);
      if (added.length === 0 || space.take(added)) return made;
      words.length = before;
      for (const [text, position] of positions) if (position >= before) positions.delete(text);
      return null;
    },
    all: () => words,
  };
}
