/** What pytest's name of a test is made of: `tests/test_till.py::TestTill::test_pays[coins]`. */
export interface PytestNode {
  readonly file: string | null;
  /** As pytest's own JUnit report names it: the file's module and the classes. */
  readonly className: string;
  readonly name: string;
}

/** Splits a node id. Text in the brackets of parameters is not a separator. */
export function splitNodeId(nodeId: string): PytestNode {
  const bracket = nodeId.indexOf('[');
  const head = bracket < 0 ? nodeId : nodeId.slice(0, bracket);
  const [file = '', ...parts] = head.split('::');
  const name = (parts.pop() ?? file) + (bracket < 0 ? '' : nodeId.slice(bracket));
  const className = [file.replace(/\.py$/, '').replaceAll('/', '.'), ...parts].join('.');
  return { file: file === '' ? null : file, className, name };
}

/** Why pytest calls its run failed, by its exit code; null when it does not. https://docs.pytest.org/en/stable/reference/exit-codes.html */
export function pytestExitFailure(code: number | null): string | null {
  switch (code) {
    case null:
    case 0:
    // No tests were collected.
    case 5:
      return null;
    case 2:
      return 'the run was interrupted';
    case 3:
      return 'an internal error of pytest';
    case 4:
      return 'pytest was used wrongly';
    default:
      return `pytest ended with exit code ${code}`;
  }
}
