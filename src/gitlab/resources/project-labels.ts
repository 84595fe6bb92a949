import { ProjectLabels } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { Label } from '../../model/setup.ts';
import type { Labels } from '../ports/setup.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { readPages } from '../transport/read-pages.ts';
import { askJson, sendJson } from '../transport/send-json.ts';

const labels = new ProjectLabels(requestsOnly);

const maxPages = 100;

const labelAnswer = z.lazy(() =>
  z
    .object({ name: z.string(), color: z.string(), description: z.string().nullish() })
    .transform(({ name, color, description }): Label => ({ name, color, description: description ?? '' })),
);

/** The part of the port about the labels of a project. Source: https://docs.gitlab.com/api/labels/ */
export function createLabels(api: Api): Labels {
  const fetchLabels: Labels['fetchLabels'] = (project, { inherited }) =>
    readPages(
      { list: labels.all(project, { includeAncestorGroups: inherited }), row: labelAnswer, maxPages },
      api,
    );

  return {
    fetchLabels,

    async createLabel(project, { name, color, description }) {
      try {
        await createOnce(
          {
            create: () => askJson(labels.create(project, name, color, { description }), labelAnswer, api),
            findLanded: async () =>
              (await fetchLabels(project, { inherited: false })).find((label) => label.name === name) ?? null,
          },
          api.clock,
        );
      } catch (error) {
        // Somebody made it in the meantime.
        if (!(error instanceof GitLabRefusedError && error.status === 409)) throw error;
      }
    },

    async deleteLabel(project, name) {
      await nullIfGone(sendJson(labels.remove(project, name), api));
    },
  };
}
