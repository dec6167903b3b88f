/**
 * The settings of EventStoreDB that 23.10 and 24.10 both document and neither calls deprecated. The server does not
 * start with an unknown one. As printed by `eventstored --what-if` of 23.10.0 in the server's documentation
 * (configuration, "Testing the configuration"); without the names that its networking page or the options of 24.10 call
 * deprecated; with three that its security and telemetry pages add. The environment's form of a name is made of it by
 * `settingsOfEventStoreDb`: `RunProjections` is `EVENTSTORE_RUN_PROJECTIONS`.
 */
const documented = `
  AllowAnonymousEndpointAccess AllowAnonymousStreamAccess AllowUnknownOptions Config DisableHttpCaching Help
  LogFailedAuthenticationAttempts LogHttpRequests MaxAppendSize SkipIndexScanOnReads StatsPeriodSec Version WhatIf
  WorkerThreads
  AuthenticationConfig AuthenticationType AuthorizationConfig AuthorizationType DisableFirstLevelHttpAuthorization
  CertificateReservedNodeCommonName TrustedRootCertificatesPath
  CertificateFile CertificatePassword CertificatePrivateKeyFile CertificatePrivateKeyPassword
  CertificateStoreLocation CertificateStoreName CertificateSubjectName CertificateThumbprint
  TrustedRootCertificateStoreLocation TrustedRootCertificateStoreName TrustedRootCertificateSubjectName
  TrustedRootCertificateThumbprint
  ClusterDns ClusterGossipPort ClusterSize DeadMemberRemovalPeriodSec DiscoverViaDns GossipAllowedDifferenceMs
  GossipIntervalMs GossipSeed GossipTimeoutMs LeaderElectionTimeoutMs NodePriority ReadOnlyReplica
  StreamInfoCacheCapacity UnsafeAllowSurplusNodes
  CachedChunks ChunkSize ChunksCacheSize CommitTimeoutMs Db DbLogFormat DisableScavengeMerging HashCollisionReadLimit
  Index IndexCacheDepth IndexCacheSize InitializationThreads MaxAutoMergeIndexLevel MaxMemTableSize MaxTruncation MemDb
  MinFlushDelayMs PrepareTimeoutMs ReaderThreadsCount ReduceFileCachePressure ScavengeBackendCacheSize
  ScavengeBackendPageSize ScavengeHashUsersCacheCapacity ScavengeHistoryMaxAge SkipDbVerify SkipIndexVerify
  StatsStorage StreamExistenceFilterSize UnsafeDisableFlushToDisk UseIndexBloomFilters WriteStatsToDb WriteThrough
  WriteTimeoutMs
  DefaultAdminPassword DefaultOpsPassword
  Dev RemoveDevCerts
  KeepAliveInterval KeepAliveTimeout
  AdvertiseHostToClientAs AdvertiseNodePortToClientAs ConnectionPendingSendBytesThreshold ConnectionQueueSizeThreshold
  DisableAdminUi DisableGossipOnHttp DisableStatsOnHttp EnableTrustedAuth EnableUnixSocket NodeHostAdvertiseAs NodeIp
  NodePort NodePortAdvertiseAs ReplicationHeartbeatInterval ReplicationHeartbeatTimeout ReplicationHostAdvertiseAs
  ReplicationIp ReplicationPort ReplicationTcpPortAdvertiseAs
  DisableLogFile Log LogConfig LogConsoleFormat LogFileInterval LogFileRetentionCount LogFileSize LogLevel
  FaultOutOfOrderProjections ProjectionCompilationTimeout ProjectionExecutionTimeout ProjectionThreads
  ProjectionsQueryExpiry RunProjections StartStandardProjections
  Insecure OverrideAnonymousEndpointAccessForGossip TelemetryOptout
`;

export const settingsOfEventStoreDb: ReadonlySet<string> = new Set(
  documented
    .trim()
    .split(/\s+/)
    .map((name) => `EVENTSTORE${name.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase()}`),
);
