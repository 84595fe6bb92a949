/** Enough of GraphQL to read the questions of a digest: https://spec.graphql.org/October2021/#sec-Language */

export interface Selection {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly fields: readonly Selection[];
}

/** One field of a type. */
export interface Field {
  /** Its value on an object. */
  readonly value: (object: never, args: Selection['args']) => unknown;
  /** Of an object or of the rows of a list; missing = a scalar. */
  readonly type?: string;
  readonly args?: readonly string[];
  /** The values of an argument that is an enumeration. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /**
   * What GitLab charges for it: `gitaly` one more, `resolver` as much again for 100 rows as
   * `app/graphql/types/base_field.rb` and `app/graphql/resolvers/base_resolver.rb` say.
   */
  readonly cost?: 'gitaly' | 'resolver' | 'resolver-sorted' | 'resolver-by-iids';
}

export type Schema = Readonly<Record<string, Readonly<Record<string, Field>>>>;

/** Throws for what is not a query. */
export function parseQuery(text: string): readonly Selection[] {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*|-?\d+|[{}()[\]:]/g) ?? [];
  let at = 0;
  const take = (): string => {
    at += 1;
    return tokens[at - 1] ?? '';
  };
  const expect = (wanted: string): void => {
    const found = take();
    if (found !== wanted) throw new Error(`Expected ${wanted}, got ${found}`);
  };
  const value = (): unknown => {
    const token = take();
    if (token === '[') {
      const list: unknown[] = [];
      while (tokens[at] !== ']') list.push(value());
      expect(']');
      return list;
    }
    return /^["\d-]/.test(token) ? JSON.parse(token) : token;
  };
  const args = (): Record<string, unknown> => {
    const all: Record<string, unknown> = {};
    if (tokens[at] !== '(') return all;
    expect('(');
    while (tokens[at] !== ')') {
      const name = take();
      expect(':');
      all[name] = value();
    }
    expect(')');
    return all;
  };
  const fields = (): Selection[] => {
    const all: Selection[] = [];
    if (tokens[at] !== '{') return all;
    expect('{');
    while (tokens[at] !== '}') {
      if (at >= tokens.length) throw new Error('Unexpected end of document');
      all.push({ name: take(), args: args(), fields: fields() });
    }
    expect('}');
    return all;
  };
  const all = fields();
  if (at !== tokens.length) throw new Error(`Unexpected ${tokens[at] ?? ''}`);
  return all;
}

/** The first field or argument that a type lacks, in GitLab's words; null where all are there. */
export function unknownIn(fields: readonly Selection[], type: string, schema: Schema): string | null {
  for (const { name, args, fields: inner } of fields) {
    const field = schema[type]?.[name];
    if (field === undefined) return `Field '${name}' doesn't exist on type '${type}'`;
    const arg = Object.keys(args).find((one) => !(field.args ?? []).includes(one));
    if (arg !== undefined) return `Field '${name}' doesn't accept argument '${arg}'`;
    const wrong = Object.entries(field.values ?? {}).find(
      ([one, values]) => one in args && !values.includes(String(args[one])),
    );
    if (wrong !== undefined) return `Argument '${wrong[0]}' on Field '${name}' has an invalid value`;
    if (field.type === undefined ? inner.length > 0 : inner.length === 0)
      return `Field '${name}' has the wrong selection`;
    const found = field.type === undefined ? null : unknownIn(inner, field.type, schema);
    if (found !== null) return found;
  }
  return null;
}

/** As GitLab counts it before it runs a query. */
export function complexityOf(fields: readonly Selection[], type: string, schema: Schema): number {
  return fields.reduce((sum, { name, args, fields: inner }) => {
    const { type: of, cost } = schema[type]?.[name] ?? {};
    const own = 1 + (of === undefined ? 0 : complexityOf(inner, of, schema)) + Number(cost === 'gitaly');
    // Merge requests are sorted, which costs one; of those that are named, the rows cost nothing.
    if (cost === 'resolver-by-iids') return sum + own + 1;
    // Sorting costs one: `resolver_complexity` of `app/graphql/resolvers/base_resolver.rb`.
    const whole = own + Number(cost === 'resolver-sorted');
    const rows = typeof args['first'] === 'number' ? args['first'] : 100;
    const isList = cost === 'resolver' || cost === 'resolver-sorted';
    return sum + (isList ? Math.trunc(whole * (1 + Math.min(rows, 100) * 0.01)) : whole);
  }, 0);
}

/** What a query gives of an object. */
export function resolve(
  object: unknown,
  fields: readonly Selection[],
  on: { readonly type: string; readonly schema: Schema },
): unknown {
  if (object === null || object === undefined) return null;
  if (Array.isArray(object)) return object.map((one) => resolve(one, fields, on));
  const { type, schema } = on;
  return Object.fromEntries(
    fields.map(({ name, args, fields: inner }) => {
      const field = schema[type]?.[name];
      const value = field?.value(object as never, args);
      const of = field?.type;
      return [name, of === undefined ? (value ?? null) : resolve(value, inner, { type: of, schema })];
    }),
  );
}

export interface Connection {
  /** Of all pages, whatever the user may see of them. */
  readonly count: number;
  readonly nodes: readonly unknown[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/**
 * The rows of a page: at most 100, from behind a cursor on; of these, GitLab leaves out what the user may not see.
 * Sources: https://docs.gitlab.com/api/graphql/#pagination, `lib/gitlab/graphql/authorize/connection_filter_extension.rb`
 */
export function connection<Row>(
  rows: readonly Row[],
  { first, after }: Selection['args'],
  isVisible: (row: Row) => boolean = () => true,
): Connection {
  const start = typeof after === 'string' ? Number(Buffer.from(after, 'base64').toString()) : 0;
  const end = start + Math.min(typeof first === 'number' ? first : 100, 100);
  return {
    count: rows.length,
    nodes: rows.slice(start, end).filter(isVisible),
    hasNextPage: end < rows.length,
    endCursor: Buffer.from(String(end)).toString('base64'),
  };
}
