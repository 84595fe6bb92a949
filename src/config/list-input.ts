import { UsageError } from '../errors.ts';

/** How the component marks a list: GitLab puts the input's text behind it. */
const mark = 'list:';

/** Whether a variable holds a list as the component writes it. */
export function isListInput(text: string): boolean {
  return text.startsWith(mark);
}

/**
 * A text in double quotes, with the two escapes that mean one thing only; or a number. Ruby escapes `#` before `{$@`.
 */
const item = /^(?:"(?<text>(?:[^"\\]|\\"|\\#(?=[{$@]))*)"|(?<number>-?\d{1,15}(?:\.\d{1,15})?))/;

/**
 * The items of a list that came through an input of type `array`. GitLab writes such an input into a larger text as
 * Ruby shows a list (`["a", "b"]`), and halves its backslashes on the way (`String#gsub` with a text as replacement);
 * tools that imitate GitLab write JSON. So a backslash has no certain meaning: only `\"` and `\#` are taken, and
 * everything else is refused instead of being read as something else. Items stay whole: commas in them separate
 * nothing.
 *
 * Throws `UsageError` that names the variable `where`.
 *
 * Source: lib/gitlab/ci/config/interpolation/template.rb of GitLab.
 */
export function itemsOfListInput(text: string, where: string): readonly string[] {
  let rest = text.slice(mark.length).trim();
  const fail = (): never => {
    throw new UsageError(
      `${where} holds a list that cannot be read. A component's list takes texts without backslashes and line breaks`,
      { hint: 'set the option in .herald.yml instead' },
    );
  };
  if (!rest.startsWith('[') || !rest.endsWith(']')) return fail();
  rest = rest.slice(1, -1).trim();
  const items: string[] = [];
  while (rest !== '') {
    const match = item.exec(rest);
    if (match === null) return fail();
    items.push(match.groups?.['number'] ?? (match.groups?.['text'] ?? '').replace(/\\(["#])/g, '$1'));
    rest = rest.slice(match[0].length).trimStart();
    if (rest === '') break;
    if (!rest.startsWith(',')) return fail();
    rest = rest.slice(1).trimStart();
    if (rest === '') return fail();
  }
  return items.map((entry) => entry.trim()).filter((entry) => entry !== '');
}
