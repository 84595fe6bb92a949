import { alertDocument, restDocument } from '../../src/bot/alerts/alert-document.ts';
import { documentTemplate, lineTemplate } from '../../src/bot/rules/templates.ts';
import { changedLines } from '../../src/diff/changed-lines.ts';
import { parseUnifiedDiff } from '../../src/diff/parse-unified-diff.ts';
import type { Alert, AlertFields } from '../../src/model/alert.ts';
import { code, codeBlock, type Document, details, list, paragraph, text } from '../../src/model/document.ts';
import { parseParts } from '../../src/publish/note-parts.ts';
import { planReleaseText } from '../../src/publish/plan-release-text.ts';
import { publishSection } from '../../src/publish/publish-section.ts';
import { commentDocument } from '../../src/render/comment/render-comment.ts';
import { plainLayout } from '../../src/render/comment/section.ts';
import { digestDocument } from '../../src/render/digest/digest-document.ts';
import { digestPage } from '../../src/render/digest/digest-page.ts';
import { renderReportPage } from '../../src/render/html/report-page.ts';
import { inlineBody } from '../../src/render/inline-comments/inline-body.ts';
import { inlineRun } from '../../src/render/inline-comments/inline-items.ts';
import { findQuickActions } from '../../src/render/markdown/find-quick-actions.ts';
import { inertTitle } from '../../src/render/markdown/inert-title.ts';
import { escapeHtml } from '../../src/render/markdown/inline-html.ts';
import { parseMarkdown } from '../../src/render/markdown/parse-markdown.ts';
import { renderMarkdown } from '../../src/render/markdown/render-markdown.ts';
import { renderTerminal } from '../../src/render/terminal/render-terminal.ts';
import { english } from '../../src/render/words/english.ts';
import { englishDigest } from '../../src/render/words/english-digest.ts';
import { planAlert } from '../../src/trail/alerts/plan-alert.ts';
import { alertFormats } from '../../src/trail/alerts/registry.ts';
import { anOccurrence } from '../bot/builders.ts';
import { everyPlaceholder, hostileFacts } from '../bot/hostile-facts.ts';
import {
  aComparison,
  aFailedTest,
  aFinding,
  aFindingsReport,
  aSummary,
  aTestFailure,
  aTestsComparison,
  aTestsReport,
} from '../builders.ts';
import { aClock, aLog, aProver, NotesInMemory } from '../publish/notes-in-memory.ts';
import { hostileDigest } from '../render/digest/a-digest.ts';
import { viewOfDocument, viewOfHtml } from '../render/document-view.ts';
import { htmlParts, parsedByGitLab, referencesIn } from '../render/gitlab-view.ts';
import { hostileSummary } from '../render/hostile-summary.ts';
import { aFullSummary } from '../render/html/full-summary.ts';
import { hostileNotes } from '../trail/releases/hostile-notes.ts';

/** A place that text of strangers reaches a reader in. */
export interface Surface {
  readonly name: string;
  /** Of a hundred texts so many go here. */
  readonly share: number;
  /** Draws as many texts as it has places, and tells what of them was active: nothing, if all is well. */
  attack(draw: () => string): readonly string[] | Promise<readonly string[]>;
}

/** In shared notes a word joiner, which nobody sees, breaks what looks like a marker. */
function withoutJoiner(line: string): string {
  return line.replaceAll('<\u2060!--', '<!--');
}

/** What of a comment GitLab would do, or would show otherwise than the document says. */
function activeIn(document: Document, markdown = renderMarkdown(document)): readonly string[] {
  const html = parsedByGitLab(markdown);
  const shown = viewOfHtml(html).map(withoutJoiner);
  const meant = viewOfDocument(document).map(withoutJoiner);
  const at = shown.findIndex((line, index) => line !== meant[index]);
  const isOther = at !== -1 || shown.length !== meant.length;
  return [
    ...findQuickActions(markdown).map((line) => `quick action: ${line}`),
    ...markdown.split('\n').flatMap((line) => (line.startsWith('/') ? [`line with a slash: ${line}`] : [])),
    ...referencesIn(html),
    ...(isOther ? [`shown: ${JSON.stringify(shown[at])}, meant: ${JSON.stringify(meant[at])}`] : []),
  ];
}

const version = '1.0.0';
const commentOptions = {
  title: null,
  maxCharacters: 900_000,
  version,
  layout: { ...plainLayout, detail: 'full' as const },
};

const comment: Surface = {
  name: 'comment',
  share: 30,
  attack: (draw) => activeIn(commentDocument(hostileSummary(draw), english, commentOptions)),
};

const pageOptions = { title: null, maxDetails: 5_000, version };

/** Elements by name with their attributes' names. */
function elementsOf(page: string): readonly string[] {
  return htmlParts(page).flatMap((part) =>
    part.kind === 'open' ? [`${part.name} ${Object.keys(part.attributes).sort().join(' ')}`] : [],
  );
}

const ownElements = new Set([
  ...elementsOf(renderReportPage(aFullSummary(), english, pageOptions)),
  ...elementsOf(renderReportPage(hostileSummary('plain'), english, pageOptions)),
]);

const page: Surface = {
  name: 'page',
  share: 12,
  attack: (draw) => {
    const html = renderReportPage(aFullSummary(draw), english, pageOptions);
    const addresses = htmlParts(html).flatMap((part) =>
      part.kind === 'open' ? (part.attributes['href'] ?? []) : [],
    );
    return [
      ...elementsOf(html).flatMap((element) => (ownElements.has(element) ? [] : [`element: ${element}`])),
      ...addresses.flatMap((url) => (/^(?:https?:\/\/|#)/.test(url) ? [] : [`address: ${url}`])),
      ...((html.match(/<script/gi)?.length ?? 0) > 1 ? ['script'] : []),
    ];
  },
};

const sent = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u;

const terminal: Surface = {
  name: 'terminal',
  share: 15,
  attack: (draw) => {
    const printed = renderTerminal(commentDocument(hostileSummary(draw), english, commentOptions), {
      columns: 100,
      color: false,
    });
    return printed
      .split('\n')
      .flatMap((line) => (sent.test(line) ? [`control character: ${JSON.stringify(line)}`] : []));
  },
};

const append: Surface = {
  name: 'append',
  share: 20,
  attack: (draw) => activeIn(parseMarkdown(Array.from({ length: 8 }, draw).join('\n'))),
};

const template = documentTemplate.parse(everyPlaceholder);
const title = lineTemplate(255).parse('{title} {labels} {failed-jobs}');

/** GitLab reads no formulas in titles. */
function activeInTitle(line: string): readonly string[] {
  return referencesIn(`<p>${escapeHtml(inertTitle(line, 255))}</p>`).filter(
    (one) => !one.startsWith('mathematics'),
  );
}

const rules: Surface = {
  name: 'rules',
  share: 8,
  attack: (draw) => {
    const facts = hostileFacts(draw);
    return [
      ...activeIn(template.fill(anOccurrence(), facts, 'my rule')),
      ...activeInTitle(title.fill(anOccurrence(), facts, 'my rule')),
    ];
  },
};

const diff = parseUnifiedDiff(
  'diff --git a/src/a.ts b/src/a.ts\n--- a/src/a.ts\n+++ b/src/a.ts\n@@ -9,1 +9,3 @@\n nine\n+ten\n+eleven\n',
);
const wishes = { kinds: ['findings', 'tests', 'coverage'], severity: 'low' } as const;

const inlineComments: Surface = {
  name: 'inline comments',
  share: 8,
  attack: (draw) => {
    const place = { path: 'src/a.ts', line: 10 };
    const finding = aFinding({ ...place, message: draw(), rule: draw(), tool: draw(), ruleUrl: draw() });
    const failure = aTestFailure({
      type: draw(),
      message: draw(),
      details: `${draw()}\n    at src/a.ts:11:1\n${draw()}`,
    });
    const failed = aFailedTest({ name: draw(), suite: draw(), file: 'src/a.ts', line: 11, failure });
    const summary = aSummary({
      diff,
      tests: aTestsReport({ cases: [failed] }),
      findings: aFindingsReport({ findings: [finding] }),
      comparison: aComparison({
        tests: aTestsComparison({ newFailures: [failed] }),
        findings: {
          fresh: [{ finding, onChangedLine: true }],
          fixed: { items: [], count: 0 },
          existing: 0,
          undecided: [],
          complete: true,
        },
      }),
    });
    const sources = new Map([['src/a.ts', Array.from({ length: 20 }, draw)]]);
    const { items } = inlineRun(summary, wishes, { changed: changedLines(diff), sources, words: english });
    return items.flatMap((item) => activeIn([...item.head, ...item.body], inlineBody([item], english)));
  },
};

const mergeRequest = { project: 1, iid: 2, url: 'https://gitlab.example.com/g/p/-/merge_requests/2' };
const sha = 'ab'.repeat(20);

function noteOf(draw: () => string): Document {
  return [
    paragraph(text(draw()), code(draw())),
    codeBlock(`${draw()}\n${draw()}`),
    list([paragraph(text(draw())), codeBlock(draw())]),
    details([text(draw())], [paragraph(text(draw())), codeBlock(draw())]),
  ];
}

/** Two jobs, each with a part of one note, the first one twice: what stands there in the end are both. */
const sharedNotes: Surface = {
  name: 'shared notes',
  share: 7,
  attack: async (draw) => {
    const notes = new NotesInMemory();
    const world = { gitlab: notes.clientOf(), clock: aClock(), log: aLog() };
    const publish = (section: string, document: Document, pipelineId: number): Promise<unknown> =>
      publishSection(
        world,
        { place: mergeRequest, key: 'report', section, body: renderMarkdown(document), pipelineId, sha },
        { dryRun: false, createMissing: true, locked: false, findQuickActions },
      );
    const [first, second] = [noteOf(draw), noteOf(draw)];
    await publish('api', noteOf(draw), 1);
    await publish('lint', second, 1);
    await publish('api', first, 2);
    const body = notes.notes[0]?.body ?? '';
    const names = parseParts(body, aProver(mergeRequest, 'report')).map(({ name }) => name);
    return [
      ...(notes.notes.length === 1 ? [] : [`${notes.notes.length} notes`]),
      ...(names.join(' ') === 'api lint' ? [] : [`sections: ${names.join(' ')}`]),
      ...activeIn([...first, ...second], body),
    ];
  },
};

/** A long word may break anywhere, and a good address is a link. */
const ownDigestElements = new Set([
  'wbr ',
  ...elementsOf(
    digestPage(
      hostileDigest(() => 'https://example.com/a'),
      englishDigest,
    ),
  ),
]);

/** What a digest shows of merge requests, jobs and projects, in an issue and as a page. */
const digest: Surface = {
  name: 'digest',
  share: 6,
  attack: (draw) => {
    const made = hostileDigest(draw);
    const html = digestPage(made, englishDigest);
    return [
      ...activeIn(digestDocument(made, englishDigest)),
      ...elementsOf(html).flatMap((element) =>
        ownDigestElements.has(element) ? [] : [`element: ${element}`],
      ),
      ...(/<script/i.test(html) ? ['script'] : []),
    ];
  },
};

/** What release notes show of merge requests, commits, people and tags, in the description of a release. */
const releaseText: Surface = {
  name: 'release notes',
  share: 6,
  attack: (draw) => {
    const document = hostileNotes(draw);
    const markdown = renderMarkdown(document);
    const plan = planReleaseText('', markdown);
    const again = plan.kind === 'write' ? planReleaseText(plan.description, markdown).kind : plan.kind;
    return [...activeIn(document, markdown), ...(again === 'same' ? [] : [`the marks are broken: ${again}`])];
  },
};

/** The issue about an alert, as the format `json` reads it from a message that says whatever its sender likes. */
const alerts: Surface = {
  name: 'alerts',
  share: 6,
  attack: (draw) => {
    const { alerts: read } = hostileAlert(draw);
    const [alert] = read;
    if (alert === undefined) return ['no alert'];
    const frames = [{ path: draw(), line: 3, functionName: draw() }];
    const words = { ...alert, labels: [[draw(), draw()]] as const, frames };
    const plan = planAlert(null, { ...words, state: 'firing' }, '2026-11-30T08:00:00.000Z');
    if (plan.do === 'nothing') return ['no issue'];
    const about = { source: 'checks', projectUrl: 'https://gitlab.example.com/g/p' };
    const found = { sha, isRelease: false, places: frames, owners: [draw()] };
    return [
      ...activeIn(alertDocument(plan.record, about)),
      ...activeIn(alertDocument({ ...plan.record, code: found }, about)),
      ...activeIn(restDocument({ count: 2, waiting: [], unread: [] }, alert, { source: 'checks', max: 2 })),
      ...activeInTitle(alert.title),
    ];
  },
};

function hostileAlert(draw: () => string): { readonly alerts: readonly Alert[] } {
  const payload = { id: `x${draw()}`, title: draw(), text: draw(), link: draw(), severity: draw() };
  const fields: AlertFields = {
    list: null,
    fingerprint: ['id'],
    title: 'title',
    state: null,
    resolved: [],
    severity: 'severity',
    link: 'link',
    text: 'text',
    time: null,
  };
  const reading = alertFormats.json.read(payload, fields);
  return reading.outcome === 'alerts' ? reading : { alerts: [] };
}

export const commentSurfaces: readonly Surface[] = [comment, sharedNotes];
export const otherSurfaces: readonly Surface[] = [
  page,
  terminal,
  append,
  rules,
  inlineComments,
  digest,
  releaseText,
  alerts,
];
