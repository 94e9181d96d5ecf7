using Tracker.Server.Tests.Starting;
using Tracker.TestKit;

[assembly: AssemblyFixture(typeof(StartedServer))]

namespace Tracker.Server.Tests.Starting;

/// <summary>One server with nothing configured, for the tests that only look at it.</summary>
public sealed class StartedServer : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private ServerProcess? _process;

    public string Folder => _folder.Path;

    internal ServerProcess Process => _process ?? throw new InvalidOperationException("The server was not started.");

    public async ValueTask InitializeAsync() => _process = await ServerProcess.StartAsync(Folder);

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _folder.Dispose();
    }
}
