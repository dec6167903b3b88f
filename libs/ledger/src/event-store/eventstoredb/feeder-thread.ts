import { parentPort, workerData } from 'node:worker_threads';
import { Feed, type FeedOptions } from './feed.js';
import { type ToFeed } from './feed-news.js';

const feed = new Feed(workerData as FeedOptions, (news) => parentPort?.postMessage(news));

parentPort?.on('message', (message: ToFeed) => {
  if ('known' in message) feed.expect(message.known);
  else void feed.close().finally(() => parentPort?.close());
});
void feed.run();
