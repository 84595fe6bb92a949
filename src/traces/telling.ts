/** What runs a command says that it failed, and not why: make, npm, an image build, a shell's wrapper. */
const HOLLOW: readonly RegExp[] = [
  /^\w{0,6}make(?:\[\d{1,3}\])?: \*{3} (?:\[|Waiting for unfinished)/,
  /^ninja: build stopped/,
  /^(?:npm (?:ERR!|error) (?:Lifecycle script|code (?:ELIFECYCLE|\d{1,3})$|errno \d|Exit status|Failed at the |command (?:failed|sh))|.{0,20}\bELIFECYCLE\b)/,
  /\bERR_PNPM_(?:RECURSIVE_RUN|RECURSIVE_EXEC)/,
  /(?:returned (?:a )?(?:non-zero|an error) (?:exit )?(?:code|status)|non-zero exit (?:code|status|value)|did not complete successfully: exit code)/i,
  /^\W{0,6}(?:\w{1,20}:? )?(?:error|fatal|failed)?:? ?(?:the )?(?:command|process|script|task|job|program|action)\b.{0,200}\b(?:failed|exited|completed|terminated|finished) with (?:exit )?(?:code|status|error)\b/i,
  /^(?:\w{1,20} ?Error|Error|error):? Command failed\b/,
  /^\W{0,6}(?:error:? )?(?:exit(?:ed)?(?: with)? )?(?:exit )?(?:code|status):? \d{1,3}$/i,
  /^\W{0,6}(?:[Ee]xit(?:ed)?) (?:code|status):? \d/,
  /^\W{0,8}(?:(?:the )?(?:build|tests?|task|job|command|deploy(?:ment)?|archive|step|check|some tests?|compilation|lint|pipeline|verification) )?(?:has |have )?(?:failed|failure|failing|failed to compile)(?: in [\w. ]{1,20})?\W{0,4}$/i,
  /^\W{0,4}error: (?:could not compile|aborting due to|doctest failed|test failed, to rerun|failed to (?:push|fetch) some|fatalError$)/,
  /(?:error building image|building at STEP ").{0,400}\bexit status \d/i,
  /^(?:\[!\] |\[\d\d:\d\d:\d\d\]: )?Error building\b/,
  /^(?:E: )?Sub-process .{1,200} returned an error/,
  /^(?:> )?(?:There were failing tests|Compilation (?:failed|error)[;.])/,
  /^Execution failed for task .{1,200} > (?:Process 'command|There were failing tests|Compilation (?:failed|error)|A failure occurred while executing|Analysis failed)/,
  /^\s{0,8}> A failure occurred while executing /,
  /^> Task \S{1,200} FAILED$/,
  /^(?:collect2: error: ld returned|clang(?:\+\+)?: error: linker command failed)/,
  /^Test Run (?:Aborted|Failed)/,
  /^(?:lerna ERR! npm run \S|nox > (?:Command|Session) .{1,200} failed)/,
  /^(?:Failed tasks:|NX {1,4}Running target .{1,200} failed)/,
  /^ERROR {1,2}run failed: command/,
  /^Traceback \(most recent call last\):/,
  /^exit status \d/,
  /\bsubprocess-exited-with-error$|^error: metadata-generation-failed$/,
  /\b(?:see (?:the )?(?:log|logs|output|errors?|above)\b.{0,20}above|see above for (?:the )?(?:errors?|output|details))/i,
  /^\S{0,60} invocation failed in /,
  // BuildKit's head over the output of the step that failed.
  /^> \[.{1,300}\] .{0,1500}:$/,
];

/** Frames of a stack say where, not what. */
const STACK_FRAME = /^\s{1,20}(?:at |from |File ")\S/;

/** Statistics, frames and hints that end a tool's output whether it failed or not. */
const NOISE: readonly RegExp[] = [
  STACK_FRAME,
  /^\W{0,8}(?:Time|Duration|Memory|Elapsed|Total Test time|Time Elapsed|Start at|Snapshots|Seed|Randomized with seed)\b(?!=).{0,20}[:\s=].{0,60}\d/i,
  /^\W{0,8}(?:Finished|Done|Ran|Executed|Completed|Took)\b[^\d]{0,60}\d{1,12}(?:[.:]\d{1,9})? ?(?:m?s|sec|seconds|min|minutes)?\b.{0,40}$/,
  /^(?:Test Suites|Tests|Test Files|Ran all test suites)\b/,
  /^(?:throw err;|node:\S+:\d+|Node\.js v\d.*|\s{0,80}\^{1,80})$/,
  /^\s{0,8}throw \w{1,20};$/,
  /^\w{0,6}make(?:\[\d{1,3}\])?: (?:Entering|Leaving) directory/,
  /^(?:npm (?:ERR!|error)(?: |$)|info Visit |> \S{1,100}@\d|> )/,
  /^(?:A complete log of this run|For more information|note: |See (?:also|https?:|the |docs))/i,
  /\[end of output\]$/,
  /^\W{0,4}(?:Passed!|All tests passed)/,
];

/** Whether a line says no more than that something failed: what is above it says why. */
export function isHollow(text: string): boolean {
  const line = text.trim();
  return HOLLOW.some((pattern) => pattern.test(line));
}

/** Whether a line can be the last word of a tool on why it failed. */
export function isTelling(text: string): boolean {
  return /\w{3}/.test(text) && !/(?:\.{3}|…)$/.test(text) && !NOISE.some((pattern) => pattern.test(text));
}
