/** What the demo's merge request changes, as git writes it: the lines that the sample coverage reports measure. */

interface Change {
  readonly path: string;
  /** First line of the hunk, which starts with three lines that stay. */
  readonly start: number;
  readonly stays: readonly [string, string, string];
  readonly added: readonly string[];
}

const changes: readonly Change[] = [
  {
    path: 'api/shop/vouchers.py',
    start: 22,
    stays: ['class Voucher:', '    code: str', '    percent: int'],
    added: [
      '    limit: Decimal | None = None',
      '    expires: date | None = None',
      '    reduction = Decimal(percent) / 100',
      '    total = basket.total',
      '    saved = total * reduction',
      '    if limit is not None:',
      '        saved = min(saved, limit)',
      '    if expires is not None:',
      '        check(expires)',
      '    if saved > total:',
      '        saved = total',
      '    rounded = saved.quantize(CENT)',
      '    basket.reduce(rounded)',
      '    log(code, rounded)',
    ],
  },
  {
    path: 'web/src/basket/format-price.ts',
    start: 14,
    stays: ['  const whole = Math.trunc(cents / 100);', '  const rest = cents % 100;', ''],
    added: ['  const sign = cents < 0;', '  if (sign) {', '    return `-${formatPrice(-cents)}`;', '  }'],
  },
];

function hunkOf({ path, start, stays, added }: Change): string {
  return [
    `diff --git a/${path} b/${path}`,
    'index 3f1c2aa..9d0e4b7 100644',
    `--- a/${path}`,
    `+++ b/${path}`,
    `@@ -${start},3 +${start},${3 + added.length} @@`,
    ...stays.map((line) => ` ${line}`),
    ...added.map((line) => `+${line}`),
  ].join('\n');
}

export const demoPatch = `${changes.map(hunkOf).join('\n')}\n`;

/** Files of the checkout, so that the paths of the coverage report find their place. */
export const demoSources: Readonly<Record<string, string>> = Object.fromEntries(
  ['basket.py', 'prices.py', 'vouchers.py', 'stock.py'].map((name) => [
    `api/shop/${name}`,
    `"""${name} of the shop."""\n`,
  ]),
);
