import * as z from 'zod';
import type { AlertFormatName, AlertSource } from '../../model/alert.ts';

/** The name of a source, as its address has it. */
const sourceName = /^[a-z][a-z0-9-]{0,30}$/;

const formats = ['alertmanager', 'grafana', 'sentry', 'json'] as const satisfies readonly AlertFormatName[];

const path = z.lazy(() =>
  z
    .string()
    .max(300)
    .regex(/^[^.\s]+(?:\.[^.\s]+)*$/, 'names or numbers with dots between them, such as check.name'),
);

/** The value of `fields`. */
const alertFieldSettings = z.lazy(() =>
  z.strictObject({
    list: path.nullable().default(null).meta({
      description: 'Path of a list whose elements are alerts; the other paths then begin at an element.',
    }),
    fingerprint: z
      .union([path.transform((one) => [one]), z.array(path).min(1).max(10)])
      .meta({ description: 'What distinguishes alerts: a path, or several.' }),
    title: path.meta({ description: 'One line that says what is wrong.' }),
    state: path.nullable().default(null).meta({ description: 'The state; without it every alert fires.' }),
    resolved: z
      .array(z.union([z.string(), z.number(), z.boolean()]).transform((value) => String(value).toLowerCase()))
      .max(50)
      .prefault(['resolved', 'recovered', 'closed', 'ok', 'up'])
      .meta({ description: 'States that mean that it is over. Every other state fires.' }),
    severity: path.nullable().default(null).meta({ description: 'How bad it is.' }),
    link: path.nullable().default(null).meta({ description: 'Address of the alert in the tool.' }),
    text: path.nullable().default(null).meta({ description: 'More about it.' }),
    time: path.nullable().default(null).meta({
      description:
        'When it happened: ISO 8601, or Unix seconds or milliseconds. With it, an alert that is sent again is known.',
    }),
  }),
);

/** The value of `bot: alerts: NAME`. */
const alertSourceSettings = z.lazy(() =>
  z.strictObject({
    format: z
      .enum(formats)
      .optional()
      .meta({
        description: `How the alerts are read: ${formats.join(', ')}. By default the name of the source says it.`,
      }),
    'secret-sha256': z
      .string()
      .regex(/^[0-9a-f]{64}$/i, 'the SHA-256 of a secret, 64 hexadecimal digits')
      .transform((value) => value.toLowerCase())
      .nullable()
      .prefault(null)
      .meta({
        description:
          'SHA-256 of the secret in the address. Without it, alerts come only by a receiver on its own machine.',
      }),
    fields: alertFieldSettings
      .optional()
      .meta({ description: 'Paths into the payload, for the format json.' }),
    per: z.enum(['alert', 'group']).default('alert').meta({
      description:
        'One issue for each alert, or for each group of alertmanager or grafana: what `group_by` there puts together.',
    }),
    labels: z
      .array(z.string().regex(/^[^,\p{Cc}]{1,255}$/u, 'a label, without commas'))
      .max(50)
      .default([])
      .meta({ description: 'Labels of the issues.' }),
    assign: z
      .array(
        z
          .string()
          .regex(/^@?\w[\w.-]{0,254}$/, 'a username')
          .transform((value) => value.replace(/^@/, '').toLowerCase()),
      )
      .max(20)
      .prefault([])
      .meta({ description: 'Usernames of their assignees.' }),
    confidential: z.boolean().default(true).meta({ description: 'Whether the issues are confidential.' }),
    max: z.int().min(1).max(100).default(20).meta({
      description: 'Issues of this source that are open at once; one more counts the rest.',
    }),
  }),
);

type Values = z.output<typeof alertSourceSettings>;

function formatOf(name: string, { format }: Values): AlertFormatName | null {
  return format ?? formats.find((one) => one === name) ?? null;
}

function hasGroups(format: AlertFormatName): boolean {
  return format === 'alertmanager' || format === 'grafana';
}

/** What does not fit together in the settings of a source. */
function problemsOf(name: string, values: Values): readonly string[] {
  const format = formatOf(name, values);
  const { fields, per } = values;
  const isKnown = format !== null;
  const problems: readonly (readonly [isWrong: boolean, message: string])[] = [
    [!sourceName.test(name), 'a source is lower-case letters, digits and hyphens'],
    [!isKnown, `give its format: ${formats.join(', ')}`],
    [format === 'json' && fields === undefined, 'the format json needs "fields"'],
    [
      isKnown && per === 'group' && !hasGroups(format),
      `"per: group" is for alertmanager and grafana, not for ${format ?? ''}`,
    ],
    [
      isKnown && format !== 'json' && fields !== undefined,
      `"fields" is for the format json, not for ${format ?? ''}`,
    ],
  ];
  return problems.flatMap(([isWrong, message]) => (isWrong ? [message] : []));
}

/** The value of `bot: alerts`: settings by the name of the source. */
export const alertSettings = z.lazy(() =>
  z
    .record(z.string(), alertSourceSettings)
    .superRefine((sources, context) => {
      if (Object.keys(sources).length > 20)
        context.addIssue({ code: 'custom', message: 'at most 20 sources' });
      for (const [name, values] of Object.entries(sources)) {
        for (const message of problemsOf(name, values))
          context.addIssue({ code: 'custom', path: [name], message });
      }
    })
    .transform((sources): readonly AlertSource[] =>
      Object.entries(sources).flatMap(([name, values]) => {
        const format = formatOf(name, values);
        const { 'secret-sha256': secretSha256, fields, ...others } = values;
        if (format === null) return [];
        return [{ ...others, name, format, secretSha256, fields: fields ?? null }];
      }),
    ),
);
