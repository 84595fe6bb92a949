module.exports = {
  testDir: 'test',
  retries: 1,
  workers: 1,
  reporter: [['list'], ['json', { outputFile: 'report.json' }], ['junit', { outputFile: 'report.xml', includeRetries: true }]],
  projects: [{ name: 'desktop' }, { name: 'phone' }],
};
