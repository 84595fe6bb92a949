/** How delivery went in a period, measured: what a digest shows, before it is Markdown, a page or a file. */
import type { Instant } from './project-history.ts';

/** A span of time, its start inside and its end outside. */
export interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

export interface Period extends Span {
  /** As people say it: `2026-11-01 to 2026-11-30`, `v1.2 to v1.3`. */
  readonly label: string;
  /** IANA name; days, weeks and months begin there. */
  readonly timeZone: string;
}

/** `count` is a number of things; `per-day` and `per-week` things a day and a week; `share` is 0 to 1. */
export type MeasureUnit =
  | 'count'
  | 'per-day'
  | 'per-week'
  | 'share'
  | 'seconds'
  | 'minutes'
  | 'lines'
  | 'percent';

export type MeasureSection = 'delivery' | 'merge-requests' | 'issues' | 'code' | 'ci' | 'tests';

/** A thing that stands for a figure, such as the slowest merge request. */
export interface Offender {
  /** `!12`, a job's name, an environment; untrusted. */
  readonly name: string;
  /** Untrusted; empty where the name says all. */
  readonly title: string;
  readonly url: string | null;
  /** In the unit of its measure, or null where it only counts. */
  readonly value: number | null;
}

/** A figure of one period. */
export interface Figure {
  /** Null where there is nothing to measure; then `reason` says why. */
  readonly value: number | null;
  /** 75th and 95th percentile, nearest rank; only of measures that are medians. */
  readonly p75: number | null;
  readonly p95: number | null;
  /** How many things it rests on. */
  readonly n: number;
  /** How many there were in all, where some had no value: "41 of 44 had a deployment". */
  readonly of: number;
  /** Why there is no value, or why it may be incomplete; plain words without a full stop; null = neither. */
  readonly reason: string | null;
}

export interface SeriesPoint extends Span {
  readonly value: number | null;
  readonly n: number;
}

export interface MeasuredFigure {
  readonly id: string;
  readonly section: MeasureSection;
  readonly unit: MeasureUnit;
  /** Whether more is better; null where neither is. */
  readonly better: 'higher' | 'lower' | null;
  readonly current: Figure;
  readonly previous: Figure;
  /** True where the change is larger than what chance makes. */
  readonly isBeyondNoise: boolean;
  /** By day, week or month; empty where the measure has no course. */
  readonly series: readonly SeriesPoint[];
  /** The worst first, at most ten. */
  readonly offenders: readonly Offender[];
}

/** A list, which no single figure can say: jobs by cost, merge requests by age, pipelines by result. */
export interface DigestTable {
  readonly id: string;
  readonly section: MeasureSection;
  readonly columns: readonly { readonly id: string; readonly unit: MeasureUnit | 'text' }[];
  /** A cell is text, a number in its column's unit, or nothing; text is untrusted. */
  readonly rows: readonly {
    readonly url: string | null;
    readonly cells: readonly (string | number | null)[];
  }[];
  /** Rows that were cut. */
  readonly more: number;
}

export interface DigestProject {
  readonly id: number;
  readonly path: string;
  readonly url: string;
  /** What could not be read of it, as plain sentences. */
  readonly gaps: readonly string[];
}

export interface Digest {
  /** Of the definitions: figures of different versions are not compared. */
  readonly methodVersion: number;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly scope: {
    readonly kind: 'project' | 'projects' | 'group';
    /** Path of the project or group, or the globs. */
    readonly name: string;
    readonly url: string | null;
  };
  readonly period: Period;
  readonly previous: Period;
  readonly projects: readonly DigestProject[];
  /** Which deployments count, in words: "environments of tier production". */
  readonly deploymentSource: string;
  /** In the order of the registry. */
  readonly figures: readonly MeasuredFigure[];
  readonly tables: readonly DigestTable[];
  /** What readers should know: excluded things, clock skew, parts that were cut. */
  readonly remarks: readonly string[];
  /** Requests to GitLab that this digest took; null where it was computed from a file. */
  readonly requests: number | null;
}
