import type { BotAction } from '../../model/bot-write.ts';
import { code, type Document, type Inline, paragraph, text } from '../../model/document.ts';
import type { CommandOutcome } from './command.ts';

/** Words and values of one sentence: the template holds our own words, values are shown as code. */
export function sentence(strings: TemplateStringsArray, ...values: readonly (string | number)[]): Document {
  const inlines = strings.flatMap((words, index): readonly Inline[] => {
    const value = values[index];
    return value === undefined ? [text(words)] : [text(words), code(String(value))];
  });
  return [paragraph(...inlines)];
}

/** Does it, and answers. */
export function act(answer: Document, ...actions: readonly BotAction[]): CommandOutcome {
  return { kind: 'act', actions, answer };
}

/** The command cannot be done. */
export function cannot(answer: Document): CommandOutcome {
  return { kind: 'cannot', answer };
}

/** The usage of the command, when its words do not fit. */
export function usageOf({ usage }: { readonly usage: string }): CommandOutcome {
  return cannot(sentence`Usage: ${usage}.`);
}
