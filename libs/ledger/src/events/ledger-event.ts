import type { AlertEvent } from './alert-event.js';
import type { LineChosen } from './choice-event.js';
import type { CompanyEvent } from './company-event.js';
import type { LineEvent } from './line-event.js';
import type { LossAccepted } from './loss-event.js';
import type { ObligationFulfilled } from './obligation-event.js';
import type { RulebookAdopted } from './rulebook-event.js';
import type { WeightsEvent } from './weights-event.js';

export type LedgerEvent = LineEvent | AlertEvent | CompanyEvent | WeightsEvent | ObligationFulfilled | RulebookAdopted | LineChosen | LossAccepted;

export type LedgerEventType = LedgerEvent['type'];
