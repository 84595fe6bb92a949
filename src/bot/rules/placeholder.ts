import { code, type Inline, link, text } from '../../model/document.ts';
import type { FactName, Facts } from '../../model/facts.ts';
import type { Occurrence } from '../occurrence.ts';

export interface Scene {
  readonly occurrence: Occurrence;
  readonly rule: string;
}

/** The meaning of `{name}` in a text of a rule. */
export interface Placeholder {
  /** For the docs. */
  readonly meaning: string;
  readonly needs: readonly FactName[];
  /** As it is shown in a comment. */
  inline(facts: Facts, scene: Scene): readonly Inline[];
  /** As plain words: in titles, in code, as an address. Empty when there is nothing to say. */
  text(facts: Facts, scene: Scene): string;
}

type Words = (facts: Facts, scene: Scene) => string;

const maxListed = 20;

/** Shown as words, as they are. */
export function words(meaning: string, value: Words, needs: readonly FactName[] = []): Placeholder {
  return { meaning, needs, text: value, inline: (facts, scene) => [text(value(facts, scene))] };
}

/** Names and other verbatim values are shown as code. */
export function name(meaning: string, value: Words, needs: readonly FactName[] = []): Placeholder {
  return {
    meaning,
    needs,
    text: value,
    inline: (facts, scene) => {
      const shown = value(facts, scene);
      return shown === '' ? [] : [code(shown)];
    },
  };
}

/** Shown as a link by its name. */
export function linked(
  meaning: string,
  {
    words: value,
    url,
    needs = [],
  }: { readonly words: Words; readonly url: Words; readonly needs?: readonly FactName[] },
): Placeholder {
  return {
    meaning,
    needs,
    text: value,
    inline: (facts, scene) => {
      const shown = value(facts, scene);
      const address = url(facts, scene);
      if (shown === '') return [];
      return [address === '' ? code(shown) : link(address, code(shown))];
    },
  };
}

/** Parts with commas between them, at most 20. */
export function separated(parts: readonly (Inline | readonly Inline[])[]): readonly Inline[] {
  const some = parts
    .slice(0, maxListed)
    .flatMap((part, index) => (index === 0 ? [part] : [text(', '), part]))
    .flat();
  const more = parts.length - maxListed;
  return more > 0 ? [...some, text(` and ${more} more`)] : some;
}

/** The same as words. */
export function listed(values: readonly string[]): string {
  const more = values.length - maxListed;
  return `${values.slice(0, maxListed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
