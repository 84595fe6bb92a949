/** What rules can say of a pipeline schedule. */
export interface ScheduleFacts {
  readonly id: number;
  /** Its name for people; untrusted. */
  readonly description: string;
  /** Branch or tag. */
  readonly ref: string;
  /** Username of the person in whose name it runs; empty where GitLab does not say. */
  readonly owner: string;
}

/** The pipeline that a schedule started last. */
export interface LastScheduledPipeline {
  readonly id: number;
  readonly status: string;
  readonly sha: string;
}

/** A schedule with its last pipeline; null where it has started none. */
export interface ScheduleState extends ScheduleFacts {
  readonly last: LastScheduledPipeline | null;
}
