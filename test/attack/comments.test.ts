import { attack } from './attack.ts';
import { commentSurfaces } from './surfaces.ts';

attack(commentSurfaces);
