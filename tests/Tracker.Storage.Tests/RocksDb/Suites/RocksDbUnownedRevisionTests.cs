using Tracker.Storage.Tests.Contracts;

namespace Tracker.Storage.Tests.RocksDb.Suites;

public sealed class RocksDbUnownedRevisionTests : UnownedRevisionContract<RocksDbStorage>;
