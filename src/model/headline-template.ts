/** What `{…}` may stand for in the option `headline`, with its meaning for the docs. */
export const placeholders = {
  verdict: 'symbol and word: passed, failed, look at it',
  summary: 'what Herald would say itself',
  gates: 'failed gates',
  tests: 'how many tests pass or fail, and how many failures are new',
  jobs: 'failed jobs',
  findings: 'new findings',
  coverage: 'line coverage and its change',
  pipeline: 'the pipeline, linked',
  commit: 'the commit, linked',
  branch: 'the source branch, or the branch of the pipeline',
} as const;

export type Placeholder = keyof typeof placeholders;

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'placeholder'; readonly name: Placeholder };

function isPlaceholder(name: string): name is Placeholder {
  return Object.hasOwn(placeholders, name);
}

/** Splits a headline template at its placeholders; `unknown` names those that do not exist. `{` elsewhere is text. */
export function parseHeadlineTemplate(template: string): {
  readonly parts: readonly TemplatePart[];
  readonly unknown: readonly string[];
} {
  const parts: TemplatePart[] = [];
  const unknown: string[] = [];
  for (const piece of template.split(/(\{[\w-]{1,40}\})/)) {
    const name = /^\{([\w-]+)\}$/.exec(piece)?.[1];
    if (name === undefined) {
      if (piece !== '') parts.push({ kind: 'text', text: piece });
    } else if (isPlaceholder(name)) parts.push({ kind: 'placeholder', name });
    else unknown.push(name);
  }
  return { parts, unknown };
}
