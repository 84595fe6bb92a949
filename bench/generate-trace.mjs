/** A job's log as large as wanted, with colours, errors that are none, and one failing test in its middle. */

const words = [
  'compiling',
  'module',
  'handled error page',
  'ok',
  'warning: deprecated',
  '0 failures',
  'INFO',
  'cache hit',
  'loading config',
  'writing',
];

/** @param {number} bytes */
export function generateTrace(bytes) {
  const escape = '\u001b';
  const parts = [
    `${escape}[0KRunning with gitlab-runner 18.9.0${escape}[0;m\nsection_start:1:step_script\r${escape}[0K${escape}[32;1m$ ./gradlew test${escape}[0;m\n`,
  ];
  let size = parts[0].length;
  let failed = false;
  for (let line = 1; size < bytes; line += 1) {
    if (!failed && size > bytes / 2) {
      parts.push('TillTest > takesVoucher() FAILED\n    java.lang.AssertionError at TillTest.java:31\n');
      failed = true;
    }
    const text = `2026-03-04 10:00:00 ${escape}[36m[${words[line % 10]}]${escape}[0m task ${line} ${words[(line * 7) % 10]} in ${(line * 31) % 977} ms, ${words[(line * 13) % 10]} of /builds/shop/src/${line % 100}.ts\n`;
    parts.push(text);
    size += text.length;
  }
  parts.push(
    `section_end:2:step_script\r${escape}[0K${escape}[31;1mERROR: Job failed: exit code 1\n${escape}[0;m\n`,
  );
  return parts.join('');
}
