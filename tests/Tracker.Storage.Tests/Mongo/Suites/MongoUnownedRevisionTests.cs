using Tracker.Storage.Tests.Contracts;

namespace Tracker.Storage.Tests.Mongo.Suites;

public sealed class MongoUnownedRevisionTests : UnownedRevisionContract<MongoStorage>;
