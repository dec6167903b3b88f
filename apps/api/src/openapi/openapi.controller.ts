import { Controller } from '@nestjs/common';
import { jsonType, text, type Answer } from '../http/answer.js';
import { Operation } from '../pipeline/operation.js';
import { OpenApiText } from './openapi-text.js';

@Controller('v1/openapi.json')
export class OpenApiController {
  constructor(private readonly document: OpenApiText) {}

  @Operation('GET', '', { summary: 'The OpenAPI document', answers: { 200: { text: 'The document.' } } })
  async read(): Promise<Answer> {
    return text(jsonType, await this.document.text());
  }
}
