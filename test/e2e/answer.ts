export type Json = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty where the answer is no JSON. */
  readonly body: AnswerBody;
}

/** The members of answers that tests look at by name. Which of them are there depends on the path. */
export interface AnswerBody extends Json {
  readonly id: string;
  readonly code: string;
  readonly status: string | number;
  readonly detail: string;
  readonly errors: readonly { readonly pointer: string; readonly message: string }[];
  readonly reasons: readonly unknown[];
  readonly reservationId: string;
  readonly revision: number;
  readonly position: string;
  readonly balance: { readonly reserved: number; readonly exported: number };
  readonly items: readonly AnswerBody[];
  readonly countries: readonly AnswerBody[];
  readonly country: string;
  readonly line: string;
  readonly reserved: number;
  readonly points: readonly { readonly date: string; readonly reserved: number }[];
  readonly nextCursor: string | null;
  readonly rulebook: { readonly hash: string };
  readonly level: string;
  readonly version: string;
  readonly hash: string;
  readonly data: Json;
}
