export interface Tls {
  readonly cert: string | Buffer;
  readonly key: string | Buffer;
}
