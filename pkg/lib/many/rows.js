// A good's number over several shards: which shard it is of, and which row there.

/** The most rows of a shard. */
const ROWS = 2 ** 24;

/** The most shards whose goods have numbers of 32 bits. */
export const SHARDS = 2 ** 8;

/** @param {number} shard @param {number} row */
export const numberOf = (shard, row) => shard * ROWS + row;

/** @param {number} good */
export const shardOf = (good) => Math.floor(good / ROWS);

/** @param {number} good */
export const rowOf = (good) => good % ROWS;
