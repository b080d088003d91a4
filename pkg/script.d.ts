// `goodsrank/worker/script`: imported for what it does, which is to answer in a worker.
export {};
