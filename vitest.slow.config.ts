import { defineConfig } from 'vitest/config';
import { common, slowSuites } from './vitest.config.ts';

/** The slow suites; vitest.config.ts says what makes one slow. */
export default defineConfig({ test: { ...common, include: [slowSuites] } });
