/** Loaded into a measured process: leaves its peak resident memory (kB) and its CPU time behind when it ends. */
import { writeFileSync } from 'node:fs';

const file = process.env.HERALD_BENCH_PEAK;
if (file !== undefined)
  process.on('exit', () => {
    const { maxRSS: maxRss, userCPUTime, systemCPUTime } = process.resourceUsage();
    writeFileSync(file, JSON.stringify({ maxRss, cpuMicroseconds: userCPUTime + systemCPUTime }));
  });
