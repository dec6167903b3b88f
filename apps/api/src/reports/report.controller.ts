import { Controller, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger, type Clock } from '#ledger';
import { reportsByName, reportShipmentsMax, type Report, type ReportCell, type ReportParameter, type ReportRow, type Views } from '#projections';
import type { Fault } from '#wire';
import { PartyBook } from '../companies/party-book.js';
import { ReadingTurns } from '../http/reading-turns.js';
import { answerInPieces, at, json, jsonType, type Answer } from '../http/answer.js';
import { invalid, Problem } from '../http/problem.js';
import { accepted } from '../http/request-headers.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { CLOCK, VIEWS } from '../tokens.js';
import { csvHeader, csvRows, csvType } from './csv.js';
import { ReportDesk } from './report-desk.js';
import { parameterTexts, ReportQueryDto } from './report.query.js';

const csv = 'text/csv';
const utf8 = new TextDecoder();

@Controller('v1/reports')
export class ReportController {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly ledger: Ledger,
    private readonly parties: PartyBook,
    private readonly turns: ReadingTurns,
    private readonly desk: ReportDesk,
  ) {}

  @Operation('GET', '', {
    tag: 'Reports',
    summary: 'List the reports',
    answers: { 200: { text: 'Every report with its parameters and columns.', schema: 'ReportList' } },
  })
  list(): Answer<'ReportList'> {
    const items = [...reportsByName.values()].map(({ name, title, citation, parameters, columns }) => ({
      name,
      title,
      citation,
      parameters: parameters.map((parameter) => ({ name: parameter, text: parameterTexts[parameter] })),
      columns,
    }));
    return json(200, { items, nextCursor: null });
  }

  @Operation('GET', ':name', {
    tag: 'Reports',
    summary: 'Make a report',
    path: { name: 'Name of the report.' },
    description: `From the log as it stands now; of at most ${reportShipmentsMax} shipments. As JSON or CSV.`,
    query: ReportQueryDto,
    headers: ['Min-Position?'],
    waitsFor: 'register',
    answers: { 200: { text: 'The report.', schema: 'Report', also: [csv], headers: ['Ledger-Position'] } },
    problems: ['report-not-found', 'report-too-large', 'projection-behind', 'busy'],
  })
  async make({ query: { format, ...given }, request, reply }: Call<undefined, ReportQueryDto>, name: string): Promise<undefined> {
    const report = reportsByName.get(name);
    if (report === undefined) throw new Problem('report-not-found', `There is no report ${name}. See /v1/reports.`);
    checkParameters(report, Object.keys(given) as ReportParameter[]);
    const form = formOf(request, format);
    await this.desk.make(() => this.answer(report, given, form, reply));
  }

  private async answer(report: Report, given: Omit<ReportQueryDto, 'format'>, form: string, reply: FastifyReply): Promise<void> {
    const { name, title, citation, columns } = report;
    const { year, party, ...rest } = given;
    const nowMs = this.clock();
    const made = await this.views.ask('report', {
      name,
      nowMs,
      otherIds: this.ledger.companies.otherIds,
      ...rest,
      ...(party !== undefined && { parties: this.parties.meantBy(party) }),
      ...(year !== undefined && { year: Number(year) }),
    });
    if (made === undefined || made.pages === null) {
      const detail = `${name} would be made of more than ${reportShipmentsMax} shipments. Read them page by page from /v1/exports.`;
      throw new Problem('report-too-large', detail);
    }
    const { pages, position } = made;
    const headers = at(position);
    if (form === csv) {
      const file = ['Content-Disposition', `attachment; filename="${name}.csv"`];
      await answerInPieces(reply, csvType, this.asCsv(columns, pages), this.turns, [...headers, ...file]);
      return;
    }
    const asOf = new Date(nowMs).toISOString();
    const about = { name, title, citation, parameters: given, asOf, columns, position: String(position) };
    await answerInPieces(reply, jsonType, this.asJson(about, pages), this.turns, headers);
  }

  private *asCsv(columns: readonly string[], pages: readonly Uint8Array[]): Generator<string> {
    yield csvHeader(columns);
    for (const page of pages) yield csvRows(columns, this.namedRows(page));
  }

  private *asJson(about: object, pages: readonly Uint8Array[]): Generator<string> {
    yield `${JSON.stringify(about).slice(0, -1)},"rows":[`;
    let comma = '';
    for (const page of pages) {
      yield comma + JSON.stringify(this.namedRows(page)).slice(1, -1);
      comma = ',';
    }
    yield ']}';
  }

  private namedRows(page: Uint8Array): readonly ReportRow[] {
    return (JSON.parse(utf8.decode(page)) as readonly ReportRow[]).map((row) => this.named(row));
  }

  /** With the names under which its companies are registered now. */
  private named(row: ReportRow): ReportRow {
    const renamed: Record<string, ReportCell> = {};
    for (const [idColumn, nameColumn] of companyColumns) {
      const { [idColumn]: id, [nameColumn]: name } = row;
      if (typeof id !== 'string' || typeof name !== 'string') continue;
      const party = this.parties.named({ id, name });
      Object.assign(renamed, { [idColumn]: party.id, [nameColumn]: party.name });
    }
    return { ...row, ...renamed };
  }
}

/** Columns with the id of a company, and those with its name. */
const companyColumns = [
  ['parentId', 'parent'],
  ['consigneeId', 'consignee'],
  ['facilityId', 'facility'],
  ['companyId', 'company'],
] as const;

/** @throws Problem (400) for parameters that the report does not take. */
function checkParameters({ name, parameters }: Report, given: readonly ReportParameter[]): void {
  const faults = given
    .filter((parameter) => !parameters.includes(parameter))
    .map((parameter): Fault => {
      const message = `${parameter} is no parameter of ${name}: it takes ${parameters.join(', ')}`;
      return { in: 'query', pointer: `/${parameter}`, message };
    });
  const [first, ...more] = faults;
  if (first !== undefined) throw invalid([first, ...more]);
}

/** @throws Problem (406) if the caller accepts neither form. */
function formOf({ headers }: FastifyRequest, format: 'json' | 'csv' | undefined): string {
  if (format !== undefined) return format === 'csv' ? csv : 'application/json';
  return accepted(headers, 'application/json', csv);
}
