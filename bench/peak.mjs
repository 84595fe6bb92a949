/** Loaded into a measured process: leaves its peak resident memory (kB) behind when it ends. */
import { writeFileSync } from 'node:fs';

const file = process.env.HERALD_BENCH_PEAK;
if (file !== undefined) process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS)));
