import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import gossipServices from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import featureServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import rpcStatus from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import googleEmpty from 'google-protobuf/google/protobuf/empty_pb.js';
import { type MethodDefinition } from '@grpc/grpc-js';

/*
 * The published protocol, as the client package brings it along. Its files are CommonJS and write into one global
 * object, so that they are reached through default imports here, once.
 */
export const { AppendResp, BatchAppendResp, DeleteResp, ReadResp } = streams;
export const { AllStreamPosition, StreamIdentifier, UUID, Empty } = shared;
export const { AccessDenied, MaximumAppendSizeExceeded, StreamDeleted, Timeout, WrongExpectedVersion } = shared;
export const { ClusterInfo, EndPoint, MemberInfo } = gossip;
export const { SupportedMethod, SupportedMethods } = features;
export const { Status } = rpcStatus;
export const { Any } = any;
export const { Empty: GoogleEmpty } = googleEmpty;

export type { AppendReq, BatchAppendReq, DeleteReq, ReadReq, TombstoneReq } from '@eventstore/db-client/generated/streams_pb.js';
export type { Message } from 'google-protobuf';
export type AppendAnswer = InstanceType<typeof AppendResp>;
export type BatchAnswer = InstanceType<typeof BatchAppendResp>;
export type DeleteAnswer = InstanceType<typeof DeleteResp>;
export type RpcStatus = InstanceType<typeof Status>;

const published = streamServices.StreamsService;

/** Answers of a read are made of frames: events are encoded once, however often they are read. */
const read: MethodDefinition<streams.ReadReq, Buffer> = {
  path: published.read.path,
  requestStream: false,
  responseStream: true,
  requestSerialize: published.read.requestSerialize,
  requestDeserialize: published.read.requestDeserialize,
  responseSerialize: (frame: Buffer) => frame,
  responseDeserialize: (frame: Buffer) => frame,
};

export const streamsService = {
  read,
  append: published.append,
  batchAppend: published.batchAppend,
  delete: published.delete,
  // What is answered to both is the same on the wire.
  tombstone: { ...published.tombstone, responseSerialize: published.delete.responseSerialize },
};
export const gossipService = gossipServices.GossipService;
export const featuresService = featureServices.ServerFeaturesService;
