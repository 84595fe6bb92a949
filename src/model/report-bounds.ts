/**
 * Of `herald-report.json`, in bytes: what is written has at most as many, and whatever reads one reads as many. A usual
 * report of 10,000 tests takes well under 1 MB; there is room for more than a million tests.
 */
export const maxReportBytes = 32 * 1024 * 1024;

/** Of its details among them: what the largest reports need, and little for a download. */
export const maxDetailsBytes = 5_000_000;
