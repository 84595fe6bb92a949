import { describe, expect, test } from 'vitest';
import { failedReading } from '../../../src/model/reading-gap.ts';
import { digestDocument } from '../../../src/render/digest/digest-document.ts';
import { digestPage } from '../../../src/render/digest/digest-page.ts';
import { keyFigures } from '../../../src/render/digest/figure-rows.ts';
import { renderMarkdown } from '../../../src/render/markdown/render-markdown.ts';
import { englishDigest } from '../../../src/render/words/english-digest.ts';
import { germanDigest } from '../../../src/render/words/german-digest.ts';
import { aDigest, aFigure, aMeasured } from './a-digest.ts';

function markdownOf(given: Parameters<typeof aDigest>[0] = {}): string {
  return renderMarkdown(digestDocument(aDigest(given), englishDigest));
}

describe('the digest as Markdown', () => {
  test('says what changed, then the figures, then what is worth a look', () => {
    const slow = {
      name: '!12',
      title: 'Till: pay by card',
      url: 'https://gitlab.example.com/acme/shop/-/merge_requests/12',
      value: 5.5 * 86_400,
    };
    const cycle = aMeasured({
      id: 'cycle-time',
      section: 'merge-requests',
      unit: 'seconds',
      better: 'lower',
      current: aFigure(3 * 86_400, { p75: 4 * 86_400, p95: 6 * 86_400, n: 41, of: 44 }),
      previous: aFigure(1.5 * 86_400),
      offenders: [slow],
    });
    const markdown = markdownOf({ figures: [aMeasured(), cycle] });
    expect(markdown).toContain('**Worse: cycle time.** Better: deployments a day.');
    expect(markdown).toContain('🔺 +100');
    expect(markdown).toMatch(/3.d.*36h.*41 of 44/);
    expect(markdown).toMatch(/`!12`.*Till: pay by card.*\(5\.5.d\)/);
    expect(markdown).toContain('▁▂·█');
    expect(markdown.indexOf('Worse')).toBeLessThan(markdown.indexOf('Worth a look'));
    expect(markdown).toContain('Time zone: UTC.');
  });

  test('has no arrow and no news for a change that chance explains', () => {
    const markdown = markdownOf({ figures: [aMeasured({ isBeyondNoise: false })] });
    expect(markdown).toContain('Nothing changed by more than chance explains.');
    expect(markdown).not.toMatch(/🔺|🔻|better|worse/);
  });

  test('gives no number where there is none, and says why', () => {
    const figure = aMeasured({
      current: aFigure(null, { n: 0, of: 0, reason: 'the project has no deployments' }),
      previous: aFigure(null, { n: 0, of: 0 }),
      isBeyondNoise: false,
    });
    const markdown = markdownOf({ figures: [figure] });
    expect(markdown).toContain('There is nothing to measure in this period.');
    expect(markdown).toContain('the project has no deployments.');
    expect(markdown).not.toMatch(/\b0\b.*\b0\b/);
  });

  const refused = failedReading.refused(403);
  const unreadProject = {
    id: 1,
    path: 'acme/till',
    url: 'https://gitlab.example.com/acme/till',
    gaps: [refused],
  };
  const unknown = aFigure(null, { n: 0, of: 0, reason: refused });

  test('says at once which key figures were not read, whatever else it says', () => {
    const deployments = aMeasured({ current: unknown, isBeyondNoise: false });
    const steady = aMeasured({ id: 'cycle-time', isBeyondNoise: false });
    const markdown = markdownOf({ figures: [deployments, steady], projects: [unreadProject] });
    const [, , first = ''] = markdown.split('\n');
    expect(first).toBe(
      'Nothing changed by more than chance explains. ⚠️ Not read in full: deployments a day. "Method and data" says why.',
    );
    const page = digestPage(
      aDigest({ figures: [deployments, steady], projects: [unreadProject] }),
      germanDigest,
    );
    expect(page).toContain('Nicht ganz gelesen:');
  });

  test('counts those that it does not name', () => {
    const figures = keyFigures.map((id) => aMeasured({ id, current: unknown }));
    expect(markdownOf({ figures, projects: [unreadProject] })).toContain('and 8 more. "Method and data"');
  });

  test('does not say that there was nothing where it could not look', () => {
    const figures = [aMeasured({ current: unknown, previous: unknown, isBeyondNoise: false })];
    expect(markdownOf({ figures, projects: [unreadProject] })).toContain(
      'Nothing could be measured in this period. ⚠️ Not read in full',
    );
    expect(markdownOf({ figures: [], projects: [] })).toContain('Nothing could be measured');
  });

  test('does not warn of what is left out on purpose, or is not there', () => {
    const gaps = ['the details of 91 of 237 merged merge requests were read, chosen evenly'];
    const sampled = aMeasured({ id: 'cycle-time', current: aFigure(3, { reason: gaps[0] ?? '' }) });
    const markdown = markdownOf({ figures: [sampled], projects: [{ ...unreadProject, gaps }] });
    expect(markdown).not.toContain('Not read in full');
  });

  test('names the projects that could not be read, and what is missing', () => {
    const gaps = ['the token may not see deployments'];
    const markdown = markdownOf({
      projects: [{ id: 1, path: 'acme/till', url: 'https://gitlab.example.com/acme/till', gaps }],
    });
    expect(markdown).toContain('Not read of acme/till');
    expect(markdown).toContain('the token may not see deployments.');
  });
});
