/** How much of a span one measure can see in a history. */
import type { Span } from '../model/digest.ts';
import type { HistoryPart, PartRead, ProjectHistory } from '../model/project-history.ts';
import { dayOf } from './calendar.ts';
import { partsOfSource } from './facts/deployments.ts';
import type { Measure, MeasureSettings } from './measure.ts';

export type Readable =
  /** Nothing; the reason is a plain sentence without a full stop. */
  | { readonly kind: 'unread'; readonly reason: string }
  | {
      readonly kind: 'read';
      /** The part of the span that was read. */
      readonly span: Span;
      /** Why something may be missing. */
      readonly gaps: readonly string[];
      /** False = more may have happened than what is here. */
      readonly isWhole: boolean;
    };

/** A digest that ends now ends a moment before or after the reading. */
const tolerance = 60_000;
const day = 86_400_000;

/** What the parts that a measure needs, and those that it would like to have, let it see of a span. */
export function readableOf(
  { needs, wants = [], isStateNow }: Pick<Measure, 'needs' | 'wants' | 'isStateNow'>,
  { history, span, settings }: Asked,
): Readable {
  const parts = partsOf(needs, settings);
  const unread = parts.find((part) => !history.read[part].usable);
  if (unread !== undefined)
    return { kind: 'unread', reason: history.read[unread].gap ?? `${inWords(unread)} could not be read` };
  const gaps = [
    ...parts.flatMap((part) => history.read[part].gap ?? []),
    ...partsOf(wants, settings).flatMap((part) => gapOfWanted(part, { history, span, settings })),
  ];
  if (isStateNow === true) return stateNow(parts, gaps, { history, span, settings });
  const edges = parts.map((part) => ({ part, read: history.read[part] }));
  const late = edges.find(({ read: { from } }) => from !== null && from >= span.until);
  if (late !== undefined)
    return outside(`${inWords(late.part)} were not read from before`, late.read.from, settings);
  const early = edges.find(({ read: { until } }) => until <= span.from);
  if (early !== undefined)
    return outside(`${inWords(early.part)} were read only until`, early.read.until, settings);
  const cuts = edges.flatMap(({ part, read }) => cutsOf(part, read, { span, settings }));
  return {
    kind: 'read',
    span: {
      from: Math.max(span.from, ...edges.map(({ read }) => read.from ?? -Infinity)),
      until: Math.min(span.until, ...edges.map(({ read }) => read.until)),
    },
    gaps: [...new Set([...gaps, ...cuts])],
    isWhole: gaps.length === 0 && cuts.length === 0,
  };
}

interface Asked {
  readonly history: ProjectHistory;
  readonly span: Span;
  readonly settings: MeasureSettings;
}

function partsOf(parts: readonly HistoryPart[], settings: MeasureSettings): readonly HistoryPart[] {
  if (!parts.includes('deployments')) return parts;
  return [...new Set(parts.flatMap((part) => (part === 'deployments' ? partsOfSource(settings) : [part])))];
}

function inWords(part: HistoryPart): string {
  return part.replaceAll('-', ' ');
}

function outside(words: string, at: number | null, { timeZone }: MeasureSettings): Readable {
  return { kind: 'unread', reason: at === null ? words : `${words} ${dayOf(at, timeZone)}` };
}

function cutsOf(
  part: HistoryPart,
  { from, until }: PartRead,
  { span, settings }: Pick<Asked, 'span' | 'settings'>,
): readonly string[] {
  const cuts: string[] = [];
  if (from !== null && from > span.from + tolerance)
    cuts.push(`${inWords(part)} were read only since ${dayOf(from, settings.timeZone)}`);
  if (until < span.until - tolerance)
    cuts.push(`${inWords(part)} were read only until ${dayOf(until, settings.timeZone)}`);
  return cuts;
}

function gapOfWanted(part: HistoryPart, { history, span, settings }: Asked): readonly string[] {
  const read = history.read[part];
  if (!read.usable) return [read.gap ?? `${inWords(part)} could not be read`];
  return [...(read.gap === null ? [] : [read.gap]), ...cutsOf(part, read, { span, settings })];
}

/** What is so now was so at the time of the reading, which can be long after the period. */
function stateNow(
  parts: readonly HistoryPart[],
  gaps: readonly string[],
  { history, span, settings }: Asked,
): Readable {
  const until = Math.min(...parts.map((part) => history.read[part].until));
  const late =
    until > span.until + day ? [`as it was when it was read, on ${dayOf(until, settings.timeZone)}`] : [];
  return { kind: 'read', span, gaps: [...gaps, ...late], isWhole: gaps.length === 0 };
}

/** Whether only a part of the span was read: a count of it would look like a fall. */
export function isCut(readable: Readable, span: Span): boolean {
  return (
    readable.kind === 'read' &&
    (readable.span.from > span.from + tolerance || readable.span.until < span.until - tolerance)
  );
}
