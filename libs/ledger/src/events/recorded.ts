// These names and shapes are what is stored, for ever. Change one only with a new `v`, an upcast and a golden file.

/** What every event carries. `prev` is the SHA-256 (base64url) of its predecessor's bytes in its stream, `''` for the first. */
export interface Recorded {
  readonly v: 1;
  /** RFC 3339 with milliseconds, UTC; never goes back within a stream. */
  readonly recordedAt: string;
  /** Who acted: the exporter, else `anonymous`; `system` for what nobody asked for. */
  readonly principal: string;
  /** 16 random bytes, base64url: a later proof can show an event's hash without its content being guessed. */
  readonly nonce: string;
  readonly prev: string;
}

export interface RulebookReference {
  readonly hash: string;
  readonly id: string;
  readonly version: string;
}

/** The command that an event answers; null without a key. Its identity: see `commandIdOf`. */
export interface Answers {
  readonly idempotencyKey: string | null;
  /** SHA-256 (base64url) of operation and canonical body. */
  readonly requestHash: string | null;
}

/** Events whose own id is not the command's name its identity. */
export interface AnswersById extends Answers {
  readonly commandId: string | null;
}
