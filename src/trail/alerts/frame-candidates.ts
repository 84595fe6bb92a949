import { pathInContainer } from '../frames/container-path.ts';
import { framePath } from '../frames/frame-path.ts';

/** Code of others, or no code. */
const foreign =
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|vendor|gems)\/|^(?:node|native|<)|^https?:/;
const file = /^[^\s:?#]{1,300}\.[A-Za-z0-9]{1,10}$/;

/**
 * Paths in the repository that a frame of an error tracker can mean, the likeliest first: `src/till.ts` of
 * `webpack:///./src/till.ts`, `app:///src/till.ts` and `/app/src/till.ts`. Empty for code of others.
 */
export function candidatesOf(path: string): readonly string[] {
  const plain = framePath(path);
  if (foreign.test(plain)) return [];
  const below = pathInContainer(plain);
  const found = below === null ? [plain.replace(/^\/+/, '')] : [below];
  return found.filter((one) => file.test(one) && !one.split('/').includes('..'));
}
