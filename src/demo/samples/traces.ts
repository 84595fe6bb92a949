/** What a runner writes into the logs of the shop's failing jobs: sections, colours, the echo of each command. */

const escape = '\u001b';
const green = `${escape}[32;1m`;
const red = `${escape}[31;1m`;
const plain = `${escape}[0;m`;

function command(text: string, output: string): string {
  return `${green}$ ${text}${plain}\n${output}\n`;
}

function section(name: string, title: string, lines: string): string {
  const clear = `\r${escape}[0K`;
  const head = `section_start:1772618400:${name}${clear}${clear.slice(1)}${escape}[36;1m${title}${plain}\n`;
  return `${head}${lines}section_end:1772618460:${name}${clear}`;
}

function trace(image: string, script: string): string {
  return [
    `${escape}[0KRunning with gitlab-runner 18.9.0 (07e534ba)${plain}\n`,
    section(
      'prepare_executor',
      'Preparing the "docker" executor',
      `Using Docker executor with image ${image} ...\n`,
    ),
    section(
      'get_sources',
      'Getting source from Git repository',
      `${green}Checking out as detached HEAD...${plain}\n`,
    ),
    section('step_script', 'Executing "step_script" stage of the job script', script),
    section('cleanup_file_variables', 'Cleaning up project directory and file based variables', ''),
    `${red}ERROR: Job failed: exit code 1\n${plain}\n`,
  ].join('');
}

const installed = 'added 412 packages, and audited 413 packages in 9s\nfound 0 vulnerabilities';

export const typesTrace = trace(
  'node:24-alpine',
  command('npm ci', installed) +
    command(
      'npx tsc --noEmit',
      `src/basket/voucher.ts(18,31): error TS2345: Argument of type 'string | undefined' is not assignable to parameter of type 'VoucherCode'.
  Type 'undefined' is not assignable to type 'VoucherCode'.
src/basket/voucher.ts(24,5): error TS2322: Type 'number' is not assignable to type 'Money'.`,
    ),
);

export const vitestTrace = trace(
  'node:24-alpine',
  command('npm ci', installed) +
    command(
      'npx vitest run --reporter=default --reporter=junit',
      ` FAIL  src/basket/format-price.test.ts > price > follows the locale
AssertionError: expected '1.234,50 €' to be '€1,234.50' // Object.is equality
 ❯ src/basket/format-price.test.ts:27:31
 Test Files  1 failed | 1 passed (2)
      Tests  1 failed | 5 passed (6)`,
    ),
);

/** The log of the API's tests, which fail for another reason in each push. */
export function pytestTrace(push: 'baseline' | 'first' | 'second'): string {
  const summary =
    push === 'first'
      ? "FAILED tests/test_vouchers.py::test_voucher_is_rounded_once - AssertionError: assert Decimal('17.99') == Decimal('18.00')"
      : 'ERROR tests/test_stock.py::test_stock_is_reserved - psycopg.OperationalError: connection refused';
  return trace(
    'python:3.13',
    command('pip install -r requirements.txt', 'Successfully installed psycopg-3.3.2 pytest-9.0.2') +
      command(
        'pytest --junitxml=junit.xml',
        `=========================== short test summary info ============================\n${summary}\n1 failed, 15 passed, 1 skipped in 0.41s`,
      ),
  );
}
