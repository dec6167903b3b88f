import type { IncomingMessage } from 'node:http';
import { request as sendRequest } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { duplexPair } from 'node:stream';
import { pino } from 'pino';
import { createApp, type App } from '../../../api/src/app.js';
import type { OpenLedger } from '../../../api/src/composition.js';
import type { Config } from '../../../api/src/config.js';
import { FrontDoor } from '../../../api/src/front-door.js';

/** The HTTP API over an open ledger, in this process: its connections are streams in memory, and no port is opened. */
export class InProcessApi {
  private constructor(
    private readonly door: FrontDoor,
    private readonly app: App,
  ) {}

  static async open(opened: OpenLedger, config: Config): Promise<InProcessApi> {
    const door = new FrontDoor();
    const app = await createApp(opened, config, pino({ level: 'silent' }), door.server);
    door.open(app.listener);
    return new InProcessApi(door, app);
  }

  /** As the global `fetch`, for what `HttpLedger` sends. */
  readonly send = async (url: URL, { method = 'GET', headers, body, signal }: RequestInit): Promise<Response> => {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { method, headers: Object.fromEntries(new Headers(headers)), ...(signal && { signal }), createConnection: () => this.connect() };
      const request = sendRequest(url, options, resolve);
      request.on('error', reject);
      request.end(body);
    });
    const answered = Object.entries(answer.headersDistinct).map(([name, values = []]) => [name, values.join(', ')] as [string, string]);
    return new Response(await buffer(answer), { status: answer.statusCode ?? 500, headers: answered });
  };

  async close(): Promise<void> {
    this.app.endStreams();
    await this.app.close();
  }

  private connect(): ReturnType<typeof duplexPair>[number] {
    const [client, server] = duplexPair();
    this.door.server.emit('connection', server);
    return client;
  }
}
