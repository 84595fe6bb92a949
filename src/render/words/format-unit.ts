/** A space at which no line may break; written as an escape, because it looks like any other. */
export const noBreakSpace = '\u00A0';

/** A number and its unit, which stay on one line: `91.1 %`, `12.3 kB`. */
export function withUnit(number: string, unit: string): string {
  return `${number}${noBreakSpace}${unit}`;
}

/** Three significant digits without zeros at the end: `12.4`, `0.042`, `250`. For numbers below 1,000. */
export function threeDigits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
