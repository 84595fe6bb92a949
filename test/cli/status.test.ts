import { expect, onTestFinished, test } from 'vitest';
import { demoVariables } from '../../src/demo/scenario.ts';
import { startEmbeddedGitLab } from '../support/gitlab/embedded-gitlab.ts';
import { stateOfDemo } from '../support/gitlab/state/of-demo.ts';
import { herald } from './herald.ts';

test('secrets in the words and the address of a status are masked', async () => {
  const gitlab = await startEmbeddedGitLab({ state: stateOfDemo(new Date()) });
  onTestFinished(() => gitlab.stop());
  const secret = 'sesame-open-12345';
  const variables: Readonly<Record<string, string>> = {
    ...demoVariables('first', gitlab.url, '/nonexistent'),
    DEPLOY_PASSWORD: secret,
  };
  const words = [
    '--name',
    `deploy ${secret}`,
    '--description',
    `${secret} and ${variables['HERALD_TOKEN'] ?? ''}`,
  ];
  const address = ['--target-url', `https://deploy.example.com/?password=${secret}`];
  const outcome = await herald(['status', '--state', 'failed', ...words, ...address], variables);
  expect(outcome.exitCode, outcome.stderr).toBe(0);
  const [sent] = gitlab.requests.filter(({ method }) => method === 'POST');
  expect(sent?.body).toMatchObject({ state: 'failed' });
  expect(JSON.stringify(sent?.body)).not.toMatch(/sesame|demo-bot-token/);
});
