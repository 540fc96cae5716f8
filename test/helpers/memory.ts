/** A source and a sink in memory, with faults on demand: the transfer loop is tested on these without a socket. */
export { connectionLost, FakeClock } from './memory/clock.ts';
export { MemorySink, MemorySinkMailbox } from './memory/sink.ts';
export { MemorySource, type Fault } from './memory/source.ts';
export { MemoryMailbox, MemoryStore, type MemoryMessage, type MemoryStoreOptions } from './memory/store.ts';
