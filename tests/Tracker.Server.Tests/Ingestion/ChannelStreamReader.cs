using System.Threading.Channels;
using Grpc.Core;

namespace Tracker.Server.Tests.Ingestion;

internal sealed class ChannelStreamReader<T>(ChannelReader<T> channel) : IAsyncStreamReader<T>
{
    public T Current { get; private set; } = default!;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (!await channel.WaitToReadAsync(cancellationToken))
        {
            return false;
        }

        Current = await channel.ReadAsync(cancellationToken);
        return true;
    }
}
