import { alertActions } from '../../src/bot/alerts/alert-actions.ts';
import type { AlertSource } from '../../src/model/alert.ts';
import type { DeploymentTrail } from '../../src/model/deployment-trail.ts';
import { withIssueMarker } from '../../src/model/issue-marker.ts';
import { genuineIssueRecord, withIssueRecord } from '../../src/model/issue-record.ts';
import { describeBotWrite } from '../../src/publish/describe-bot-write.ts';
import { digestCsv } from '../../src/render/digest/digest-csv.ts';
import { digestMetrics } from '../../src/render/digest/digest-metrics.ts';
import { digestPage } from '../../src/render/digest/digest-page.ts';
import { inertTitle } from '../../src/render/markdown/inert-title.ts';
import { renderMarkdown } from '../../src/render/markdown/render-markdown.ts';
import { englishDigest } from '../../src/render/words/english-digest.ts';
import { readGroup } from '../../src/trail/alerts/alert-group.ts';
import { planAlert } from '../../src/trail/alerts/plan-alert.ts';
import { alertFormats } from '../../src/trail/alerts/registry.ts';
import { decodeTrail, encodeTrail } from '../../src/trail/deployments/trail-data.ts';
import { trailDocument } from '../../src/trail/deployments/trail-document.ts';
import { hostileDigest } from '../render/digest/a-digest.ts';
import { alertFixture } from '../trail/alerts/fixture.ts';
import { activeInMarkdown, activeInTitle, sentIn } from './activity.ts';
import { hostileLeaves } from './leaves.ts';
import type { Surface } from './surfaces.ts';

const projectUrl = 'https://gitlab.example.com/g/p';
const now = '2026-12-01T08:00:00.000Z';

const step = { id: 9, sha: 'a'.repeat(40), at: now, job: 90 };
const pipeline = { id: 7, at: now };

/** The comment that says where a merge request was deployed. */
const deployments: Surface = {
  name: 'deployments',
  share: 5,
  attack: (draw) => {
    const trail: DeploymentTrail = {
      environments: [0, 1].map(() => {
        const environment = draw().slice(0, 255) || 'x';
        return {
          environment,
          shipped: step,
          latest: { ...step, isThere: true },
          failed: { ...step, id: 10 },
        };
      }),
      failures: [{ branch: draw(), pipeline, issue: 5, fixed: pipeline }],
      reverts: [{ iid: 3, at: draw() }],
    };
    const read = decodeTrail(encodeTrail(trail));
    const isKept = read !== null && read.environments.length === 2 && read.failures.length === 1;
    return [
      ...activeInMarkdown(renderMarkdown(trailDocument(trail, projectUrl))),
      ...(isKept ? [] : ['the trail is forgotten']),
    ];
  },
};

function sourceOf(format: AlertSource['format']): AlertSource {
  return {
    name: 'tool',
    format,
    secretSha256: null,
    fields: null,
    labels: [],
    assign: [],
    confidential: true,
    max: 20,
    per: 'alert',
  };
}

const sign = (): string => 's'.repeat(22);
const kept = { project: 1, authorId: 2, key: 'k' };

/** What is written about the alerts of a payload, as titles and descriptions. */
function writtenOf(
  { format, per }: Pick<AlertSource, 'format' | 'per'>,
  payload: unknown,
): readonly string[] {
  const read = per === 'group' ? readGroup(payload, format) : alertFormats[format].read(payload, null);
  if (read.outcome !== 'alerts') return sentIn(read.reason);
  return read.alerts.flatMap((alert) => {
    const plan = planAlert(null, { ...alert, state: 'firing' }, now);
    if (plan.do === 'nothing') return ['no issue'];
    const decision = { alert, key: 'k', iid: null, plan };
    const around = {
      source: { ...sourceOf(format), per },
      project: { id: 1, url: projectUrl },
      assigneeIds: [],
      code: new Map(),
    };
    return alertActions({ decisions: [decision], rest: null, unchanged: [] }, around).flatMap((action) => {
      const body = withIssueRecord(
        { record: action.record, body: renderMarkdown(action.document) },
        kept,
        sign,
      );
      const description = withIssueMarker({ key: 'k', body }, kept, sign);
      const isKept = genuineIssueRecord(description, kept, sign) === action.record;
      return [
        ...activeInMarkdown(description),
        ...activeInTitle(inertTitle(action.title, 255)),
        ...sentIn(
          describeBotWrite({ action, cause: { by: 'a', event: 'b', config: null, permission: null } }),
        ),
        ...(isKept ? [] : ['the record is forgotten']),
      ];
    });
  });
}

const samples = [
  { format: 'alertmanager', per: 'alert', name: 'alertmanager-firing' },
  { format: 'grafana', per: 'alert', name: 'grafana-firing' },
  { format: 'sentry', per: 'alert', name: 'sentry-event-alert' },
  { format: 'sentry', per: 'alert', name: 'sentry-metric-alert' },
  { format: 'sentry', per: 'alert', name: 'sentry-issue-resolved' },
  { format: 'alertmanager', per: 'group', name: 'alertmanager-firing' },
  { format: 'grafana', per: 'group', name: 'grafana-firing' },
] as const;

/** Each text of each payload that the tools document: a new field of a fixture is attacked by itself. */
const alertPayloads: Surface = {
  name: 'alerts of every format',
  share: 5,
  attack: (draw) =>
    samples.flatMap((source) =>
      hostileLeaves(alertFixture(source.name), draw, 8).flatMap((payload) => writtenOf(source, payload)),
    ),
};

function problemsOfCsv(csv: string): readonly string[] {
  const cells = [...csv.matchAll(/(?:^|[,\n])(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)];
  return cells.flatMap(([, quoted, plain]) => {
    const cell = (quoted ?? plain ?? '').replaceAll('""', '"');
    return /^\s*[=+\-@＝＋－＠]/.test(cell) && !/^-?[\d.e+-]+$/.test(cell)
      ? [`formula: ${cell}`]
      : sentIn(cell);
  });
}

/** Nothing but comments and gauges with labels, a number and a line end. */
const metricLine = /^(?:#.*|[a-z_]+\{(?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)*\} [\d.eE+-]+)$/;

/** The files of a digest for programs, and the titles of its page. */
const digestFiles: Surface = {
  name: 'files of a digest',
  share: 3,
  attack: async (draw) => {
    const digest = hostileDigest(draw);
    const metrics = (await digestMetrics(digest, englishDigest)).trimEnd();
    const page = digestPage(digest, englishDigest);
    return [
      ...problemsOfCsv(digestCsv(digest)),
      ...sentIn(metrics),
      ...metrics.split('\n').flatMap((line) => (metricLine.test(line) ? [] : [`no gauge: ${line}`])),
      ...sentIn(page),
      ...(page.match(/<title>/g)?.length === 1 ? [] : ['a second title']),
    ];
  },
};

export const dataSurfaces: readonly Surface[] = [deployments, alertPayloads, digestFiles];
