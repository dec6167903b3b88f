import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { findChromium } from '#scripts/chromium';
import { startLedger, type Server } from '../server-process.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

export const schemes = ['light', 'dark'] as const;
export const widths = [320, 768, 1440] as const;

interface Look {
  readonly scheme?: (typeof schemes)[number];
  readonly width?: number;
}

/** A page, and what went wrong in it: errors of the console and of scripts, and what its policy kept from it. */
export interface Opened {
  readonly page: Page;
  readonly faults: readonly string[];
}

/** A ledger in a process of its own, and a browser that looks at its dashboard. */
export class PagesUnderTest {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'quota-pages-'));
  #server: Server | undefined;
  #browser: Browser | undefined;
  #port = '';

  async open(): Promise<void> {
    await this.#launch();
    await this.startServer();
  }

  /** Looks at a ledger that runs already: its address. */
  async openAt(url: string): Promise<void> {
    await this.#launch();
    this.#port = new URL(url).port;
  }

  async #launch(): Promise<void> {
    const executablePath = findChromium();
    if (executablePath === undefined) throw new Error('There is no Chromium: npm test installs one.');
    this.#browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.stopServer();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** On the port that it had before. */
  async startServer(): Promise<void> {
    this.#server = await startLedger(path.join(this.#folder, 'data'), this.#port === '' ? {} : { PORT: this.#port });
    this.#port = String(this.#server.port);
  }

  async stopServer(): Promise<void> {
    await this.#server?.stop('SIGTERM');
    this.#server = undefined;
  }

  /** A context is like a browser of its own; pages in one are tabs of it. */
  async context({ scheme = 'light', width = 1440 }: Look = {}): Promise<BrowserContext> {
    if (this.#browser === undefined) throw new Error('Open it first.');
    const context = await this.#browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' });
    // Ends what hangs; a busy machine may take its time.
    context.setDefaultTimeout(240_000);
    return context;
  }

  /** Opens an address of the dashboard in a tab and waits for what it says. */
  async visit(address: string, context?: BrowserContext): Promise<Opened> {
    const page = await (context ?? (await this.context())).newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(`${this.origin}${address}`);
    await page.waitForSelector('main > .lead:not([aria-busy]) h1');
    return { page, faults };
  }

  async post(resource: string, key: string, body: object): Promise<void> {
    const response = await fetch(`${this.origin}${resource}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`);
  }

  async get<Body>(resource: string): Promise<Body> {
    return (await (await fetch(`${this.origin}${resource}`)).json()) as Body;
  }
}

/** What axe finds wrong, each with the elements. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async (tags) => {
    interface Axe {
      run(options: object): Promise<{ readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[] }>;
    }
    const { axe } = globalThis as unknown as { readonly axe: Axe };
    const { violations } = await axe.run({ runOnly: { type: 'tag', values: tags } });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  }, axeTags);
}

/** Pixels by which the page is wider than its window, or a table than its card. */
export function sidewaysPixels(page: Page): Promise<number> {
  return page.evaluate(`Math.max(
    document.documentElement.scrollWidth - innerWidth,
    ...[...document.querySelectorAll('.card > table')].map((table) => Math.ceil(table.getBoundingClientRect().right - table.closest('.card').getBoundingClientRect().right)),
  )`);
}
