using Tracker.Storage.Tests.Contracts;

namespace Tracker.Storage.Tests.Mongo.Suites;

public sealed class MongoReceiptStoreTests : ReceiptStoreContract<MongoStorage>;
