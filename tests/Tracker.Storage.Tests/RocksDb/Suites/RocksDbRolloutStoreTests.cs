using Tracker.Storage.Tests.Contracts;

namespace Tracker.Storage.Tests.RocksDb.Suites;

public sealed class RocksDbRolloutStoreTests : RolloutStoreContract<RocksDbStorage>;
