/** A vitest reporter that closes a run with one plain line that any CI can read: "N passed, N failed". */
export default class ClosingLineReporter {
  onTestRunEnd(testModules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of testModules) {
      if (module.state() === 'failed' && [...module.children.allTests()].length === 0) counts.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        counts[state === 'pending' ? 'skipped' : state] += 1;
      }
    }
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
    setImmediate(() =>
      process.stdout.write(`Tests: ${counts.passed} passed, ${counts.failed} failed${skipped}\n`),
    );
  }
}
