import * as z from 'zod';
import { parseHeadlineTemplate, placeholders } from '../model/headline-template.ts';
import { nearest } from '../model/nearest.ts';
import { detailLevels, sectionIds } from '../model/section-id.ts';

const sectionSettings = z.strictObject({
  title: z.string().max(200).optional(),
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
  language: z.enum(['en', 'de']).default('en').meta({
    description: 'Language of the comment and of the full report.',
    input: true,
  }),
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
    .default({})
    .meta({
      description:
        'Settings by section, in `.herald.yml` only: `title` renames it, `collapse: true` folds it away (`false` opens it), `max` limits how many items it shows.',
    }),
  headline: z
    .string()
    .max(300)
    .superRefine((template, context) => {
      for (const name of parseHeadlineTemplate(template).unknown)
        context.addIssue({ code: 'custom', message: unknownPlaceholder(name) });
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
  append: z.array(z.string()).default([]).meta({
    description:
      'Markdown files that a job wrote, shown in the comment. Headings, paragraphs, lists, tables, code, quotes, links and folds are kept; HTML, images, mentions and quick actions are shown as text.',
    input: true,
    example: 'reports/summary.md',
  }),
});
