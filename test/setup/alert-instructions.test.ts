import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseSettings } from '../../src/bot/parse-settings.ts';
import { alertInstructions } from '../../src/setup/alert-instructions.ts';

const secret = 'a-secret-of-one-source';
const target = {
  project: { id: 42, path: 'shop/till' },
  source: 'alertmanager',
  receiver: 'https://herald.example.com',
  secret,
  sha256: createHash('sha256').update(secret).digest('hex'),
};

/** The lines between two of them, as YAML. */
function yamlBetween(lines: readonly string[], first: RegExp, last: RegExp | null): unknown {
  const begin = lines.findIndex((line) => first.test(line)) + 1;
  const end = last === null ? lines.length : lines.findIndex((line) => last.test(line));
  return parse(lines.slice(begin, end).join('\n'));
}

describe('what people paste', () => {
  test('is a receiver of Alertmanager, which sends the secret and what is resolved', () => {
    const lines = alertInstructions(target);
    // https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
    expect(yamlBetween(lines, /In alertmanager\.yml/, /In \.herald\.yml/)).toEqual({
      receivers: [
        {
          name: 'herald',
          webhook_configs: [
            {
              url: 'https://herald.example.com/alerts/alertmanager/42',
              send_resolved: true,
              http_config: { authorization: { credentials: secret } },
            },
          ],
        },
      ],
    });
  });

  test.each([
    ['alertmanager', 'alertmanager'],
    ['grafana', 'grafana'],
    ['sentry', 'sentry'],
    ['sentry-web', 'sentry'],
    ['grafana-eu', 'grafana'],
  ])('for %s is a configuration that the bot reads', (source, format) => {
    const lines = alertInstructions({ ...target, source });
    const { alerts } = parseSettings(yamlBetween(lines, /In \.herald\.yml/, null), null);
    expect(alerts).toMatchObject([{ name: source, format, secretSha256: target.sha256 }]);
  });

  test('for Sentry holds no secret, which Sentry cannot send', () => {
    const text = alertInstructions({ ...target, source: 'sentry' }).join('\n');
    expect(text).not.toContain(secret);
    expect(text).toContain('https://herald.example.com/alerts/sentry/42');
  });

  test('for other tools says what to send', () => {
    const text = alertInstructions({
      ...target,
      source: 'checks',
      receiver: 'https://h.example.com/x/hooks/gitlab',
    });
    expect(text).toContain('    POST https://h.example.com/x/alerts/checks/42');
    expect(text).toContain(`    Authorization: Bearer ${secret}`);
    expect(text).toContain('          format: json');
  });
});
