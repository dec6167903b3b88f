#!/usr/bin/env node
import { whenNpmEnds } from '#scripts/parents';
import { runCli } from './run-cli.js';
import { processTerminal } from './terminal.js';

// npx passes no signal on to what it runs.
whenNpmEnds(() => process.kill(process.pid, 'SIGTERM'));
process.exitCode = await runCli(process.argv.slice(2), processTerminal());
