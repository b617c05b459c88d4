// The fake printer for a test: a real program on a free port, whose faults are typed while it runs.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(import.meta.dirname, '../..');
const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target');
const FOLDER = process.env.LOBI_HUB ? dirname(process.env.LOBI_HUB) : join(TARGET, 'debug');
const PROGRAM = process.env.LOBI_FAKE_PRINTER ?? join(FOLDER, 'fake-printer');
const READY_MS = 10_000;

export class FakePrinter {
  /** `127.0.0.1:41234` */
  address = '';
  /** The papers that came out whole, by file name. */
  readonly papers: string[] = [];
  #process: ChildProcess | undefined;
  #out = mkdtempSync(join(tmpdir(), 'lobi-paper-'));
  #waiting: { line: string; heard: () => void }[] = [];

  async start(): Promise<void> {
    const printer = spawn(PROGRAM, ['--out', this.#out], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#process = printer;
    await new Promise<void>((ready, failed) => {
      const late = setTimeout(() => failed(new Error(`${PROGRAM} was not ready in time`)), READY_MS);
      printer.once('error', failed);
      createInterface({ input: printer.stdout! }).on('line', (line) => {
        const [, kind, rest] = /^fake-printer (\S+) (.*)$/.exec(line) ?? [];
        if (kind === 'ready') {
          this.address = rest!;
          clearTimeout(late);
          ready();
        } else if (kind === 'paper') this.papers.push(rest!);
        this.#waiting = this.#waiting.filter(({ line: wanted, heard }) => {
          if (!line.endsWith(wanted)) return true;
          heard();
          return false;
        });
      });
    });
  }

  /** `out-of-paper on`; resolves once it is so. */
  async mode(line: string): Promise<void> {
    const done = new Promise<void>((heard) => this.#waiting.push({ line, heard }));
    this.#process?.stdin?.write(`${line}\n`);
    await done;
  }

  async stop(): Promise<void> {
    const printer = this.#process;
    this.#process = undefined;
    if (printer && printer.exitCode === null && printer.signalCode === null) {
      const ended = new Promise((done) => printer.once('exit', done));
      printer.kill('SIGTERM');
      await ended;
    }
    rmSync(this.#out, { recursive: true, force: true });
  }
}
