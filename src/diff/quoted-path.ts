const escapes: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  '\\': 92,
};

const backslash = 92;

/**
 * A path as git writes it: in double quotes with C escapes and the octal bytes of its UTF-8 when it holds anything
 * unusual, else as it is. Source: https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath
 */
export function unquotedPath(written: string): string {
  if (written.length < 2 || !written.startsWith('"') || !written.endsWith('"')) return written;
  const bytes: number[] = [];
  for (const [part, octal, letter] of written.slice(1, -1).matchAll(/\\([0-3][0-7]{2})|\\(.?)|[^\\]+/gs)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (letter !== undefined) bytes.push(escapes[letter] ?? backslash);
    else bytes.push(...Buffer.from(part, 'utf8'));
  }
  return Buffer.from(bytes).toString('utf8');
}

/**
 * The two paths of `a/old b/new` behind `diff --git`; null when they cannot be separated. Both are the same but for
 * renames.
 */
export function pathsOfHeader(rest: string): { readonly oldPath: string; readonly newPath: string } | null {
  const quoted =
    /^("(?:[^"\\]|\\.)*"|\S+) ("(?:[^"\\]|\\.)*")$/.exec(rest) ?? /^("(?:[^"\\]|\\.)*") (.+)$/.exec(rest);
  if (quoted?.[1] !== undefined && quoted[2] !== undefined)
    return {
      oldPath: withoutPrefix(unquotedPath(quoted[1])),
      newPath: withoutPrefix(unquotedPath(quoted[2])),
    };
  // Unquoted paths may hold spaces: without a rename both halves are equal but for their first letter.
  const middle = (rest.length - 1) / 2;
  const [one, other] = [rest.slice(0, middle), rest.slice(middle + 1)];
  if (Number.isInteger(middle) && rest.charAt(middle) === ' ' && withoutPrefix(one) === withoutPrefix(other))
    return { oldPath: withoutPrefix(one), newPath: withoutPrefix(other) };
  const [, oldPath, newPath] = /^(\S+) (\S+)$/.exec(rest) ?? [];
  return oldPath === undefined || newPath === undefined
    ? null
    : { oldPath: withoutPrefix(oldPath), newPath: withoutPrefix(newPath) };
}

/** `a/src/x.ts` → `src/x.ts`; git uses other single letters with `diff.mnemonicPrefix`. */
export function withoutPrefix(path: string): string {
  return path.replace(/^[a-z]\//, '');
}
