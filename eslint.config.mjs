import tseslint from 'typescript-eslint';
import { pureStarts } from './.dependency-cruiser.mjs';

const pure = pureStarts.map((start) => `${start}**`);
const sizes = (severity) => ({
  'max-lines': [severity, { max: 250, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': [severity, { max: 50, skipBlankLines: true, skipComments: true }],
  complexity: [severity, 12],
  'max-depth': [severity, 3],
  'max-params': [severity, 3],
});

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'src/cli/help-pages.ts',
      'src/reports/json-names.ts',
      'coverage/**',
      'bench/**',
      'docs/site/**',
      'test/fixtures/**',
      'test/real-tools/projects/**',
      'test/real-tools/tools/**',
      'test/e2e/*.mjs',
      'herald-demo/**',
      '.gitlab-ci-local/**',
      'tools/**',
      '*.mjs',
      '.*.mjs',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: false },
      ],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-shadow': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Interfaces here are records of functions that close over their state; `this` is used in classes behind them
      // only.
      '@typescript-eslint/unbound-method': 'off',
      // tsc forbids enums (erasableSyntaxOnly), and this rule looks for them in the type of every expression: a tenth
      // of the whole time.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-param-reassign': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'exit', message: 'Set process.exitCode: exit() cuts piped output.' },
      ],
      ...sizes('error'),
    },
  },
  {
    files: pure,
    rules: {
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval', 'performance'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Pure code takes the time as an argument.' },
        { object: 'Math', property: 'random', message: 'Pure code takes its randomness as an argument.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Pure code takes the time as an argument.',
        },
      ],
    },
  },
  {
    files: ['test/**', '*.config.ts'],
    rules: {
      ...sizes('off'),
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'vi', property: 'mock', message: 'If something needs mocking, it needs a parameter.' },
      ],
    },
  },
);
