using Tracker.Storage.Tests.Contracts;

namespace Tracker.Storage.Tests.Mongo.Suites;

public sealed class MongoPersonModelTests : PersonModelContract<MongoStorage>
{
    protected override int Iterations => 12;
}
