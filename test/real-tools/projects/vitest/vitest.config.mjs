export default { test: { include: ['test/**/*.test.ts'], includeTaskLocation: true } };
