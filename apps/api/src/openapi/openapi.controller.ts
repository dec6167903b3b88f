import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answer, jsonType } from '../http/answer.js';
import { refuseQuery } from '../http/query.js';
import { acceptsJson } from '../http/request-headers.js';
import { OpenApiText } from './openapi-text.js';

@Controller('v1/openapi.json')
export class OpenApiController {
  constructor(private readonly document: OpenApiText) {}

  @Get()
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    acceptsJson(request.headers);
    answer(reply, 200, jsonType, await this.document.text());
  }
}
