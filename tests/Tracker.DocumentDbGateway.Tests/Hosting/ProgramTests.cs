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
        try
        {
            var address = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            using var client = RawClient.Connect(address!);
            var pong = await client.RunAsync("admin", new BsonDocument("ping", 1), TestContext.Current.CancellationToken);

            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Equal((1, 0), (pong["ok"].ToInt32(), process.ExitCode));
        }
        finally
        {
            process.Kill();
        }
    }
}
