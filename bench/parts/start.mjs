/** How long the commands take that only print, beside a Node that does nothing. */
import { compare, comparisonTable, ratio, runNode } from '../measure.mjs';
import { herald } from '../paths.mjs';

const base = 'node -e 0';

export async function benchStart() {
  const bare = (args) => () => runNode(args, { bare: true });
  const results = await compare(
    {
      [base]: bare(['-e', '0']),
      'herald --version': bare([herald, '--version']),
      'herald --help': bare([herald, '--help']),
      'herald report --help': bare([herald, 'report', '--help']),
    },
    25,
  );
  return {
    figures: {
      'start.version': ratio(results, 'herald --version', base),
      'start.help': ratio(results, 'herald --help', base),
      'start.report-help': ratio(results, 'herald report --help', base),
    },
    tables: [comparisonTable('Start', results, base)],
  };
}
