import * as z from 'zod';
import { TrackerUnreachableError } from '../errors.ts';
import { deploysAnswer, releaseAnswer, releasesAnswer } from './answers.ts';
import { commitBody, deployBody, releaseBody } from './bodies.ts';
import { createSentryCall, type SentryOptions } from './client.ts';
import type { ErrorTracker } from './port.ts';

/** Whatever came: only that it was a success counts. */
const anything = z.unknown();

/** What stands for "this is not here", and for "this server has no such call". */
const missing = [404, 405];

function pathOf(version: string): string {
  return `/releases/${encodeURIComponent(version)}/`;
}

/** Only `noneAt` gives null, and these calls name no such status. */
function given<Value>(value: Value | null): Value {
  if (value !== null) return value;
  throw new TrackerUnreachableError('the error tracker gave an empty answer', { uncertain: false });
}

/**
 * An error tracker that speaks Sentry's API: Sentry, a self-hosted Sentry, GlitchTip. Nothing is sent before the first
 * call. Source: https://docs.sentry.io/api/releases/
 */
export function connectSentry(options: SentryOptions): ErrorTracker {
  const call = createSentryCall(options);
  return {
    async checkAccess() {
      await call({ method: 'GET', path: '/releases/', query: '?per_page=1' }, releasesAnswer);
    },

    async hasProject(project) {
      // Tokens for releases may list those of a project and not see the project itself; older servers have no such
      // list.
      const list = { method: 'GET', path: '/releases/', query: '?per_page=1', noneAt: missing } as const;
      if ((await call({ ...list, project }, anything)) !== null) return true;
      return (await call({ method: 'GET', path: '/', project, noneAt: [404] }, anything)) !== null;
    },

    fetchRelease: (version) => call({ method: 'GET', path: pathOf(version), noneAt: [404] }, releaseAnswer),

    async fetchLastCommit(projects, exceptVersion) {
      const list = { method: 'GET', path: '/releases/', query: '?per_page=100' } as const;
      const found = given(await call(list, releasesAnswer)).find(
        (one) =>
          one.version !== exceptVersion &&
          one.lastCommit !== null &&
          one.projects.some((project) => projects.includes(project)),
      );
      return found?.lastCommit ?? null;
    },

    createRelease: async (release, releasedAt) =>
      given(
        await call(
          { method: 'POST', path: '/releases/', body: releaseBody(release, releasedAt) },
          releaseAnswer,
        ),
      ),

    async updateRelease(release, releasedAt) {
      const { version } = release;
      const { version: _version, projects: _projects, ...body } = releaseBody(release, releasedAt);
      return given(await call({ method: 'PUT', path: pathOf(version), body }, releaseAnswer));
    },

    // GlitchTip's own; of Sentry, this address can only be read.
    async setCommits(version, commits) {
      const body = commits.map((commit) => commitBody(commit, null));
      const path = `${pathOf(version)}commits/`;
      return (await call({ method: 'POST', path, body, noneAt: missing }, releaseAnswer)) !== null;
    },

    fetchDeploys: (version) =>
      call(
        { method: 'GET', path: `${pathOf(version)}deploys/`, query: '?per_page=100', noneAt: missing },
        deploysAnswer,
      ),

    async createDeploy(version, deploy, now) {
      const path = `${pathOf(version)}deploys/`;
      await call({ method: 'POST', path, body: deployBody(deploy, now) }, anything);
    },
  };
}
