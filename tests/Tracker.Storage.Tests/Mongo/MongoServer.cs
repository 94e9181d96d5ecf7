using MongoDB.Driver;

namespace Tracker.Storage.Tests.Mongo;

/// <summary>The server the tests run against: named by the environment, or there is none.</summary>
internal static class MongoServer
{
    private const string Variable = "TRACKER_TEST_MONGODB";

    /// <summary>Skips the test where there is none.</summary>
    public static MongoClientSettings Require()
    {
        var connection = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(connection))
        {
            Assert.Skip($"No MongoDB: {Variable} does not name one, for example {Variable}=mongodb://127.0.0.1:27017.");
        }

        return MongoClientSettings.FromConnectionString(connection);
    }
}
