/** So many of the rows, evenly over all of them: the first and last thirds of a period count as much as its middle. */
export function evenSample<Row>(rows: readonly Row[], count: number): readonly Row[] {
  if (count >= rows.length) return rows;
  if (count <= 0) return [];
  const step = rows.length / count;
  return Array.from({ length: count }, (_, index) => rows[Math.floor((index + 0.5) * step)]).filter(
    (row) => row !== undefined,
  );
}

/**
 * Shares a number of places between groups that want some: everybody the same, and what one does not need goes to the
 * others.
 */
export function sharedOut(places: number, wanted: readonly number[]): readonly number[] {
  const order = wanted.map((want, index) => ({ want, index })).sort((a, b) => a.want - b.want);
  const given = wanted.map(() => 0);
  let left = Math.max(0, places);
  order.forEach(({ want, index }, done) => {
    given[index] = Math.min(want, Math.floor(left / (order.length - done)));
    left -= given[index] ?? 0;
  });
  return given;
}
