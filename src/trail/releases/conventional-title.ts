/** A title as https://www.conventionalcommits.org/en/v1.0.0/ has it. */
export interface ConventionalTitle {
  /** In lower case; null for other titles. */
  readonly type: string | null;
  readonly scope: string | null;
  readonly breaking: boolean;
  /** The rest, without type and scope. */
  readonly words: string;
}

const pattern = /^([A-Za-z][A-Za-z0-9-]{0,30})(?:\(([^()]{1,100})\))?(!?): +(\S[^]*)$/;

export function conventionalTitle(title: string): ConventionalTitle {
  const [, type, scope, mark, words] = pattern.exec(title) ?? [];
  if (type === undefined || words === undefined)
    return { type: null, scope: null, breaking: false, words: title };
  return { type: type.toLowerCase(), scope: scope ?? null, breaking: mark === '!', words };
}

/** Whether a message has the footer by which a change says that it breaks something. */
export function hasBreakingFooter(message: string): boolean {
  return /^BREAKING[ -]CHANGE: /m.test(message);
}
