/** The page about the rights that Herald needs, from `src/gitlab/rights/needed-rights.ts`. */

const roleNames = {
  none: 'none',
  guest: 'Guest',
  reporter: 'Reporter',
  developer: 'Developer',
  maintainer: 'Maintainer',
  owner: 'Owner',
};

/** @param {readonly string[]} actors */
function usersOf(actors) {
  const names = {
    report: 'the report',
    bot: 'the bot',
    rules: 'rules of the bot',
    setup: '`herald setup`',
    doctor: '`herald doctor`',
    digest: 'the digest',
  };
  return actors.map((actor) => names[actor]).join(', ');
}

/** @param {any} right @param {(text: string) => string} code */
function rowOf(right, code) {
  const { feature, actors, role, scope, tier, requests, note, source } = right;
  const more = [tier === 'Free' ? '' : `${tier} and up.`, note, `[Source](${source})`];
  return [
    feature,
    usersOf(actors),
    roleNames[role],
    code(scope),
    Object.entries(requests)
      .map(([permission, list]) => `**${permission}**: ${list.map(code).join(', ')}`)
      .join('; '),
    more.filter((text) => text !== '').join(' '),
  ];
}

/**
 * The permissions of all rights together, by resource: `Job: Read, Run`.
 *
 * @param {readonly any[]} rights
 */
function permissionsOf(rights) {
  const actions = new Map();
  for (const right of rights)
    for (const name of Object.keys(right.requests).flatMap((text) => text.split(' and '))) {
      const [resource = '', action = ''] = name.split(': ');
      actions.set(resource, new Set([...(actions.get(resource) ?? []), action]));
    }
  const names = [...actions.keys()].sort();
  return names.map((resource) => `${resource}: ${[...actions.get(resource)].sort().join(', ')}`);
}

/**
 * @param {{ neededRights: readonly any[] }} source @param {{ table: Function, code: (text: string) => string }} tools
 */
export function permissionsPage({ neededRights }, { table, code }) {
  const titles = [
    'For',
    'Used by',
    'Least role',
    'Scope',
    'Fine-grained permissions and their requests',
    'Notes',
  ];
  /** @param {(right: any) => boolean} isMeant */
  const tableOf = (isMeant) =>
    table(
      titles,
      neededRights.filter(isMeant).map((right) => rowOf(right, code)),
    );
  const isEveryday = ({ actors }) =>
    ['report', 'bot', 'rules', 'digest'].some((actor) => actors.includes(actor));
  /** @param {string} actor */
  const listFor = (actor) =>
    permissionsOf(neededRights.filter(({ actors, tier }) => actors.includes(actor) && tier !== 'Ultimate'))
      .map((line) => `- ${line}`)
      .join('\n');
  return `# Rights that Herald needs

What each feature needs from GitLab: the least role of the token's user, the scope of the token, and the requests (below \`/projects/:id\` where
they do not begin with \`/\`). If a right is missing, the feature says so and everything else still works. Roles are those of private projects: in
public ones everybody can read, and anyone who is signed in can comment. Everything works with GitLab Free unless another tier is named.

In short: **Developer with the scope \`api\`** in the projects that Herald reports on covers everything that the report and the bot do. Only the person
who runs \`herald setup\` needs Maintainer, for that moment. \`herald doctor\` shows what the role and the scopes of your bot do not cover. Which kind
of token to use: [the bot's token](../guides/token.md). Source: \`src/gitlab/rights/needed-rights.ts\`.

## Fine-grained tokens

A fine-grained token (GitLab 19.2 and later) has permissions instead of scopes, and the role of its user counts as well. The tables below name the
permission of each request ([GitLab's list](https://docs.gitlab.com/auth/tokens/fine_grained_access_tokens_rest/)). When GitLab refuses a request,
Herald says which of the two is missing.

A token for **the report** needs all of these in the projects it reports on:

${listFor('report')}

A token for **the bot** needs all of these in the projects it serves (the command \`status\`, protected environments, and rules about access tokens and vulnerabilities take more, which the tables name):

${listFor('bot')}

A token for **the digest** needs all of these in the projects it covers; those that write only where the digest is kept (\`--to\`):

${listFor('digest')}

A maintainer's token for **\`herald setup\`** needs all of these:

${listFor('setup')}

## In the projects that are reported on or watched

${tableOf((right) => right.project === 'watched' && isEveryday(right))}

## To set them up

${tableOf((right) => right.project === 'watched' && !isEveryday(right))}

## In the bot's project

${tableOf((right) => right.project === 'bot')}
`;
}
