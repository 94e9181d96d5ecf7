using Grpc.Core;
using Tracker.Core.Model;

namespace Tracker.Server.Hosting;

/// <summary>A server that stops finishes what has begun and begins nothing new.</summary>
internal sealed class ShutdownGate(IHostApplicationLifetime lifetime) : CallGate
{
    protected override void Check(ServerCallContext context)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw RefusalException.ShuttingDown();
        }
    }
}
