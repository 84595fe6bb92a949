import * as z from 'zod';
import type { ProjectVariable, VariablePlace } from '../../model/setup.ts';
import type { SecretVariable, Variables } from '../ports/setup.ts';
import { type Api, projectPath } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { getJson } from '../transport/get-json.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { sendJson } from '../transport/send-json.ts';

const variableAnswer = z
  .object({
    key: z.string(),
    value: z.string().nullish(),
    protected: z.boolean().nullish(),
    masked: z.boolean().nullish(),
    hidden: z.boolean().nullish(),
    description: z.string().nullish(),
  })
  .transform(
    (answer): ProjectVariable => ({
      key: answer.key,
      value: answer.value ?? null,
      protected: answer.protected ?? false,
      masked: answer.masked ?? false,
      hidden: answer.hidden ?? null,
      description: answer.description ?? null,
    }),
  );

/** Environment scopes: https://docs.gitlab.com/ci/environments/#limit-the-environment-scope-of-a-cicd-variable */
const scopes: Readonly<Record<VariablePlace, string>> = { everywhere: '*', aside: 'herald-setup' };

function at(place: VariablePlace): Readonly<Record<string, string>> {
  return { 'filter[environment_scope]': scopes[place] };
}

/** `raw`: a dollar sign in a token is not a reference. */
function secretBody(variable: SecretVariable): Readonly<Record<string, unknown>> {
  const { value, protected: isProtected, description } = variable;
  return { value, description, protected: isProtected, masked: true, raw: true };
}

/** The part of the port about variables. Source: https://docs.gitlab.com/api/project_level_variables/ */
export function createVariables(api: Api): Variables {
  const pathOf = (project: number, key: string): string =>
    `${projectPath(project)}/variables/${encodeURIComponent(key)}`;

  /** By its key and scope: the values of others are nobody's business. */
  const fetchVariable: Variables['fetchVariable'] = (project, key, place) => {
    const question = { path: pathOf(project, key), query: at(place) };
    return nullIfGone(getJson(api, question, variableAnswer));
  };

  return {
    fetchVariable,

    async createSecretVariable(project, variable, place) {
      const path = `${projectPath(project)}/variables`;
      const { key } = variable;
      // Versions that cannot hide a variable mask it at least.
      const hiding = { key, masked_and_hidden: true, environment_scope: scopes[place] };
      await createOnce(
        {
          create: () => sendJson({ method: 'POST', path, body: { ...secretBody(variable), ...hiding } }, api),
          findLanded: () => fetchVariable(project, key, place),
        },
        api.clock,
      );
    },

    async updateSecretVariable(project, variable) {
      const path = pathOf(project, variable.key);
      await sendJson({ method: 'PUT', path, query: at('everywhere'), body: secretBody(variable) }, api);
    },

    async placeVariable(project, key) {
      const body = { environment_scope: scopes.everywhere };
      await sendJson({ method: 'PUT', path: pathOf(project, key), query: at('aside'), body }, api);
    },

    async deleteVariable(project, key, place) {
      await nullIfGone(sendJson({ method: 'DELETE', path: pathOf(project, key), query: at(place) }, api));
    },
  };
}
