import { Controller } from '@nestjs/common';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { DashboardFiles } from './dashboard-files.js';
import { sendFile } from './serve-dashboard.js';

@Controller()
export class DashboardController {
  constructor(private readonly files: DashboardFiles) {}

  @Operation('GET', '', {
    tag: 'Operations',
    summary: 'The dashboard',
    anyQuery: true,
    answers: { 200: { text: 'A page.', type: 'text/html' } },
  })
  home({ request, reply }: Call): undefined {
    sendFile(request, reply, this.files.page, 'no-cache');
  }
}
