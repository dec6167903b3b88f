// The yardstick: the same Nest-on-Fastify app with the same body, DTO and class-validator's own interpreter, which
// answers with a constant and keeps nothing.
import 'reflect-metadata';
import { Body, Controller, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ReservationDto } from '../../apps/api/src/reservations/reservation.dto.js';
import { reservationExample } from '../../apps/api/src/reservations/reservation.example.js';

@Controller('v1/reservations')
class ConstantController {
  @Post()
  create(@Body() _body: ReservationDto): unknown {
    return reservationExample;
  }
}

@Module({ controllers: [ConstantController] })
class BaselineModule {}

const app = await NestFactory.create<NestFastifyApplication>(BaselineModule, new FastifyAdapter(), { logger: false });
app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
await app.listen(Number(process.env['PORT']), '127.0.0.1');
process.stdout.write('ready\n');
