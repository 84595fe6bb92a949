/** No list of a history ends before its reader has enough: ten million rows. */
export const maxPages = 100_000;
