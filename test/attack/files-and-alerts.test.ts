import { attack } from './attack.ts';
import { dataSurfaces } from './data-surfaces.ts';

attack(dataSurfaces);
