import { type sendUnaryData } from '@grpc/grpc-js';
import { type Fault } from './faults.js';
import { ClusterInfo, EndPoint, MemberInfo, SupportedMethod, SupportedMethods, UUID } from './protocol.js';
import { serverErrors, type Endpoint } from './server-errors.js';
import { type Call, type ServingNode } from './serving-node.js';

/** A node as gossip tells of it. */
export interface Member extends Endpoint {
  readonly id: string;
  readonly state: 'leader' | 'preleader' | 'follower' | 'unknown';
  readonly isAlive: boolean;
}

const { LEADER, PRELEADER, FOLLOWER, UNKNOWN } = MemberInfo.VNodeState;
const states = { leader: LEADER, preleader: PRELEADER, follower: FOLLOWER, unknown: UNKNOWN };

/** Gossip: which nodes there are, as a client asks that knows several or is to find them. */
export function serveGossip(
  node: ServingNode,
  members: () => readonly Member[],
  call: Call,
  reply: sendUnaryData<InstanceType<typeof ClusterInfo>>,
): void {
  const fault = node.faults.strike('gossip');
  const told = (member: Member): Member => (fault?.kind === 'no-leader' ? { ...member, state: 'unknown' } : member);
  served(node, call, fault, reply, () => new ClusterInfo().setMembersList(members().map((member) => memberInfo(told(member)))));
}

function memberInfo({ id, state, isAlive, address, port }: Member): InstanceType<typeof MemberInfo> {
  return new MemberInfo()
    .setInstanceId(new UUID().setString(id))
    .setTimeStamp(String(Date.now() * 10_000))
    .setState(states[state])
    .setIsAlive(isAlive)
    .setHttpEndPoint(new EndPoint().setAddress(address).setPort(port));
}

const streams = 'event_store.client.streams.streams';
const persistentSubscriptions = 'event_store.client.persistent_subscriptions.persistentsubscriptions';

/** As a server lists what it can do; clients only look for batchappend and persistent subscriptions. */
const supported: readonly (readonly [service: string, method: string, ...features: string[]])[] = [
  [streams, 'append'],
  [streams, 'batchappend', 'deadline_duration'],
  [streams, 'delete'],
  [streams, 'read', 'position', 'events'],
  [streams, 'tombstone'],
  ...['create', 'update', 'delete', 'read', 'getinfo', 'replayparked', 'list', 'restartsubsystem'].map(
    (method) => [persistentSubscriptions, method, 'stream', 'all'] as const,
  ),
  ['event_store.client.gossip.gossip', 'read'],
  ['event_store.client.server_features.serverfeatures', 'getsupportedmethods'],
];

/** ServerFeatures: asked once per connection, before the first append. */
export function serveFeatures(node: ServingNode, call: Call, reply: sendUnaryData<InstanceType<typeof SupportedMethods>>): void {
  served(node, call, node.faults.strike('features'), reply, () =>
    new SupportedMethods()
      .setEventStoreServerVersion(node.options.version)
      .setMethodsList(
        supported.map(([service, method, ...features]) =>
          new SupportedMethod().setServiceName(service).setMethodName(method).setFeaturesList(features),
        ),
      ),
  );
}

function served<Answer>(node: ServingNode, call: Call, fault: Fault | undefined, reply: sendUnaryData<Answer>, answer: () => Answer): void {
  switch (fault?.kind) {
    case 'hang':
      return;
    case 'drop-before':
      return node.cut(call);
    case 'refuse':
      return reply(serverErrors.refused());
    case 'not-ready':
      return reply(serverErrors.notReady());
    case 'fail':
      return reply(serverErrors.failed(fault.code));
    case 'delay':
      setTimeout(() => reply(null, answer()), fault.delayMs);
      return;
    default:
      return reply(null, answer());
  }
}
