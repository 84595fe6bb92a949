import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdtempSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import type { BadEndTool, FindingsTool, TestTool, TwiceTool } from './recipes.ts';

/** The folder with the npm tools: `HERALD_REAL_TOOLS`, or `tools/` beside this file. */
const toolsFolder = process.env['HERALD_REAL_TOOLS'] ?? join(import.meta.dirname, 'tools');
const path = [join(toolsFolder, 'node_modules', '.bin'), ...(process.env['PATH'] ?? '').split(delimiter)];

export interface ToolRun {
  /** The copy of the project in which the tool ran. */
  readonly folder: string;
  readonly console: string;
}

/** The commands of a tool that this machine does not have. */
export function missingCommands(tool: TestTool | FindingsTool | TwiceTool | BadEndTool): readonly string[] {
  return tool.runs.map((run) => run.argv[0] ?? '').filter((command) => find(command) === null);
}

/**
 * Runs a tool on a copy of its project. The exit code says nothing here: the projects fail on purpose. Throws when the
 * tool leaves no report.
 */
export function runTool(tool: TestTool | FindingsTool | TwiceTool | BadEndTool): ToolRun {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `herald-${tool.project}-`)));
  cpSync(join(import.meta.dirname, 'projects', tool.project), folder, { recursive: true });
  const modules = join(toolsFolder, 'node_modules');
  if (existsSync(join(folder, 'package.json')) && existsSync(modules))
    symlinkSync(modules, join(folder, 'node_modules'));
  let text = '';
  for (const run of tool.runs) {
    const [command = '', ...args] = run.argv;
    const result = spawnSync(find(command) ?? command, args, {
      cwd: folder,
      encoding: 'utf8',
      env: {
        HOME: folder,
        PATH: path.join(delimiter),
        LANG: 'C.UTF-8',
        TERM: 'dumb',
        NO_COLOR: '1',
        CARGO_HOME: process.env['CARGO_HOME'] ?? join(homedir(), '.cargo'),
        RUSTUP_HOME: process.env['RUSTUP_HOME'] ?? join(homedir(), '.rustup'),
        ...run.env,
      },
      maxBuffer: 64 * 1024 * 1024,
    });
    if (run.into === undefined) text += result.stdout + result.stderr;
    else
      writeFileSync(join(folder, run.into), (run.withErrors === true ? result.stderr : '') + result.stdout);
  }
  if (!existsSync(join(folder, tool.report)))
    throw new Error(`${tool.project} left no ${tool.report}:\n${text}`);
  return { folder, console: text };
}

function find(command: string): string | null {
  const candidates = isAbsolute(command) ? [command] : path.map((entry) => join(entry, command));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
