using Tracker.Storage.Tests.Contracts;

namespace Tracker.Storage.Tests.RocksDb.Suites;

public sealed class RocksDbReceiptStoreTests : ReceiptStoreContract<RocksDbStorage>;
