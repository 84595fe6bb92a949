/** What pytest writes with --junitxml for the shop's Python API. */

const header = '<?xml version="1.0" encoding="utf-8"?>\n';

interface Outcome {
  readonly vouchers: 'fails' | 'passes';
  readonly stock: 'fails' | 'passes';
}

function testCase([module, name]: readonly [string, string], seconds: string, inner = ''): string {
  const open = `<testcase classname="tests.${module}" name="${name}" time="${seconds}"`;
  return inner === '' ? `${open} />` : `${open}>${inner}</testcase>`;
}

const voucherFailure = `<failure message="AssertionError: assert Decimal('17.99') == Decimal('18.00')&#10;  comparing the total after a voucher of 10 %">def test_voucher_is_rounded_once():
        basket = Basket([Item("tea", "9.99"), Item("cup", "10.01")])
        basket.apply(Voucher("SPRING", percent=10))
&gt;       assert basket.total == Decimal("18.00")
E       AssertionError: assert Decimal('17.99') == Decimal('18.00')
E        +  where Decimal('17.99') = &lt;Basket of 2 items&gt;.total

tests/test_vouchers.py:41: AssertionError</failure>`;

const stockFailure = `<error message="failed on setup with &quot;psycopg.OperationalError: connection refused&quot;">@pytest.fixture
    def database():
&gt;       return connect("postgresql://shop@db/shop")

tests/conftest.py:18:
_ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _
/usr/local/lib/python3.13/site-packages/psycopg/connection.py:122: in connect
    raise last_ex.with_traceback(None)
E   psycopg.OperationalError: connection refused</error>`;

/** The report of a run in which the two changing tests have the given results. */
export function pytestReport({ vouchers, stock }: Outcome): string {
  const cases = [
    ...['adds_items', 'removes_items', 'keeps_quantities', 'is_empty_at_first', 'merges_equal_items'].map(
      (name, index) => testCase(['test_basket', `test_${name}`], `0.0${index + 2}`),
    ),
    ...[1, 2, 3, 4, 5, 6].map((count) =>
      testCase(['test_prices', `test_price_of_many[${count}-EUR]`], `0.00${count}`),
    ),
    testCase(['test_vouchers', 'test_voucher_is_taken'], '0.021'),
    testCase(
      ['test_vouchers', 'test_voucher_is_rounded_once'],
      '0.034',
      vouchers === 'fails' ? voucherFailure : '',
    ),
    testCase(['test_vouchers', 'test_voucher_expires'], '0.011'),
    testCase(
      ['test_stock', 'test_stock_is_reserved'],
      stock === 'fails' ? '0.000' : '0.112',
      stock === 'fails' ? stockFailure : '',
    ),
    testCase(['test_stock', 'test_stock_is_released'], '0.098'),
    testCase(
      ['test_mail', 'test_mail_is_sent'],
      '0.000',
      '<skipped type="pytest.skip" message="no mail server in CI">tests/test_mail.py:9: no mail server in CI</skipped>',
    ),
  ];
  const failures = vouchers === 'fails' ? 1 : 0;
  const errors = stock === 'fails' ? 1 : 0;
  return `${header}<testsuites name="pytest tests"><testsuite name="pytest" errors="${errors}" failures="${failures}" skipped="1" tests="${cases.length}" time="0.412" timestamp="2026-03-04T10:02:11.120000+00:00" hostname="runner-1">
${cases.join('\n')}
</testsuite></testsuites>
`;
}
