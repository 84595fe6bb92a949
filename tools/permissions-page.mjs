/** The page about the rights that Herald needs, from `src/doctor/needed-rights.ts`. */

const roleNames = {
  none: 'none',
  guest: 'Guest',
  reporter: 'Reporter',
  developer: 'Developer',
  maintainer: 'Maintainer',
};

/** @param {readonly string[]} actors */
function usersOf(actors) {
  const names = { report: 'the report', bot: 'the bot', setup: '`herald setup`', doctor: '`herald doctor`' };
  return actors.map((actor) => names[actor]).join(', ');
}

/** @param {any} right @param {(text: string) => string} code */
function rowOf(right, code) {
  const { feature, actors, role, scope, tier, calls, note, source } = right;
  const more = [tier === 'Free' ? '' : `${tier} and up.`, note, `[Source](${source})`];
  return [
    feature,
    usersOf(actors),
    roleNames[role],
    code(scope),
    calls.map(code).join(', '),
    more.filter((text) => text !== '').join(' '),
  ];
}

/**
 * @param {{ neededRights: readonly any[] }} source @param {{ table: Function, code: (text: string) => string }} tools
 */
export function permissionsPage({ neededRights }, { table, code }) {
  const titles = ['For', 'Used by', 'Least role', 'Scope', 'Requests', 'Notes'];
  /** @param {(right: any) => boolean} isMeant */
  const tableOf = (isMeant) =>
    table(
      titles,
      neededRights.filter(isMeant).map((right) => rowOf(right, code)),
    );
  const isEveryday = (right) => right.actors.includes('report') || right.actors.includes('bot');
  return `# Rights that Herald needs

What each feature needs from GitLab: the least role of the token's user, the scope of the token, and the requests (below \`/projects/:id\` where
they do not begin with \`/\`). If a right is missing, the feature says so and everything else still works. Roles are those of private projects: in
public ones everybody can read, and anyone who is signed in can comment. Everything works with GitLab Free unless another tier is named.

In short: **Developer with the scope \`api\`** in the projects that Herald reports on covers everything that the report and the bot do. Only the person
who runs \`herald setup\` needs Maintainer, for that moment. \`herald doctor\` shows what the role and the scopes of your bot do not cover. Which kind
of token to use: [the bot's token](../guides/token.md). Source: \`src/doctor/needed-rights.ts\`.

## In the projects that are reported on or watched

${tableOf((right) => right.project === 'watched' && isEveryday(right))}

## To set them up

${tableOf((right) => right.project === 'watched' && !isEveryday(right))}

## In the bot's project

${tableOf((right) => right.project === 'bot')}
`;
}
