//# sourceMappingURL=relay-kinesis.js.map
