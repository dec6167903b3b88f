import { ClusterMembers, type MembersSeen } from './cluster-members.js';

const node = (name: string): { address: string; port: number } => ({ address: name, port: 2113 });
const [a, b, c] = [node('a'), node('b'), node('c')];

describe('the members of a cluster', () => {
  const asked: string[] = [];
  beforeEach(() => (asked.length = 0));

  /** What each node says: whom it calls the leader; `gone` for one that never answers, `deaf` for one that refuses. */
  const members = (hosts: readonly { address: string; port: number }[], says: Readonly<Record<string, string>>): ClusterMembers =>
    new ClusterMembers(hosts, ({ address }) => {
      asked.push(address);
      const leader = says[address];
      if (leader === 'gone') return new Promise<MembersSeen>(() => undefined);
      if (leader === 'deaf') return Promise.reject(new Error('refused'));
      return Promise.resolve({ nodes: Object.keys(says).map(node), leader: leader === undefined || leader === 'none' ? undefined : node(leader) });
    });

  it('name the leader that most of them see, whatever a node says that is cut off', async () => {
    expect(await members([a, b, c], { a: 'a', b: 'c', c: 'c' }).leader()).toEqual(c);
  });

  it('name it as soon as most of them agree, though one does not answer', async () => {
    expect(await members([a, b, c], { a: 'gone', b: 'c', c: 'c' }).leader()).toEqual(c);
  });

  it('name what few of them see, and nobody where none sees any', async () => {
    expect(await members([a, b, c], { a: 'none', b: 'deaf', c: 'b' }).leader()).toEqual(b);
    expect(await members([a, b, c], { a: 'none', b: 'deaf', c: 'none' }).leader()).toBeUndefined();
  });

  it('are asked once each, those included that only others name', async () => {
    const one = members([a], { a: 'a', b: 'c', c: 'c' });
    const [leader, same] = await Promise.all([one.leader(), one.leader()]);
    expect([leader, same]).toEqual([c, c]);
    expect(asked).toEqual(['a', 'b', 'c']);
    expect([0, 1, 2, 3].map((turn) => one.inTurn(turn).address)).toEqual(['a', 'b', 'c', 'a']);
  });

  it('are taken where they are found, if one is alone and calls itself otherwise', async () => {
    const alone = new ClusterMembers([a], () => Promise.resolve({ nodes: [node('inside')], leader: node('inside') }));
    expect(await alone.leader()).toEqual(a);
    expect(alone.inTurn(1)).toEqual(a);
  });
});
