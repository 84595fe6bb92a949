/**
 * Checks pages of Herald in a real browser: accessibility by axe-core, in light and dark, wide and on a phone, and how
 * fast they open.
 *
 *   node tools/check-page.mjs herald-demo/herald-report.html …
 *
 * Needs Chromium (CHROMIUM, default /usr/bin/chromium) and the packages playwright-core and axe-core, which the project
 * does not install: `npm install --no-save playwright-core axe-core` beside it, or NODE_MODULES_FOLDER with the folder
 * that holds them.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const pages = process.argv.slice(2);
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
const folder = process.env.NODE_MODULES_FOLDER ?? join(import.meta.dirname, '../node_modules');
const load = createRequire(join(folder, 'x.js'));

function missing(what) {
  console.error(`check-page: ${what}; see the comment at the top of tools/check-page.mjs`);
  process.exitCode = 2;
}

const views = [
  { name: 'light, wide', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { name: 'dark, wide', colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { name: 'light, phone', colorScheme: 'light', viewport: { width: 360, height: 740 } },
  { name: 'dark, phone', colorScheme: 'dark', viewport: { width: 360, height: 740 } },
];

async function check(browser, axe, page) {
  const address = pathToFileURL(resolve(page)).href;
  for (const view of views) {
    const context = await browser.newContext({ ...view, bypassCSP: true });
    const tab = await context.newPage();
    await tab.goto(address);
    const timing = await tab.evaluate(() => {
      const [navigation] = performance.getEntriesByType('navigation');
      const paint = performance.getEntriesByName('first-contentful-paint')[0];
      return { loaded: navigation.domContentLoadedEventEnd, painted: paint?.startTime ?? Number.NaN };
    });
    const overflow = await tab.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    await tab.addScriptTag({ content: axe });
    const { violations } = await tab.evaluate(() =>
      globalThis.axe.run(document, { resultTypes: ['violations'] }),
    );
    console.log(
      `${page} (${view.name}): ${violations.length} violations, ${overflow > 0 ? `${overflow} px too wide` : 'fits'}, first paint ${timing.painted.toFixed(0)} ms, loaded ${timing.loaded.toFixed(0)} ms`,
    );
    for (const { id, help, nodes } of violations) {
      console.log(`  ${id}: ${help} (${nodes.length})`);
      for (const { html } of nodes.slice(0, 3)) console.log(`    ${html.slice(0, 160)}`);
    }
    if (violations.length > 0 || overflow > 0) process.exitCode = 1;
    await context.close();
  }
}

if (pages.length === 0) missing('name at least one page');
else if (!existsSync(chromium)) missing(`there is no Chromium at ${chromium}`);
else if (!existsSync(join(folder, 'playwright-core')) || !existsSync(join(folder, 'axe-core')))
  missing(`playwright-core and axe-core are not in ${folder}`);
else {
  const { chromium: driver } = load('playwright-core');
  const axe = readFileSync(load.resolve('axe-core'), 'utf8');
  const browser = await driver.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu'] });
  for (const page of pages) {
    console.log(`${page}: ${(statSync(page).size / 1e6).toFixed(2)} MB`);
    await check(browser, axe, page);
  }
  await browser.close();
}
