using Tracker.Server.Tests.Starting;

namespace Tracker.Server.Tests.Deployment;

/// <summary>The real program under settings of a deployment, up to the first thing that it would not find here: its MongoDB.</summary>
internal static class NodeStart
{
    private static readonly string[] Elsewhere =
        ["--Tracker:Storage:Path=.", "--Tracker:Storage:Mongo:ConnectionString=mongodb://127.0.0.1:9/", "--Tracker:Storage:Mongo:ServerSelectionTimeout=00:00:00.25", "--Tracker:Storage:Mongo:StartTimeout=0"];

    /// <summary>Settings are checked before anything is opened, so that one that is not known would be named instead.</summary>
    public static async Task PassesAllSettingsAsync(string data, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var (exitCode, _, error) = await ServerProcess.RunAsync(data, new Dictionary<string, string>(environment), Elsewhere);

        Assert.Equal(StartTests.Refused, exitCode);
        Assert.Contains("The MongoDB that Tracker:Storage:Mongo:ConnectionString names does not answer.", error, StringComparison.Ordinal);
    }
}
