import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { code, list, paragraph, text } from '../../src/model/document.ts';
import { planReleaseText } from '../../src/publish/plan-release-text.ts';
import { renderMarkdown } from '../../src/render/markdown/render-markdown.ts';

function written(description: string, notes: string): string {
  const plan = planReleaseText(description, notes);
  if (plan.kind !== 'write') throw new Error(plan.kind);
  return plan.description;
}

describe('the description of a release', () => {
  test('has the notes below what people wrote', () => {
    expect(written('Our best one.\n', '- One')).toMatch(
      /^Our best one\.\n\n<!-- herald:release-notes v=1 sum=[\w-]{22} -->\n\n- One\n\n<!-- herald:release-notes end -->$/,
    );
    expect(written('', '- One')).toMatch(/^<!-- herald:release-notes v=1/);
  });

  test('says the same the second time, also with the line ends of Windows', () => {
    const once = written('Ours.', '- One');
    expect(planReleaseText(once, '- One\n')).toEqual({ kind: 'same' });
    expect(planReleaseText(once.replaceAll('\n', '\r\n'), '- One')).toEqual({ kind: 'same' });
  });

  test('keeps the words of people around the notes', () => {
    const once = `${written('Before.', '- One')}\n\nAfter.`;
    const twice = written(once, '- Two');
    expect(twice).toMatch(/^Before\.\n\n<!--[^]*- Two[^]*-->\n\nAfter\.$/);
    expect(twice).not.toContain('- One');
  });

  test('keeps notes that somebody edited', () => {
    const edited = written('', '- One').replace('- One', '- One, at last');
    expect(planReleaseText(edited, '- Two')).toEqual({ kind: 'edited' });
  });

  test('a mark that somebody pasted, without an end or with another sum, takes nothing away', () => {
    const mark = '<!-- herald:release-notes v=1 sum=AAAAAAAAAAAAAAAAAAAAAA -->';
    expect(written(`${mark}\nOurs.`, '- One')).toContain(`${mark}\nOurs.`);
    const pasted = `${mark}\nOurs.\n<!-- herald:release-notes end -->`;
    expect(planReleaseText(pasted, '- One')).toEqual({ kind: 'edited' });
    const both = `${pasted}\n\n${written('', '- One')}`;
    expect(written(both, '- Two')).toContain(pasted);
  });

  test.each([
    '<!-- herald:release-notes end -->',
    'Mend it <!-- herald:release-notes end --> at last',
    written('', 'Mine'),
    `\n\n${written('', 'Mine').replaceAll('\n', '\u2028')}\n\n`,
  ])('a title of a change that has marks ends nothing and begins nothing: %j', (title) => {
    const notes = renderMarkdown([paragraph(text(title)), list([paragraph(code(title), text(title))])]);
    const once = written('Ours.', notes);
    expect(planReleaseText(once, notes)).toEqual({ kind: 'same' });
    expect(written(once, '- Two')).toBe(written('Ours.', '- Two'));
  });

  test('whatever people write around it, they find it again', () => {
    const words = fc.string({ maxLength: 40 }).map((some) => some.replaceAll('herald', ''));
    fc.assert(
      fc.property(words, words, fc.array(words, { minLength: 1, maxLength: 4 }), (before, after, notes) => {
        let description = before;
        for (const [at, one] of notes.entries()) {
          const plan = planReleaseText(description, one);
          if (plan.kind === 'write') description = plan.description;
          expect(plan.kind).not.toBe('edited');
          expect(planReleaseText(description, one)).toEqual({ kind: 'same' });
          if (at === 0) description += after;
        }
        expect(description.startsWith(before.trimEnd())).toBe(true);
        expect(description.endsWith(after)).toBe(true);
      }),
    );
  });
});
