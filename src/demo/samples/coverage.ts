/** Coverage as coverage.py (Cobertura XML) and Vitest (LCOV) write it. */

function classXml(path: string, hits: readonly number[]): string {
  const lines = hits.map((count, index) => `<line number="${index + 1}" hits="${count}"/>`).join('');
  return `<class name="${path.split('/').at(-1) ?? path}" filename="${path}" complexity="0" line-rate="0" branch-rate="0"><methods/><lines>${lines}</lines></class>`;
}

function hitsOf(total: number, missed: number): readonly number[] {
  return Array.from({ length: total }, (_, index) => (index >= total - missed ? 0 : 1 + (index % 3)));
}

/** coverage.py's XML; `missed` = lines of the vouchers that no test runs. */
export function coberturaReport(missed: number): string {
  const files: readonly (readonly [string, number, number])[] = [
    ['basket.py', 60, 3],
    ['prices.py', 42, 0],
    ['vouchers.py', 38, missed],
    ['stock.py', 51, 9],
  ];
  const total = files.reduce((sum, [, lines]) => sum + lines, 0);
  const covered = total - files.reduce((sum, [, , uncovered]) => sum + uncovered, 0);
  return `<?xml version="1.0" ?>
<coverage version="7.6.1" timestamp="1772618551" lines-valid="${total}" lines-covered="${covered}" line-rate="${(covered / total).toFixed(4)}" branches-covered="0" branches-valid="0" branch-rate="0" complexity="0">
	<sources><source>/builds/shop/shop/api/shop</source></sources>
	<packages><package name="." line-rate="0" branch-rate="0" complexity="0"><classes>
${files.map(([path, lines, uncovered]) => classXml(path, hitsOf(lines, uncovered))).join('\n')}
	</classes></package></packages>
</coverage>
`;
}

/** Vitest's LCOV of the front end. */
export function lcovReport(missed: number): string {
  const record = (path: string, hits: readonly number[]): string =>
    `TN:\nSF:${path}\n${hits.map((count, index) => `DA:${index + 1},${count}`).join('\n')}\nLF:${hits.length}\nLH:${hits.filter((count) => count > 0).length}\nend_of_record\n`;
  return (
    record('web/src/basket/basket-view.ts', hitsOf(48, 4)) +
    record('web/src/basket/format-price.ts', hitsOf(20, missed))
  );
}
