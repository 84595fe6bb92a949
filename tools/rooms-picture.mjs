/**
 * The picture of the rooms of src/ in docs/architecture.md, drawn from the layers table of .dependency-cruiser.mjs: one
 * for all, and one for each folder that has rooms of its own.
 */

/** What everything may import: arrows to it would only hide the others. */
const everywhere = new Set(['model', 'errors.ts', 'version.ts']);
/** The composition root. */
const roots = {
  'main.ts': 'main.ts',
  'first-request.ts': 'first-request.ts',
  'line-options.ts': 'line-options.ts',
  'node-host.ts': 'node-host.ts',
  'print-help.ts': 'print-help.ts',
};

const folderOf = (name) => roots[name] ?? name.split('/', 1)[0];

/** `render/html` of `render`, a file of it as itself; null for what lies elsewhere. */
function roomIn(folder, name, rooms) {
  if (!name.startsWith(`${folder}/`)) return null;
  return rooms.find((room) => name === room || name.startsWith(`${room}/`)) ?? null;
}

/** Everything that can be reached from a room by at least one arrow. */
function reachable(graph, from, seen = new Set()) {
  for (const to of graph.get(from) ?? []) {
    if (seen.has(to)) continue;
    seen.add(to);
    reachable(graph, to, seen);
  }
  return seen;
}

/** Leaves out the arrows that a longer way says as well. */
function withoutShortcuts(graph) {
  return new Map(
    [...graph].map(([from, targets]) => {
      const isShortcut = (to) => [...targets].some((by) => by !== to && reachable(graph, by).has(to));
      return [from, [...targets].filter((to) => !isShortcut(to))];
    }),
  );
}

function graphOf(layers, roomOf) {
  const graph = new Map();
  for (const [name, { imports }] of Object.entries(layers)) {
    const from = roomOf(name);
    if (from === null) continue;
    const targets = graph.get(from) ?? new Set();
    for (const to of imports.map(roomOf)) if (to !== null && to !== from) targets.add(to);
    graph.set(from, targets);
  }
  return graph;
}

function mermaid(graph) {
  const id = (name) => name.replace(/\W/g, '_');
  const nodes = [...graph.keys()].map((name) => `  ${id(name)}["${name}"]`);
  const arrows = [...withoutShortcuts(graph)].flatMap(([from, targets]) =>
    targets.length === 0 ? [] : [`  ${id(from)} --> ${targets.map(id).join(' & ')}`],
  );
  return `\`\`\`mermaid\nflowchart TB\n${[...nodes, ...arrows].join('\n')}\n\`\`\``;
}

/** @param {typeof import('../.dependency-cruiser.mjs').layers} layers */
export function roomsPicture(layers) {
  const shown = (name) => (everywhere.has(name) ? null : folderOf(name));
  const names = Object.keys(layers);
  const divided = [...new Set(names.filter((name) => name.includes('/')).map(folderOf))];
  const parts = divided.map((folder) => {
    const rooms = names.filter((name) => name.startsWith(`${folder}/`));
    return `Inside \`${folder}/\`:\n\n${mermaid(graphOf(layers, (name) => roomIn(folder, name, rooms)))}`;
  });
  return [mermaid(graphOf(layers, shown)), ...parts].join('\n\n');
}

/** Folders of the table without a row of the page that says what enters, what leaves and what the folder never does. */
export function roomsWithoutRow(layers, page) {
  const folders = Object.keys(layers).filter((name) => !name.endsWith('.ts'));
  const described = [...page.matchAll(/^\| `([^`]+)\/` \| \S.* \| \S.* \| \S.* \|$/gm)].map(
    ([, name]) => name,
  );
  return folders.filter((folder) => !described.includes(folder));
}
