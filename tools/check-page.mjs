/**
 * Checks pages of Herald in a real browser: accessibility by axe-core, words that break inside a cell, and how fast
 * they open; in light and dark, wide and on a phone.
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
const patience = 120_000;

function missing(what) {
  console.error(`check-page: ${what}; see the comment at the top of tools/check-page.mjs`);
  process.exitCode = 2;
}

const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const views = [
  { name: 'light, wide', colorScheme: 'light', viewport: wide },
  { name: 'dark, wide', colorScheme: 'dark', viewport: wide },
  { name: 'light, phone', colorScheme: 'light', viewport: phone },
  { name: 'dark, phone', colorScheme: 'dark', viewport: phone },
];

/** In the page: words in cells that a line break goes through, and how far the page is wider than the window. */
function layoutOf() {
  const broken = [];
  const range = document.createRange();
  const cells = [...document.querySelectorAll('td, th')].filter((cell) => cell.checkVisibility());
  for (const cell of cells) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      for (const { 0: word, index } of node.data.matchAll(/[\p{L}\p{N}]+/gu)) {
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) broken.push(word);
      }
    }
  }
  return {
    broken,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  };
}

function timingOf() {
  const [navigation] = performance.getEntriesByType('navigation');
  return { loaded: navigation.loadEventEnd, elements: document.querySelectorAll('*').length };
}

/** axe looks at every element again for every rule: a rule that needs minutes must not stop the other views. */
async function violationsOf(tab, axe) {
  await tab.addScriptTag({ content: axe });
  const run = tab.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'], elementRef: false, ancestry: false }),
  );
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`axe took more than ${patience / 1000} s`)), patience);
  });
  try {
    return (await Promise.race([run, late])).violations;
  } finally {
    clearTimeout(timer);
  }
}

async function checkView(tab, { page, view, axe }) {
  const timing = await tab.evaluate(timingOf);
  const { broken, overflow } = await tab.evaluate(layoutOf);
  const began = performance.now();
  const violations = await violationsOf(tab, axe);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${page} (${view.name}): ${violations.length} violations (axe ${seconds} s), ${overflow > 0 ? `${overflow} px too wide` : 'fits'}, ${broken.length} broken words, loaded ${timing.loaded.toFixed(0)} ms, ${timing.elements} elements`,
  );
  if (broken.length > 0) console.log(`  broken: ${broken.slice(0, 10).join(', ')}`);
  for (const { id, help, nodes } of violations) {
    console.log(`  ${id}: ${help} (${nodes.length})`);
    for (const { html } of nodes.slice(0, 3)) console.log(`    ${html.slice(0, 160)}`);
  }
  return violations.length === 0 && overflow <= 0 && broken.length === 0;
}

async function check(driver, axe, page) {
  const address = pathToFileURL(resolve(page)).href;
  for (const view of views) {
    const browser = await driver.launch({
      executablePath: chromium,
      args: ['--no-sandbox', '--disable-gpu'],
    });
    try {
      const context = await browser.newContext({ ...view, bypassCSP: true });
      const tab = await context.newPage();
      await tab.goto(address, { waitUntil: 'load' });
      if (!(await checkView(tab, { page, view, axe }))) process.exitCode = 1;
    } catch (error) {
      console.log(`${page} (${view.name}): ${error.message}`);
      process.exitCode = 1;
    } finally {
      await browser.close();
    }
  }
}

if (pages.length === 0) missing('name at least one page');
else if (!existsSync(chromium)) missing(`there is no Chromium at ${chromium}`);
else if (!existsSync(join(folder, 'playwright-core')) || !existsSync(join(folder, 'axe-core')))
  missing(`playwright-core and axe-core are not in ${folder}`);
else {
  const { chromium: driver } = load('playwright-core');
  const axe = readFileSync(load.resolve('axe-core'), 'utf8');
  for (const page of pages) {
    console.log(`${page}: ${(statSync(page).size / 1e6).toFixed(2)} MB`);
    await check(driver, axe, page);
  }
}
