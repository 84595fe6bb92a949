/** The oldest Node.js that runs Herald; a test keeps it equal to `engines` in package.json. */
export const oldestNode = '20.12';

/**
 * What is wrong with a version of Node.js such as `18.19.0`, in one sentence; null where it can run Herald. Written in
 * words that a Node of long ago can read, like all that `main.ts` imports at once.
 */
export function nodeProblem(node: string): string | null {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode.split('.').map(Number);
  const isNew = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  return isNew ? null : `this is Node.js ${node}, but Herald needs Node.js ${oldestNode} or later`;
}
