/** Where the value of an option came from. */
export type Origin =
  | { readonly kind: 'flag'; readonly name: string }
  | { readonly kind: 'arguments' }
  | { readonly kind: 'variable'; readonly name: string }
  /** An input of the component, which the job passes in a variable. */
  | { readonly kind: 'input'; readonly name: string; readonly variable: string }
  | { readonly kind: 'file'; readonly path: string; readonly line: number; readonly column: number }
  | { readonly kind: 'default' };

/** By the option's key. */
export type Provenance = Readonly<Record<string, Origin>>;

/** `--fail-on`, `HERALD_FAIL_ON`, `input fail-on (HERALD_FAIL_ON)`, `.herald.yml:3`, or `default`. */
export function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'flag':
      return origin.name;
    case 'variable':
      return origin.name;
    case 'input':
      return `input ${origin.name} (${origin.variable})`;
    case 'file':
      return `${origin.path}:${origin.line}`;
    case 'arguments':
    case 'default':
      return origin.kind;
  }
}
