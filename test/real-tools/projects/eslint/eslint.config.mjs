export default [{ files: ['src/**/*.js'], rules: { 'no-eval': 'error', eqeqeq: 'error', 'no-unused-vars': 'warn', 'no-var': 'warn' } }];
