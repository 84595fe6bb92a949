import * as z from 'zod';
import { parseHeadlineTemplate, placeholders } from '../model/headline-template.ts';
import { nearest } from '../model/nearest.ts';
import { detailLevels, sectionIds } from '../model/section-id.ts';
import { touchedKinds } from '../model/touched-files.ts';
import { trailSettings } from '../model/trail-settings.ts';
import { languageOption } from './language-option.ts';

/** What only the text of a section may say beside the placeholders: what Herald says itself. */
const ownText = 'section';

function checkPlaceholders(
  template: string,
  context: z.RefinementCtx<string>,
  known: readonly string[] = [],
): void {
  for (const name of parseHeadlineTemplate(template).unknown)
    if (!known.includes(name)) context.addIssue({ code: 'custom', message: unknownPlaceholder(name) });
}

const sectionText = z
  .string()
  .max(2_000)
  .superRefine((template, context) => {
    checkPlaceholders(template, context, [ownText]);
  });

const sectionSettings = z.strictObject({
  title: z.string().max(200).optional(),
  text: sectionText.optional(),
  collapse: z.boolean().optional(),
  max: z.number().int().min(0).max(5_000).optional(),
});

function unknownPlaceholder(name: string): string {
  const names = Object.keys(placeholders);
  const suggestion = nearest(name, names);
  const hint =
    suggestion === null
      ? `known are ${names.map((known) => `{${known}}`).join(', ')}`
      : `did you mean {${suggestion}}?`;
  return `unknown placeholder {${name}}; ${hint}`;
}

/** How the comment is composed; `sections` is a table, which only the file can hold. */
export const commentOptions = z.object({
  language: languageOption,
  detail: z.enum(detailLevels).default('normal').meta({
    description:
      'How much the comment shows: `compact` names what failed, `normal` shows what needs action, `full` shows everything that fits.',
    input: true,
  }),
  order: z.array(z.enum(sectionIds)).default([]).meta({
    description:
      'Sections of the comment that come first, in this order; the others follow in their usual order.',
    example: 'headline, failed-jobs, failed-tests',
  }),
  hide: z.array(z.enum(sectionIds)).default([]).meta({
    description: 'Sections that the comment does not show. The full report keeps them.',
    example: 'metrics, durations',
  }),
  sections: z
    .strictObject(Object.fromEntries(sectionIds.map((id) => [id, sectionSettings.optional()])))
    .superRefine((settings, context) => {
      // The verdict and the last line have options of their own for their words.
      for (const id of ['headline', 'footer'] as const)
        if (settings[id]?.text !== undefined)
          context.addIssue({ code: 'custom', path: [id, 'text'], message: `use the option "${id}" instead` });
    })
    .default({})
    .meta({
      description:
        'Settings by section, in `.herald.yml` only: `title` renames it, `collapse: true` folds it away (`false` opens it), `max` limits how many items it shows, `text` is Markdown instead of its own text, with the placeholders of `headline` and `{section}` for what Herald says itself.',
    }),
  headline: z
    .string()
    .max(300)
    .superRefine((template, context) => {
      checkPlaceholders(template, context);
    })
    .nullable()
    .default(null)
    .meta({
      description: `The first line of the comment in your own words; ${Object.keys(placeholders)
        .map((name) => `\`{${name}}\``)
        .join(
          ', ',
        )} are filled in; a placeholder without a value is removed together with the separator before it.`,
      example: '{verdict}: {tests} · {coverage}',
    }),
  footer: z.string().max(2_000).nullable().default(null).meta({
    description: 'A last line of your own, as Markdown: where to ask, who looks after the pipeline.',
    example: 'Questions? [How to read this](https://wiki.example.com/herald)',
  }),
  about: z
    .url({ protocol: /^https?$/, error: 'an address that begins with https:// or http://' })
    .max(500)
    .nullable()
    .default(null)
    .meta({
      description:
        'Address of a page that says what Herald is: "Herald" in the last line of the comment leads there.',
      example: 'https://wiki.example.com/herald',
    }),
  touchedFiles: z.array(z.enum(touchedKinds)).default(['tests']).meta({
    description:
      'What the section `touched-files` says of the files that the merge request changes: `tests` that fail on the target branch or are flaky (no further request, except for the diff where such a test is known); `incidents`, open issues of the bot that link a file (one request for each 100 issues); `owners`, the code owners who have to look, and who of them approved (5 to 10 requests). With `hide: touched-files` nothing is asked for it.',
    input: true,
    example: 'tests, incidents, owners',
  }),
  trail: trailSettings.default({ trackers: [] }).meta({
    description:
      'What a title or a description can name, in `.herald.yml` only. `trackers` are those outside of GitLab: `pattern` is the regular expression of a key, `url` the address of one entry, with `{key}`. The report and the bot read it. `releases` says how release notes are divided: `sections` with `title`, `labels`, `types` and `breaking`, the title of the `other` changes, what to `hide`, and whether `contributors` are named.',
  }),
  append: z.array(z.string()).default([]).meta({
    description:
      'Markdown files that a job wrote, shown in the comment. Headings, paragraphs, lists, tables, code, quotes, links and folds are kept; HTML, images, mentions and quick actions are shown as text.',
    input: true,
    example: 'reports/summary.md',
  }),
});
