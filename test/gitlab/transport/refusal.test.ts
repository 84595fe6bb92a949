import { describe, expect, test } from 'vitest';
import { exitCodes } from '../../../src/errors.ts';
import { refusalOf, type Speaker } from '../../../src/gitlab/transport/refusal.ts';

const bot: Speaker = { kind: 'bot', variable: 'HERALD_TOKEN', mask: (text) => text };
const job: Speaker = { kind: 'job', variable: 'CI_JOB_TOKEN', mask: (text) => text };
const postNote = { method: 'POST', path: '/projects/42/merge_requests/17/notes' };
const putNote = { method: 'PUT', path: '/projects/42/merge_requests/17/notes/301' };
const postStatus = { method: 'POST', path: '/projects/42/statuses/4f2b9c1d' };
const getJobs = { method: 'GET', path: '/projects/42/pipelines/9/jobs' };
const getUser = { method: 'GET', path: '/user' };

function answer(status: number, body = '{}'): Parameters<typeof refusalOf>[1] {
  return { status, headers: {}, body: new TextEncoder().encode(body) };
}

describe('a refusal', () => {
  test('says what was refused in GitLab’s words, with the status and the request as fields', () => {
    const error = refusalOf(postStatus, answer(400, '{"message":{"name":["has already been taken"]}}'), bot);
    expect(error.message).toBe(
      'GitLab refused POST /projects/42/statuses/4f2b9c1d: 400 Bad Request: name has already been taken',
    );
    expect(error).toMatchObject({
      code: 'refused',
      exitCode: exitCodes.refused,
      status: 400,
      request: 'POST /projects/42/statuses/4f2b9c1d',
    });
  });

  test.each([
    {
      name: 'a token that is not valid',
      request: getUser,
      status: 401,
      hint: /HERALD_TOKEN.*expired or been revoked/,
    },
    {
      name: 'a note',
      request: postNote,
      status: 403,
      hint: /role Reporter.*comments on merge requests.*scope api.*Work Item: Create/,
    },
    { name: 'a change of a note', request: putNote, status: 403, hint: /Reporter/ },
    {
      name: 'a commit status',
      request: postStatus,
      status: 403,
      hint: /role Developer.*commit statuses.*scope api.*Commit Status: Create/,
    },
    {
      name: 'a reading',
      request: getJobs,
      status: 403,
      hint: /role Reporter in the project, for reading pipelines/,
    },
    {
      name: 'what is not there',
      request: getUser,
      status: 404,
      hint: /Not found, or this token \(HERALD_TOKEN\) cannot see it/,
    },
    { name: 'too much', request: postNote, status: 413, hint: /larger than/ },
    { name: 'a wrong value', request: postNote, status: 422, hint: /did not accept/ },
    { name: 'anything else', request: postNote, status: 451, hint: /say why/ },
  ])('hints at what to do about $name ($status)', ({ request, status, hint }) => {
    expect(refusalOf(request, answer(status), bot).hint).toMatch(hint);
  });

  test.each([
    [
      'Token is expired. You can either do re-authorization or token refresh.',
      /^The token in HERALD_TOKEN has expired/,
    ],
    ['Token was revoked. You have to re-authorize from the user.', /^The token in HERALD_TOKEN was revoked/],
  ])('says what became of a token that was good once: %s', (description, hint) => {
    const body = JSON.stringify({ error: 'invalid_token', error_description: description });
    expect(refusalOf(getUser, answer(401, body), bot).hint).toMatch(hint);
  });

  test('names the scope that is missing', () => {
    const body = '{"error":"insufficient_scope","error_description":"needs more","scope":"api"}';
    const { hint } = refusalOf(postNote, answer(403, body), bot);
    expect(hint).toMatch(/lacks a scope.*scope api.*role of its user is not the reason/);
  });

  test('names the permission that a fine-grained token lacks, and does not blame the role', () => {
    const body = JSON.stringify({
      error: 'insufficient_granular_scope',
      error_description:
        'Access denied: This operation requires a fine-grained personal access token with the following project permissions: [Commit Status: Create].',
    });
    const { message, hint } = refusalOf(postStatus, answer(403, body), bot);
    expect(message).toContain('[Commit Status: Create]');
    expect(hint).toMatch(/HERALD_TOKEN lacks the permission Commit Status: Create, for commit statuses/);
    expect(hint).toContain('The role of its user is not the reason');
    expect(hint).not.toContain('Developer');
  });

  test('of a group names the role there', () => {
    const request = { method: 'POST', path: '/groups/7/service_accounts' };
    expect(refusalOf(request, answer(403), bot).hint).toMatch(
      /role Owner in the group, for herald setup --bot/,
    );
  });

  test.each([
    { request: postNote, status: 401 },
    { request: postNote, status: 403 },
    { request: postNote, status: 404 },
    { request: getUser, status: 401 },
  ])('to a job token ($request.method, $status) says that a bot token is needed', ({ request, status }) => {
    expect(refusalOf(request, answer(status), job).hint).toMatch(/bot token.*HERALD_TOKEN/);
  });

  test('to a job token that cannot see something asks to check the address', () => {
    expect(refusalOf(getUser, answer(404), job).hint).toMatch(/cannot see it/);
  });
});
