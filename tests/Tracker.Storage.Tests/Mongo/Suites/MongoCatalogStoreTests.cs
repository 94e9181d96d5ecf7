using Tracker.Storage.Tests.Contracts;

namespace Tracker.Storage.Tests.Mongo.Suites;

public sealed class MongoCatalogStoreTests : CatalogStoreContract<MongoStorage>;
