import { type ChannelCredentialOptions, type Credentials, type EndPoint } from '@eventstore/db-client';
import { resolve } from 'node:path';
import { readRegularFile } from '../../log-file/regular-file.js';
import { EventStoreMisconfigured } from './misconfigured.js';

/** Where a cluster is and how to talk to it. */
export interface ClusterAddress {
  /** Nodes of the cluster, of which any leads the way to the leader; a name may stand for several. */
  readonly hosts: readonly [EndPoint, ...EndPoint[]];
  readonly security: ChannelCredentialOptions;
  readonly credentials: Credentials | undefined;
  readonly connectionName: string | undefined;
  /** Milliseconds. */
  readonly keepAlive: { readonly intervalMs: number; readonly timeoutMs: number };
  /** For messages: the hosts, without user and password. */
  readonly shown: string;
}

const form = 'esdb://host:2113?tls=false, esdb://user:password@host1:2113,host2:2113,host3:2113?tlsCAFile=/path/ca.crt or esdb+discover://name:2113';
const defaultPort = 2113;

/**
 * Reads a connection string as EventStoreDB's documentation has it. The client's own reading is not used: it passes
 * over what it does not know, cuts passwords at a colon, and prints whole connection strings, passwords included.
 * @throws EventStoreMisconfigured that says what is wrong, without the password
 */
export function readClusterAddress(connectionString: string): ClusterAddress {
  const match = /^([^:/?]+):\/\/(?:([^/?]*)@)?([^/?@]*)\/?(?:\?(.*))?$/s.exec(connectionString.trim());
  const scheme = match?.[1];
  if (match === null || (scheme !== 'esdb' && scheme !== 'esdb+discover')) {
    throw new EventStoreMisconfigured(`This is not a connection string of EventStoreDB. It must look like ${form}.`);
  }
  const [, , user, hostList = '', query] = match;
  const hosts = readHosts(hostList);
  if (scheme === 'esdb+discover' && hosts.length > 1) throw new EventStoreMisconfigured('esdb+discover:// takes one host name, that of all nodes. List several with esdb://.');
  const options = readOptions(query);
  const credentials = user === undefined ? undefined : readCredentials(user);
  const security = readSecurity(options, credentials);
  return {
    hosts,
    security,
    credentials,
    connectionName: options.text('connectionname'),
    keepAlive: {
      intervalMs: options.count('keepaliveinterval', 10_000, 10_000),
      timeoutMs: options.count('keepalivetimeout', 10_000),
    },
    shown: `${scheme}://${hosts.map(({ address, port }) => `${address}:${port}`).join(',')}`,
  };
}

function readHosts(list: string): [EndPoint, ...EndPoint[]] {
  const [first, ...others] = list.split(',').map((host): EndPoint => {
    const [, address, port] = /^([A-Za-z0-9._-]+)(?::(\d{1,5}))?$/.exec(host.trim()) ?? [];
    if (address === undefined || Number(port ?? defaultPort) > 65_535 || port === '0') {
      throw new EventStoreMisconfigured(`${JSON.stringify(host)} in the connection string is no host:port. It must look like ${form}.`);
    }
    return { address, port: Number(port ?? defaultPort) };
  });
  return [first as EndPoint, ...others];
}

function readCredentials(user: string): Credentials {
  const [username, password, ...rest] = user.split(':');
  if (!username || !password || rest.length > 0 || user.includes('@')) {
    const encode = 'In either, : is written %3A, @ is %40, / is %2F and % is %25.';
    throw new EventStoreMisconfigured(`Before the @, the connection string must have user:password. ${encode}`);
  }
  return { username: decoded('user', username), password: decoded('password', password) };
}

function readSecurity(options: Options, credentials: Credentials | undefined): ChannelCredentialOptions {
  const insecure = !options.flag('tls', true);
  const files = ['tlscafile', 'usercertfile', 'userkeyfile'] as const;
  if (insecure) {
    if (credentials) {
      throw new EventStoreMisconfigured(
        'The connection string has a user and tls=false, but without TLS no password is sent. Take the user away, or tls=false.',
      );
    }
    const needless = files.find((name) => options.text(name) !== undefined);
    if (needless) throw new EventStoreMisconfigured(`${shownName(needless)} is of no use with tls=false: take away one of them.`);
    return { insecure };
  }
  if (!options.flag('tlsverifycert', true)) {
    const instead = "Name the certificate authority of the cluster's certificates in tlsCAFile instead.";
    throw new EventStoreMisconfigured(`tlsVerifyCert=false is not possible: certificates are always checked. ${instead}`);
  }
  const [rootCertificate, userCertFile, userKeyFile] = files.map((name) => readCertificate(options, name));
  if ((userCertFile === undefined) !== (userKeyFile === undefined)) {
    throw new EventStoreMisconfigured('userCertFile and userKeyFile go together: name both or none.');
  }
  return {
    insecure,
    ...(rootCertificate && { rootCertificate }),
    ...(userCertFile && userKeyFile && { userCertFile, userKeyFile }),
  };
}

function readCertificate(options: Options, name: OptionName): Buffer | undefined {
  const path = options.text(name);
  if (path === undefined) return undefined;
  try {
    return readRegularFile(resolve(path));
  } catch (error) {
    throw new EventStoreMisconfigured(`${shownName(name)} ${path} cannot be read (${String(error)}).`, { cause: error });
  }
}

const known = [
  'tls',
  'tlsVerifyCert',
  'tlsCAFile',
  'userCertFile',
  'userKeyFile',
  'nodePreference',
  'connectionName',
  'keepAliveInterval',
  'keepAliveTimeout',
  // Connection strings often have these. They are about the search for a leader by gossip, which is not used.
  'maxDiscoverAttempts',
  'discoveryInterval',
  'gossipTimeout',
] as const;
type OptionName = Lowercase<(typeof known)[number]>;

interface Options {
  text(name: OptionName): string | undefined;
  flag(name: OptionName, otherwise: boolean): boolean;
  count(name: OptionName, otherwise: number, min?: number): number;
}

/** Names are taken in any case, as the client takes them. */
function readOptions(query: string | undefined): Options {
  const values = new Map<string, string>();
  for (const part of query ? query.split('&') : []) {
    const [name = '', value = '', ...rest] = part.split('=');
    const key = name.toLowerCase();
    if (!known.some((one) => one.toLowerCase() === key)) {
      throw new EventStoreMisconfigured(`The connection string has an option ${JSON.stringify(name)}. Known are ${known.join(', ')}.`);
    }
    if (value === '' || rest.length > 0) throw new EventStoreMisconfigured(`The option ${name} of the connection string needs one value: ${name}=...`);
    values.set(key, decoded(name, value));
  }
  const preference = values.get('nodepreference');
  if (preference !== undefined && preference.toLowerCase() !== 'leader') {
    throw new EventStoreMisconfigured('nodePreference can only be leader: what a follower tells may be old. Leave it out.');
  }
  return {
    text: (name) => values.get(name),
    flag: (name, otherwise) => {
      const value = values.get(name) ?? String(otherwise);
      if (value !== 'true' && value !== 'false') throw new EventStoreMisconfigured(`${shownName(name)} must be true or false, not ${JSON.stringify(value)}.`);
      return value === 'true';
    },
    count: (name, otherwise, min = 1) => {
      const value = values.get(name) ?? String(otherwise);
      if (!/^\d{1,7}$/.test(value) || Number(value) < min) throw new EventStoreMisconfigured(`${shownName(name)} must be a whole number from ${min}, not ${JSON.stringify(value)}.`);
      return Number(value);
    },
  };
}

function shownName(name: OptionName): string {
  return known.find((one) => one.toLowerCase() === name) ?? name;
}

function decoded(name: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new EventStoreMisconfigured(`The ${name} in the connection string has a % that encodes nothing: % itself is written %25.`);
  }
}
