import { attack } from './attack.ts';
import { otherSurfaces } from './surfaces.ts';

attack(otherSurfaces);
