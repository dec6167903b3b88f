import { alertSchemas } from './alert-schemas.js';
import { companySchemas } from './company-schemas.js';
import { eventSchemas } from './event-schemas.js';
import { exportSchemas } from './export-schemas.js';
import { forecastSchemas } from './forecast-schemas.js';
import { lineSchemas } from './line-schemas.js';
import { obligationSchemas } from './obligation-schemas.js';
import { operationSchemas } from './operation-schemas.js';
import { problemSchemas } from './problem-schemas.js';
import { reservationSchemas } from './reservation-schemas.js';
import { rulebookSchemas } from './rulebook-schemas.js';
import { simulationSchemas } from './simulation-schemas.js';
import { weightsSchemas } from './weights-schemas.js';

/** What the API answers, by name. The e2e tests hold every answer they see against these. */
export const answerSchemas = {
  ...problemSchemas,
  ...reservationSchemas,
  ...companySchemas,
  ...simulationSchemas,
  ...weightsSchemas,
  ...exportSchemas,
  ...forecastSchemas,
  ...lineSchemas,
  ...eventSchemas,
  ...rulebookSchemas,
  ...alertSchemas,
  ...obligationSchemas,
  ...operationSchemas,
} as const;
