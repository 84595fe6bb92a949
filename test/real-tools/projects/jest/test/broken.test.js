const { format } = require('../src/not-there'); // FAILS: broken.test.js – Cannot find module '../src/not-there'

test('is never reached', () => {
  expect(format(1)).toBe('0.01 EUR');
});
