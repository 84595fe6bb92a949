import { threeDigits, withUnit } from './format-unit.ts';

const byteSteps = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
] as const;

/** Three significant digits, whole numbers whole, with separators: `12,345`, `1.23`, `0.00042`. */
function plainNumber(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return '–';
  const rounded = size >= 100 ? value.toFixed(0) : threeDigits(value);
  const [whole = '', fraction] = rounded.split('.');
  if (rounded.includes('e')) return rounded;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function bytes(value: number): string {
  const [unit, step] = byteSteps.find(([, size]) => Math.abs(value) >= size) ?? ['B', 1];
  return withUnit(plainNumber(value / step), unit);
}

function secondsText(value: number): string {
  const size = Math.abs(value);
  if (size >= 60) return withUnit(plainNumber(value / 60), 'min');
  if (size >= 1 || size === 0) return withUnit(plainNumber(value), 's');
  if (size >= 1e-3) return withUnit(plainNumber(value * 1e3), 'ms');
  return size >= 1e-6 ? withUnit(plainNumber(value * 1e6), 'µs') : withUnit(plainNumber(value * 1e9), 'ns');
}

/**
 * A measured value with its unit as people say it: `12.3 kB`, `2.5 ms`, `91 %`; a unit nobody knows is left as it is.
 */
export function formatMetric(value: number, unit: string | null): string {
  switch (unit) {
    case 'bytes':
      return bytes(value);
    case 'seconds':
      return secondsText(value);
    case 'percent':
      return withUnit(plainNumber(value), '%');
    case null:
    case 'count':
    case '1':
      return plainNumber(value);
    default:
      return withUnit(plainNumber(value), unit);
  }
}

/** A change relative to what was before: `+12 %`, `−3.4 %`; more than tenfold as a factor: `×25`. */
export function formatRatio(ratio: number): string {
  if (ratio >= 9) return `×${plainNumber(ratio + 1)}`;
  const percent = ratio * 100;
  const sign = percent > 0 ? '+' : percent < 0 ? '−' : '±';
  const size = Math.abs(percent);
  return withUnit(`${sign}${size >= 9.95 ? size.toFixed(0) : Number(size.toFixed(1))}`, '%');
}
