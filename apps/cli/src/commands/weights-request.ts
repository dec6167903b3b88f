import 'reflect-metadata';
import type { WeightsRequest } from '#ledger';
import { Problem } from '../../../api/src/http/problem.js';
import { shapeOf } from '../../../api/src/validation/shape.js';
import { WeightsDeterminationDto, weightsRequest } from '../../../api/src/weight-exports/weight-export.dto.js';
import { UsageError } from '../exit-code.js';

const shape = shapeOf(WeightsDeterminationDto);

/**
 * The request in the JSON of a file, held to the same shape as over HTTP.
 * @throws UsageError that names the file and every member at fault.
 */
export function readWeightsRequest(file: string, json: unknown): WeightsRequest {
  try {
    return weightsRequest(shape.check(json));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const faults = error.members.errors ?? [];
    const members = faults.map(({ pointer, message }) => `  ${pointer}: ${message}`);
    throw new UsageError([`${file}: ${error.detail}`, ...members].join('\n'));
  }
}
