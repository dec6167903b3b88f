import { Metadata, status, type ServiceError } from '@grpc/grpc-js';

/** A host and port of this machine that a client is told. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** How the server ends a call that it refuses: a status and, where clients look for one, an `exception` trailer. */
export const serverErrors = {
  notReady: () => failure(status.UNAVAILABLE, 'Server Is Not Ready'),
  refused: () => failure(status.UNAVAILABLE, 'Connection refused on purpose'),
  shutDown: () => failure(status.CANCELLED, 'The server is shutting down'),
  timeout: () => failure(status.ABORTED, 'Operation timed out: write'),
  tooSlow: () =>
    failure(status.ABORTED, 'Operation timed out: Consumer too slow to handle event while live. Client resubscription required.'),
  unauthenticated: () => failure(status.UNAUTHENTICATED, 'Bad HTTP response. Status code: 401'),
  accessDenied: () => failure(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' }),
  invalidReadPosition: () => failure(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition'),
  thrown: () => failure(status.UNKNOWN, 'Exception was thrown by handler.'),
  invalidCheckpoint: () => failure(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.'),
  unimplemented: (what: string) => failure(status.UNIMPLEMENTED, `The test server does not know ${what}.`),
  streamDeleted: (stream: string) =>
    failure(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, { exception: 'stream-deleted', 'stream-name': stream }),
  notLeader: (leader: Endpoint | undefined) =>
    leader === undefined
      ? failure(status.UNKNOWN, 'No leader info available in response')
      : failure(status.NOT_FOUND, 'Leader info available', {
          exception: 'not-leader',
          'leader-endpoint-host': leader.address,
          'leader-endpoint-port': String(leader.port),
        }),
  appendTooLarge: (max: number) =>
    failure(status.INVALID_ARGUMENT, `Maximum Append Size of ${max} Exceeded.`, {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(max),
    }),
  wrongVersion: (operation: string, stream: string, expected: number, actual: number) => {
    const versions = `Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual}`;
    return failure(status.FAILED_PRECONDITION, `${operation} failed due to WrongExpectedVersion. ${versions}`, {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': String(expected),
      'actual-version': String(actual),
    });
  },
  failed: (code: number = status.INTERNAL) => failure(code, 'Failed on purpose'),
};

export type CallFailure = Pick<ServiceError, 'code' | 'details' | 'metadata'> & Error;

function failure(code: status, details: string, trailers: Readonly<Record<string, string>> = {}): CallFailure {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}
