import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest, ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { allowed, maintainer, reporter } from '../roles.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedState } from '../state/state.ts';
import { projectJson } from './project-json.ts';

function variableJson({ hidden, value, ...fields }: EmbeddedState['ci']['variables'][number]): object {
  return { ...fields, hidden, value: hidden ? null : value, variable_type: 'env_var' };
}

function createVariable(request: EmbeddedRequest, projectId: number, state: EmbeddedState): EmbeddedAnswer {
  const { key, value, masked, masked_and_hidden: hidden, description } = request.body;
  if (typeof key !== 'string' || typeof value !== 'string') return refused(refusals.missingField, 'key');
  const scope = textOr(request.body['environment_scope'], '*');
  const ofKey = state.ci.variables.filter((one) => one.project_id === projectId && one.key === key);
  if (ofKey.some(({ environment_scope }) => environment_scope === scope))
    return refused(refusals.variableTaken, key);
  // https://docs.gitlab.com/ci/variables/#mask-a-cicd-variable
  if (masked === true && !/^[^\s]{8,}$/.test(value)) return refused(refusals.variableNotMaskable);
  const variable = {
    project_id: projectId,
    key,
    value,
    protected: request.body['protected'] === true,
    masked: masked === true || hidden === true,
    hidden: hidden === true,
    environment_scope: scope,
    description: typeof description === 'string' ? description : null,
  };
  state.ci.variables.push(variable);
  return { status: 201, body: variableJson(variable) };
}

type EmbeddedVariable = EmbeddedState['ci']['variables'][number];

/** The one that a request means; GitLab's refusal when there is none, or several. */
function variableOf(
  request: EmbeddedRequest,
  ofKey: readonly EmbeddedVariable[],
): EmbeddedVariable | EmbeddedAnswer {
  const scope = request.query.get('filter[environment_scope]');
  const [found, ...others] =
    scope === null ? ofKey : ofKey.filter(({ environment_scope }) => environment_scope === scope);
  if (found === undefined) return refused(refusals.noVariable);
  return others.length === 0 ? found : refused(refusals.severalVariables);
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

function changedVariable(
  before: EmbeddedVariable,
  { value, masked, protected: isProtected, description, environment_scope: scope }: EmbeddedRequest['body'],
): EmbeddedVariable {
  return {
    ...before,
    value: textOr(value, before.value),
    masked: masked === undefined ? before.masked : masked === true,
    protected: isProtected === undefined ? before.protected : isProtected === true,
    description: typeof description === 'string' ? description : before.description,
    environment_scope: textOr(scope, before.environment_scope),
  };
}

function variableRoute(method: string): Route {
  return route(
    method,
    /^\/projects\/([^/]+)\/variables(?:\/([^/]+))?$/,
    (request, [part = '', key = ''], state) => {
      const projectId = allowed({ request, state }, part, maintainer);
      if (typeof projectId !== 'number') return projectId;
      if (method === 'POST') return createVariable(request, projectId, state);
      const { variables } = state.ci;
      const ofKey = variables.filter((one) => one.project_id === projectId && one.key === key);
      const variable = variableOf(request, ofKey);
      if ('status' in variable) return variable;
      if (method === 'GET') return ok(variableJson(variable));
      const at = variables.indexOf(variable);
      if (method === 'DELETE') {
        variables.splice(at, 1);
        return { status: 204, body: '' };
      }
      const changed = changedVariable(variable, request.body);
      const isTaken = ofKey.some(
        (one) => one !== variable && one.environment_scope === changed.environment_scope,
      );
      if (isTaken) return refused(refusals.variableTaken, key);
      variables.splice(at, 1, changed);
      return ok(variableJson(changed));
    },
  );
}

function labelRoute(method: string): Route {
  return route(
    method,
    /^\/projects\/([^/]+)\/labels(?:\/([^/]+))?$/,
    (request, [part = '', name = ''], state) => {
      const projectId = allowed({ request, state }, part, method === 'GET' ? 10 : reporter);
      if (typeof projectId !== 'number') return projectId;
      const labels = state.ci.labels.filter(({ project_id }) => project_id === projectId);
      if (method === 'GET') return page(labels, request);
      if (method === 'POST') {
        const { name: wanted, color, description } = request.body;
        if (labels.some((label) => label.name === wanted)) return refused(refusals.labelThere);
        const label = {
          project_id: projectId,
          name: String(wanted),
          color: String(color),
          description: typeof description === 'string' ? description : null,
        };
        state.ci.labels.push(label);
        return { status: 201, body: label };
      }
      const label = labels.find((one) => one.name === name);
      if (label === undefined) return refused(refusals.noLabel);
      state.ci.labels.splice(state.ci.labels.indexOf(label), 1);
      return { status: 204, body: '' };
    },
  );
}

const processModes = ['unordered', 'oldest_first', 'newest_first', 'newest_ready_first'];

/** Variables, labels, queues, members and branches of a project. Source: https://docs.gitlab.com/api/rest/ */
export const settingsRoutes: readonly Route[] = [
  ...['GET', 'POST', 'PUT', 'DELETE'].map(variableRoute),
  ...['GET', 'POST', 'DELETE'].map(labelRoute),
  route('GET', /^\/projects\/([^/]+)\/resource_groups$/, (request, [part = ''], state) => {
    const projectId = projectOf(part, state)?.id;
    return page(
      state.ci.resourceGroups.filter(({ project_id }) => project_id === projectId),
      request,
    );
  }),
  route('PUT', /^\/projects\/([^/]+)$/, (request, [part = ''], state) => {
    const projectId = allowed({ request, state }, part, maintainer);
    if (typeof projectId !== 'number') return projectId;
    const project = state.projects.find(({ id }) => id === projectId);
    const role = request.body['ci_pipeline_variables_minimum_override_role'];
    if (project === undefined) return refused(refusals.noProject);
    if (typeof role === 'string') project.ci_pipeline_variables_minimum_override_role = role;
    const { description, ci_config_path: config } = request.body;
    if (typeof description === 'string') project.description = description;
    if (typeof config === 'string') project.ci_config_path = config;
    return ok(projectJson(project));
  }),
  route('PUT', /^\/projects\/([^/]+)\/resource_groups\/([^/]+)$/, (request, [part = '', key = ''], state) => {
    const projectId = allowed({ request, state }, part, maintainer);
    if (typeof projectId !== 'number') return projectId;
    const group = state.ci.resourceGroups.find((one) => one.project_id === projectId && one.key === key);
    const mode = String(request.body['process_mode']);
    if (group === undefined) return refused(refusals.noResourceGroup);
    if (!processModes.includes(mode)) return refused(refusals.unknownProcessMode);
    group.process_mode = mode;
    return ok(group);
  }),
  route(
    'GET',
    /^\/projects\/([^/]+)\/repository\/branches\/([^/]+)$/,
    (_request, [part = '', name = ''], state) => {
      const at = projectOf(part, state)?.id;
      const project = state.projects.find(({ id }) => id === at);
      if (project === undefined) return refused(refusals.noProject);
      const isDefault = project.default_branch === name;
      const branch = state.branches.find((one) => one.project_id === at && one.name === name);
      const hasRule = state.branchRules.some((rule) => rule.project_id === at && rule.name === name);
      const isProtected =
        hasRule || (isDefault && !state.ci.unprotectedBranches.has(`${project.id}:${name}`));
      if (branch === undefined && !isDefault) return refused(refusals.noBranch);
      // Projects of some tests have a default branch and no history.
      const commit = branch === undefined ? null : { id: branch.sha };
      return ok({ name, protected: isProtected, commit });
    },
  ),
];
