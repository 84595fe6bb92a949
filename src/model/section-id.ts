/** The sections of the comment, in their default order, which `order` can change. */
export const sectionIds = [
  'headline',
  'checks',
  'gates',
  'unexplained',
  'failed-tests',
  'run-again',
  'thresholds',
  'failed-jobs',
  'findings',
  'coverage',
  'metrics',
  'durations',
  'test-changes',
  'touched-files',
  'closes',
  'appended',
  'warnings',
  'footer',
] as const;

export type SectionId = (typeof sectionIds)[number];

/** How much the comment shows: `compact` names things, `normal` shows what needs action, `full` hides nothing. */
export const detailLevels = ['compact', 'normal', 'full'] as const;

export type Detail = (typeof detailLevels)[number];

/** What a project sets for one section. */
export interface SectionSettings {
  /** Replaces the section's own heading. */
  readonly title?: string | undefined;
  /** True folds the section away, false opens it. */
  readonly collapse?: boolean | undefined;
  /** Markdown instead of its own text, with placeholders; of `headline` and `footer` there are options for that. */
  readonly text?: string | undefined;
  /** How many items it shows; the others are counted. */
  readonly max?: number | undefined;
}
