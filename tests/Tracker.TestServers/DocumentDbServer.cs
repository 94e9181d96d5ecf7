namespace Tracker.TestServers;

/// <summary>PostgreSQL with DocumentDB, over which the gateway's own tests run.</summary>
public static class DocumentDbServer
{
    public const string Variable = "TRACKER_TEST_DOCUMENTDB";

    public static TestServer Get() => TestServer.Named(Variable) ?? TestServer.Missing("PostgreSQL with DocumentDB", $"{Variable} is not set");
}
