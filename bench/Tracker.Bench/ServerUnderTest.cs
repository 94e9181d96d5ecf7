using System.Diagnostics;

namespace Tracker.Bench;

/// <summary>The real program beside this one, on free ports of this machine.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private static readonly string[] AsInTheImage = ["DOTNET_gcServer=1", "DOTNET_GCHeapCount=2", "DOTNET_GCNoAffinitize=1", "DOTNET_GCgen0size=0x8000000"];

    private readonly Process _process;
    private readonly string _folder;

    private Uri? _grpc;

    private ServerUnderTest(Process process, string folder) => (_process, _folder) = (process, folder);

    public Uri Grpc => _grpc ?? throw new InvalidOperationException("Not started.");

    /// <summary>In MiB, since it started.</summary>
    public long PeakWorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / (1_024 * 1_024);
        }
    }

    /// <param name="address">Connection string of MongoDB; null: the embedded store, in a folder of its own.</param>
    /// <param name="environment">NAME=VALUE, besides what the image sets.</param>
    public static async Task<ServerUnderTest> StartAsync(string? address, string database, IReadOnlyList<string> environment, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("tracker-bench-").FullName;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = folder };
        foreach (var variable in AsInTheImage.Concat(environment).Select(variable => variable.Split('=', 2)))
        {
            start.Environment[variable[0]] = variable[1];
        }

        string[] store = address is null ? [] : [$"--Tracker:Storage:Mongo:ConnectionString={address}", $"--Tracker:Storage:Mongo:Database={database}"];
        foreach (var argument in (string[])
        [
            Path.Combine(AppContext.BaseDirectory, "Tracker.Server.dll"),
            "--Tracker:Storage:Path=.",
            .. store,
            "--Tracker:Server:GrpcPort=0",
            "--Tracker:Server:HttpPort=0",
        ])
        {
            start.ArgumentList.Add(argument);
        }

        var server = new ServerUnderTest(Process.Start(start)!, folder);
        try
        {
            server._grpc = await server.ReadAddressAsync(cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Uri> ReadAddressAsync(CancellationToken cancellation)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["gRPC", var uri, ..])
            {
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new(uri);
            }
        }

        throw new InvalidOperationException("The server did not start.");
    }
}
