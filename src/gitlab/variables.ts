import * as z from 'zod';
import type { ProjectVariable } from '../model/setup.ts';
import { type Api, projectPath } from './api.ts';
import { askJson, sendJson } from './ask-json.ts';
import { createOnce } from './create-once.ts';
import { nullIfGone } from './null-if-gone.ts';
import type { SecretVariable, Variables } from './ports/setup.ts';

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
      hidden: answer.hidden ?? false,
      description: answer.description ?? null,
    }),
  );

const everyEnvironment = { 'filter[environment_scope]': '*' };

/** `raw`: a dollar sign in a token is no reference. */
function secretBody(variable: SecretVariable): Readonly<Record<string, unknown>> {
  const { value, protected: isProtected, description } = variable;
  return { value, description, protected: isProtected, masked: true, raw: true };
}

/** The part of the port about variables. Source: https://docs.gitlab.com/api/project_level_variables/ */
export function createVariables(api: Api): Variables {
  /** By its key and scope: the values of others are nobody's business. */
  const fetchVariable = (project: number, key: string): Promise<ProjectVariable | null> => {
    const path = `${projectPath(project)}/variables/${encodeURIComponent(key)}`;
    return nullIfGone(askJson({ method: 'GET', path, query: everyEnvironment }, variableAnswer, api));
  };

  return {
    fetchVariable,

    async createSecretVariable(project, variable) {
      const path = `${projectPath(project)}/variables`;
      // Versions that cannot hide a variable mask it at least.
      const body = { ...secretBody(variable), key: variable.key, masked_and_hidden: true };
      await createOnce(
        {
          create: () => sendJson({ method: 'POST', path, body }, api),
          findLanded: () => fetchVariable(project, variable.key),
        },
        api.clock,
      );
    },

    async updateSecretVariable(project, variable) {
      const path = `${projectPath(project)}/variables/${encodeURIComponent(variable.key)}`;
      const request = { method: 'PUT', path, query: everyEnvironment, body: secretBody(variable) } as const;
      await sendJson(request, api);
    },

    async deleteVariable(project, key) {
      const path = `${projectPath(project)}/variables/${encodeURIComponent(key)}`;
      await nullIfGone(sendJson({ method: 'DELETE', path, query: everyEnvironment }, api));
    },
  };
}
