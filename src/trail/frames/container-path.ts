/** Where images of containers keep what they run, by habit; what is below may be the project or a module of it. */
const roots = [
  '/app/',
  '/usr/src/app/',
  '/usr/src/',
  '/src/',
  '/code/',
  '/workspace/',
  '/project/',
  '/opt/app/',
  '/srv/app/',
  '/home/node/app/',
  '/var/www/html/',
];

/**
 * The path below the folder of a container, `src/cart.ts` of `/app/src/cart.ts`; null for others, and for a name alone.
 */
export function pathInContainer(path: string): string | null {
  const root = roots.find((one) => path.startsWith(one));
  const below = root === undefined ? '' : path.slice(root.length);
  return below.includes('/') ? below : null;
}
