/** What is known of the files that a merge request changes, from before it: what its reviewers should look at. */
import type { FlakyMark } from './flaky-mark.ts';
import type { TestRecord } from './history.ts';

/** What a run can say of changed files beyond what it knows anyway. */
export const touchedKinds = ['tests', 'incidents', 'owners'] as const;

export type TouchedKind = (typeof touchedKinds)[number];

/** At most so many files with so many changed lines are shown: nobody reads more. */
export const touchedLimits = { files: 7, lines: 500 } as const;

/** An open issue that the bot keeps for something that fails. */
export interface OpenIncident {
  readonly iid: number;
  readonly url: string;
  /** Untrusted; empty where it is not known. */
  readonly title: string;
}

/** A test in a changed file, or one whose stack leads through it, that fails elsewhere or comes and goes. */
export interface KnownProblem {
  /** As `testLabel` gives it; untrusted. */
  readonly label: string;
  /** Whether the run that this one is compared with had it among the failing ones. */
  readonly failsOnTarget: boolean;
  /** Whether its history says that it comes and goes. */
  readonly flaky: boolean;
  /** The word of a person that it is flaky; null where nobody said so, or it is not known. */
  readonly mark: FlakyMark | null;
  /** Null where no run is recorded. */
  readonly record: TestRecord | null;
  /** Its own issue; null where there is none, or it is not known. */
  readonly issue: OpenIncident | null;
}

/** One rule of CODEOWNERS that decides who owns a file. */
export interface FileOwners {
  /** Name of its section; empty before the first one. */
  readonly section: string;
  /** As written: `@user`, `@group/subgroup`, `@@developer`. */
  readonly owners: readonly string[];
  /** Approvals that it needs. */
  readonly required: number;
  /** Usernames of the owners who approved, without the author. */
  readonly approvedBy: readonly string[];
}

export interface TouchedFile {
  readonly path: string;
  readonly tests: readonly KnownProblem[];
  /** Open issues that link the file. */
  readonly incidents: readonly OpenIncident[];
  readonly owners: readonly FileOwners[];
}

export interface TouchedFiles {
  /** The branch whose run is compared with; null where there is none. */
  readonly ref: string | null;
  /** Those with most problems first, within the limits. */
  readonly files: readonly TouchedFile[];
  /** Files with something known that the limits omit. */
  readonly omitted: number;
  /** False where GitLab did not list all changed files. */
  readonly complete: boolean;
}
