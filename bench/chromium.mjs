/** Opens pages in Chromium, over its own pipe: no package is needed. CHROMIUM says where it is. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];

/** Whether a process of the group still runs. */
function runs(group) {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

/** Ends Chromium with its children, which write into the profile until their own end. */
async function endGroup(group) {
  if (!runs(group)) return;
  process.kill(-group, 'SIGKILL');
  for (let tries = 0; tries < 100 && runs(group); tries += 1) await wait(50);
}

/** A profile that cannot be removed is no reason to lose what was measured. */
async function remove(profile) {
  try {
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  } catch (error) {
    console.error(`bench: ${profile} is still there: ${error.message}`);
  }
}

/** Chromium's protocol over file descriptors 3 and 4: JSON, each message ended by a zero byte. */
function start(profile) {
  const child = spawn(chromium, [...flags, `--user-data-dir=${profile}`, '--remote-debugging-pipe'], {
    // A group of its own, so that all of its processes end together.
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const waiting = new Map();
  const events = [];
  let rest = '';
  let number = 0;
  child.stdio[4].on('data', (data) => {
    const messages = `${rest}${data}`.split('\0');
    rest = messages.pop() ?? '';
    for (const text of messages) {
      const message = JSON.parse(text);
      if (message.id === undefined) for (const listener of events) listener(message);
      else if (message.error === undefined) waiting.get(message.id)?.resolve(message.result);
      else waiting.get(message.id)?.reject(new Error(message.error.message));
    }
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  return {
    ask: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        number += 1;
        waiting.set(number, { resolve, reject });
        child.stdio[3].write(`${JSON.stringify({ id: number, method, params, sessionId })}\0`);
      }),
    once: (method) =>
      new Promise((resolve) => {
        const listener = (message) => {
          if (message.method !== method) return;
          events.splice(events.indexOf(listener), 1);
          resolve(message.params);
        };
        events.push(listener);
      }),
    async stop() {
      if (child.pid !== undefined) await endGroup(child.pid);
      await ended;
    },
  };
}

/** With the first pages a browser still starts itself: they take up to twice as long, empty ones, too. */
const warmUps = 4;

/**
 * Milliseconds from the start of the navigation to the end of the load event, of each of so many times. Null where
 * there is no Chromium.
 *
 * @param {string} file @param {number} times
 */
export async function openTimes(file, times) {
  if (!existsSync(chromium)) return null;
  const profile = mkdtempSync(join(tmpdir(), 'herald-bench-chromium-'));
  const browser = start(profile);
  const found = [];
  try {
    for (let time = 0; time < warmUps + times; time += 1) {
      const { targetId } = await browser.ask('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await browser.ask('Target.attachToTarget', { targetId, flatten: true });
      await browser.ask('Page.enable', {}, sessionId);
      const loaded = browser.once('Page.loadEventFired');
      await browser.ask('Page.navigate', { url: pathToFileURL(file).href }, sessionId);
      await loaded;
      const expression = "performance.getEntriesByType('navigation')[0].loadEventEnd";
      let value = 0;
      // The event is fired before it has ended.
      while (!(value > 0))
        ({
          result: { value },
        } = await browser.ask('Runtime.evaluate', { expression }, sessionId));
      if (time >= warmUps) found.push(value);
      await browser.ask('Target.closeTarget', { targetId });
    }
  } finally {
    await browser.stop();
    await remove(profile);
  }
  return found;
}
