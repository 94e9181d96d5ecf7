using System.Diagnostics;
using MongoDB.Bson;
using Tracker.DocumentDbGateway.Hosting;

namespace Tracker.DocumentDbGateway.Tests.Hosting;

public class ProgramTests
{
    [Fact]
    public async Task The_program_says_where_it_listens_and_ends_well_when_it_is_told_to()
    {
        var program = Path.ChangeExtension(typeof(Gateway).Assembly.Location, "dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--postgres", "Host=127.0.0.1;Port=1"]) { RedirectStandardOutput = true })!;
        var address = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        using (var client = RawClient.Connect(address!))
        {
            Assert.Equal(1, (await client.RunAsync("admin", new BsonDocument("ping", 1), TestContext.Current.CancellationToken))["ok"].ToInt32());
        }

        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
    }
}
