const mebibyte = 1024 * 1024;

/** What the reports of the jobs of one run may cost. */
export const bounds = {
  /** GitLab's own limit of one is 100 MB unless an administrator raised it: https://docs.gitlab.com/administration/instance_limits/ */
  maxBytesOfReport: 100 * mebibyte,
  maxBytes: 500 * mebibyte,
  /** Of all that is packed, when it is unpacked. */
  maxUnpackedBytes: 2048 * mebibyte,
  /** One request each. */
  maxReports: 1000,
  /** Two requests each. */
  maxChildPipelines: 20,
  /** In one report: a job can name as many files as it likes. */
  maxFilesOfReport: 2000,
  /** Of one archive, where reports have to be looked for by name. */
  maxListedFiles: 5000,
  maxReadFiles: 50,
} as const;

/** Counts what has come. */
export interface Budget {
  /** Room for one more report, in bytes; 0 when no more may come. */
  room(): number;
  spend(bytes: number): void;
  /** Room for what is unpacked. */
  unpackedRoom(): number;
  spendUnpacked(bytes: number): void;
}

export function createBudget(): Budget {
  let bytes = 0;
  let unpacked = 0;
  return {
    room: () => Math.max(0, Math.min(bounds.maxBytesOfReport, bounds.maxBytes - bytes)),
    spend(more) {
      bytes += more;
    },
    unpackedRoom: () => Math.max(0, bounds.maxUnpackedBytes - unpacked),
    spendUnpacked(more) {
      unpacked += more;
    },
  };
}
