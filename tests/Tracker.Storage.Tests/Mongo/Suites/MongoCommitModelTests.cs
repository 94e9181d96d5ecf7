using Tracker.Storage.Tests.Contracts;

namespace Tracker.Storage.Tests.Mongo.Suites;

public sealed class MongoCommitModelTests : CommitModelContract<MongoStorage>
{
    // Each takes a database of its own and some hundred questions.
    protected override int Iterations => 25;
}
