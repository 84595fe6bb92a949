/** English words that are no German ones. */
const english =
  /(?<![\p{L}\d_-])(?:the|of|is|are|were|and|or|not|no|with|without|that|this|has|have|for|to|from|be|by|it|its|at|on|more|new|could|fails?|failed|found|read|report was|longer|fix|check|let)(?![\p{L}\d_-])/giu;

/** The English words in a text that should be German. */
export function englishIn(text: string): readonly string[] {
  return text.match(english) ?? [];
}
