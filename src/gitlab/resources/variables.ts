import { ProjectVariables } from '@gitbeaker/rest';
import * as z from 'zod';
import type { ProjectVariable, VariablePlace } from '../../model/setup.ts';
import type { SecretVariable, Variables } from '../ports/setup.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { pathByHand } from '../transport/path-by-hand.ts';
import { sendJson } from '../transport/send-json.ts';

const variables = new ProjectVariables(requestsOnly);

const variableAnswer = z.lazy(() =>
  z
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
    ),
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
  const pathOf = (project: number, key: string): string => pathByHand`/projects/${project}/variables/${key}`;

  /** By its key and scope: the values of others are nobody's business. */
  const fetchVariable: Variables['fetchVariable'] = (project, key, place) => {
    const question = variables.show(project, key, { filter: { environment_scope: scopes[place] } });
    return nullIfGone(getJson(api, question, variableAnswer));
  };

  return {
    fetchVariable,

    async createSecretVariable(project, variable, place) {
      const { key, value } = variable;
      // Versions that cannot hide a variable mask it at least.
      const hiding = { masked_and_hidden: true, environment_scope: scopes[place] };
      const settings = untyped({ ...secretBody(variable), ...hiding });
      await createOnce(
        {
          create: () => sendJson(variables.create(project, key, value, settings), api),
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
