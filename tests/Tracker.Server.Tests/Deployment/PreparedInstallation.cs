using System.Diagnostics;
using System.Text.Json.Nodes;
using Tracker.Server.Tests.Import;
using Tracker.TestKit;

namespace Tracker.Server.Tests.Deployment;

/// <summary>What deploy/prepare-compose.sh makes, as a data folder of nodes: their settings and keys where a container has them.</summary>
internal sealed class PreparedInstallation : IDisposable
{
    private readonly TempFolder _folder = new();

    private PreparedInstallation()
    {
    }

    public string Secrets => _folder.File("secrets");

    /// <summary>The current directory of the nodes.</summary>
    public string Data => _folder.File("data");

    public string KeyFile => Path.Combine(Data, "keys", "tenant-keys.json");

    public string ApiKey => File.ReadAllText(Path.Combine(Secrets, "api-key"));

    public static async Task<PreparedInstallation> MakeAsync(CancellationToken cancellation)
    {
        var made = new PreparedInstallation();
        Assert.Equal(0, await made.PrepareAsync(cancellation));
        Directory.CreateDirectory(Path.GetDirectoryName(made.KeyFile)!);
        File.Copy(Path.Combine(made.Secrets, "tenant-keys.json"), made.KeyFile);
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(made.Secrets, "appsettings.json"), cancellation))!.AsObject();
        await made.WriteSettingsAsync(settings, cancellation);
        return made;
    }

    public Task WriteSettingsAsync(JsonObject settings, CancellationToken cancellation) =>
        File.WriteAllTextAsync(Path.Combine(Data, "appsettings.json"), settings.ToJsonString(), cancellation);

    public async Task<int> PrepareAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "deploy", "prepare-compose.sh"), "acme", "web"]) { RedirectStandardOutput = true };
        start.Environment["TRACKER_SECRETS"] = Secrets;
        using var script = Process.Start(start)!;
        await script.StandardOutput.ReadToEndAsync(cancellation);
        await script.WaitForExitAsync(cancellation);
        return script.ExitCode;
    }

    public void Dispose() => _folder.Dispose();
}
