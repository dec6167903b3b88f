import { hash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { quota, withFolder } from './cli-under-test.js';
import { LedgerUnderTest } from './ledger-under-test.js';

/** Every file with the hash of its bytes, in order. */
function contentsOf(folder: string): readonly (readonly [string, string])[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(path.join(folder, name)).isFile());
  return names.sort().map((name) => [name, hash('sha256', readFileSync(path.join(folder, name)), 'hex')]);
}

describe('quota replay --data-dir', () => {
  it('replays a data directory of a server that was killed and changes no byte of it', () =>
    withFolder(async (folder) => {
      const ledger = await LedgerUnderTest.start();
      const [dataDir, copy] = [path.join(folder, 'data'), path.join(folder, 'copy')];
      try {
        for (let count = 0; count < 4; count += 1) await ledger.reserve(1, { expiresAt: '2026-06-15T13:00:00Z' });
        await ledger.head();
        cpSync(ledger.dataDir, dataDir, { recursive: true });
        expect((await quota('replay', '--data-dir', ledger.dataDir)).code).toBe(3);
      } finally {
        await ledger.stop();
      }
      rmSync(path.join(dataDir, 'owner.json'));
      cpSync(dataDir, copy, { recursive: true });
      const before = contentsOf(dataDir);
      expect(before.map(([name]) => name)).toEqual(expect.arrayContaining([expect.stringMatching(/ledger\.sqlite-wal$/), expect.stringMatching(/views.+sqlite-wal$/)]));
      // These holds ended long ago: whoever opened the ledger for writing would record that they lapsed.
      const replay = await quota('replay', '--data-dir', dataDir, '--json');
      expect(replay).toMatchObject({ code: 0, err: '' });
      expect(JSON.parse(replay.out)).toMatchObject({ position: 5, events: 5, lines: 1, differences: [], notCompared: null });
      expect(contentsOf(dataDir)).toEqual(before);

      const views = readdirSync(path.join(copy, 'views')).find((name) => name.endsWith('.sqlite')) ?? '';
      const database = new Database(path.join(copy, 'views', views));
      database.exec(`UPDATE lines SET fold = replace(fold, '"reserved":63328000', '"reserved":1')`);
      database.close();
      const differing = await quota('replay', '--data-dir', copy);
      expect(differing.code).toBe(1);
      expect(differing.out).toMatch(/country:AE +balance +.+63328000.+"reserved":1/);

      const log = new Database(path.join(copy, 'log', 'ledger.sqlite'));
      log.exec('DROP TRIGGER events_no_update');
      log.exec(`UPDATE events SET json = replace(json, '"', char(0)) WHERE position = 3`);
      log.close();
      rmSync(path.join(copy, 'log', 'ledger.head'));
      const damaged = await quota('replay', '--data-dir', copy);
      expect(damaged.code).toBe(1);
      expect(damaged.out).toMatch(/quota-country:AE@1 +event +one that this build reads/);
      expect(damaged.out).toMatch(/quota-country:AE@1 +id /);

      rmSync(path.join(dataDir, 'views'), { recursive: true });
      expect((await quota('replay', '--data-dir', dataDir)).out).toMatch(/^The log agrees\. Replayed 5 events .+ there are no views yet\.$/m);
      expect(existsSync(path.join(dataDir, 'views'))).toBe(false);
    }));
});
