using Tracker.Server.Security;

namespace Tracker.Server.Hosting;

/// <summary>
/// Whether the server tells its contract to whoever asks: in development, and where nothing is configured yet, so that
/// the first call works without the proto files.
/// </summary>
internal sealed class ReflectionChoice(IHostEnvironment environment, CallerDirectory callers)
{
    public bool IsOn => environment.IsDevelopment() || callers.IsDemo;
}
