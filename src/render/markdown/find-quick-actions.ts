/**
 * The lines of a finished Markdown body that some version of GitLab could take for a quick action: any line with a
 * slash and a letter in its first column, wherever it is, and outside fenced code also an indented one.
 * Publishing refuses a body that has any. See `code-fence.ts` for GitLab's rule.
 */
export function findQuickActions(markdown: string): readonly string[] {
  const found: string[] = [];
  let fence: string | null = null;
  // GitLab deletes carriage returns before it looks.
  for (const line of markdown.replaceAll('\r', '').split('\n')) {
    const indented = /^[\s\p{Cf}]*\/\p{L}/u.test(line);
    if (/^\/\p{L}/u.test(line) || (fence === null && indented)) found.push(line);
    fence = fenceAfter(line, fence);
  }
  return found;
}

/** The fence that is open after this line, or null. Containers (`> `, list indentation) may be before it. */
function fenceAfter(line: string, open: string | null): string | null {
  const [whole = '', mark = ''] = /^(?:[ >]|- |\d+\. )*(`{3,}|~{3,})/.exec(line) ?? [];
  if (mark === '') return open;
  const rest = line.slice(whole.length);
  if (open === null) return mark.startsWith('`') && rest.includes('`') ? null : mark;
  const closes = mark.startsWith(open.charAt(0)) && mark.length >= open.length && rest.trim() === '';
  return closes ? null : open;
}
