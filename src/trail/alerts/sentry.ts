import * as z from 'zod';
import type { Alert, AlertFrame } from '../../model/alert.ts';
import { once } from '../../model/once.ts';
import {
  type AlertFormat,
  type AlertReading,
  address,
  blankAlert,
  instant,
  line,
  lines,
  malformed,
  pairs,
  reading,
  wordOf,
} from './alert-format.ts';

const id = z.union([z.string().regex(/^[\w-]{1,64}$/), z.int().nonnegative().transform(String)]);
const words = z.string().nullish();
/** A wrong part of the details costs this part alone. */
const details = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);

const frame = z.object({
  filename: words,
  abs_path: words,
  module: words,
  function: words,
  lineno: z.int().positive().nullish(),
  in_app: z.boolean().nullish(),
});
type Frame = z.output<typeof frame>;

const exceptions = z.object({
  values: z.array(
    z.object({ stacktrace: details(z.object({ frames: z.array(frame.nullish().catch(null)) })) }),
  ),
});

const event = z.object({
  event_id: id,
  issue_id: id,
  title: words,
  culprit: words,
  message: words,
  level: words,
  platform: words,
  environment: words,
  datetime: words,
  release: words,
  web_url: words,
  metadata: details(z.object({ value: words })),
  tags: details(z.array(z.tuple([z.string(), z.string()]).nullish().catch(null))),
  exception: details(exceptions),
});
type Event = z.output<typeof event>;

const issue = z.object({
  id,
  title: words,
  culprit: words,
  level: words,
  web_url: words,
  permalink: words,
  lastSeen: words,
});

const metric = z.object({ id, title: words, date_started: words, date_closed: words });

const schema = z.object({
  action: z.string(),
  data: z.object({
    event: event.nullish(),
    issue: issue.nullish(),
    metric_alert: metric.nullish(),
    description_text: words,
    description_title: words,
    web_url: words,
    triggered_rule: words,
  }),
});
type Data = z.output<typeof schema>['data'];

const maxFrames = 10;

/** Sentry lists the oldest call first; the last exception is the one that was raised. */
function framesOf({ exception }: Event): readonly AlertFrame[] {
  const raised = exception?.values.at(-1)?.stacktrace?.frames ?? [];
  const known = raised.flatMap((one): Frame[] => (one === null || one === undefined ? [] : [one]));
  const own = known.some(({ in_app: inApp }) => inApp === true)
    ? known.filter(({ in_app: inApp }) => inApp === true)
    : known;
  return own
    .toReversed()
    .slice(0, maxFrames)
    .flatMap(({ filename, abs_path: full, module, function: name, lineno }): AlertFrame[] => {
      const path = filename ?? full ?? module ?? '';
      return path === ''
        ? []
        : [{ path: line(path), line: lineno ?? null, functionName: line(name ?? '', 80) }];
    });
}

function tag({ tags }: Event, name: string): string | null {
  return tags?.find((one) => one?.[0] === name)?.[1] ?? null;
}

/** What Sentry shows beside an event. */
function othersOf(told: Event, rule: string | null): Readonly<Record<string, string>> {
  return {
    environment: told.environment ?? tag(told, 'environment') ?? '',
    release: releaseOf(told) ?? '',
    culprit: told.culprit ?? '',
    rule: rule ?? '',
  };
}

function releaseOf(told: Event): string | null {
  return told.release ?? tag(told, 'release');
}

/** The value of what was raised, where the title does not say it. */
function detailsOf({ title, message, metadata }: Event): string {
  const value = metadata?.value ?? message ?? '';
  return (title ?? '').includes(value) ? '' : lines(value);
}

/** Null where Sentry does not say it. */
function short(value: string | null | undefined): string | null {
  return value === null || value === undefined || value === '' ? null : line(value, 60);
}

function ofEvent(told: Event, rule: string | null): Alert {
  const { issue_id: number, title, culprit } = told;
  const release = releaseOf(told) ?? '';
  return {
    ...blankAlert,
    fingerprint: `issue ${number}`,
    state: 'firing',
    title: line(title ?? culprit ?? `Sentry issue ${number}`),
    severity: short(told.level),
    text: detailsOf(told),
    link: address(told.web_url),
    labels: pairs(othersOf(told, rule)),
    at: instant(told.datetime),
    occurrence: wordOf('event', told.event_id),
    frames: framesOf(told),
    release: release === '' ? null : line(release),
  };
}

/** Sentry counts events a little later than it sends them: the last one it knows of may be some minutes old. */
const lag = 5 * 60_000;

/**
 * Someone or a rule of Sentry said that the issue is over, or that it is not. People who archive an
 * issue only do not want to hear of it, so it stays open here.
 */
function ofIssue(action: string, told: z.output<typeof issue>): AlertReading {
  const { id: number, title, culprit, level, lastSeen } = told;
  const seen = instant(lastSeen);
  const alert = {
    ...blankAlert,
    fingerprint: `issue ${number}`,
    title: line(title ?? culprit ?? `Sentry issue ${number}`),
    severity: short(level),
    link: address(told.web_url) ?? address(told.permalink),
    labels: pairs({ culprit: culprit ?? '' }),
    at: seen,
    occurrence: wordOf(action, number, seen ?? ''),
    isNumbered: seen !== null,
  };
  if (action === 'resolved') {
    const began = seen === null ? null : new Date(Date.parse(seen) + lag).toISOString();
    return reading([{ ...alert, state: 'resolved', at: null, began }]);
  }
  return action === 'created' || action === 'unresolved'
    ? reading([{ ...alert, state: 'firing' }])
    : {
        outcome: 'nothing',
        reason: `Sentry says "${line(action, 40)}" of an issue, which changes nothing here`,
      };
}

const metricActions: ReadonlySet<string> = new Set(['critical', 'warning', 'resolved']);

function ofMetric(action: string, told: z.output<typeof metric>, data: Data): AlertReading {
  if (!metricActions.has(action))
    return {
      outcome: 'nothing',
      reason: `Sentry says "${line(action, 40)}" of a metric alert, which means nothing here`,
    };
  const { id: number, title, date_started: begin, date_closed: end } = told;
  const isOver = action === 'resolved';
  return reading([
    {
      ...blankAlert,
      fingerprint: `metric alert ${number}`,
      state: isOver ? 'resolved' : 'firing',
      title: line(title ?? data.description_title ?? `Sentry metric alert ${number}`),
      severity: isOver ? null : action,
      text: lines(data.description_text ?? ''),
      link: address(data.web_url),
      at: instant(isOver ? end : begin),
      began: isOver ? instant(begin) : null,
      // A warning that becomes critical is the same alert, but news.
      occurrence: wordOf('metric', number, action, instant(begin) ?? ''),
    },
  ]);
}

/**
 * Webhooks of an internal integration of Sentry: issue alerts (`event_alert`), issues and metric alerts. The header
 * that names the resource does not reach a pipeline, so the part that is there says which one it is.
 */
export const sentry: AlertFormat = {
  name: 'sentry',
  specification: 'https://docs.sentry.io/organization/integrations/integration-platform/webhooks/',
  read(payload) {
    const parsed = schema.safeParse(payload, once);
    if (!parsed.success) return malformed('Sentry', parsed.error);
    const { action, data } = parsed.data;
    if (data.event !== null && data.event !== undefined)
      return reading([ofEvent(data.event, data.triggered_rule ?? null)]);
    if (data.metric_alert !== null && data.metric_alert !== undefined)
      return ofMetric(action, data.metric_alert, data);
    if (data.issue !== null && data.issue !== undefined) return ofIssue(action, data.issue);
    return { outcome: 'nothing', reason: 'Sentry sent something that is neither an issue nor an alert' };
  },
};
