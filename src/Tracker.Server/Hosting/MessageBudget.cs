using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Tracker.Server.Hosting;

/// <summary>
/// Bytes of messages that are being read, all connections together. A message takes its whole length before it is read on, in the order they came:
/// one that had a part of it could wait for ever for others that have a part.
/// </summary>
internal sealed class MessageBudget(IOptions<ServerOptions> options) : IDisposable
{
    // Counted by the kilobyte: the limiter has room for 2^31 permits.
    private const int Unit = 1_024;

    private readonly ConcurrencyLimiter _limiter = new(new()
    {
        PermitLimit = Permits(Math.Max(options.Value.MaxReadingBytes, options.Value.MaxMessageBytes)),
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <returns>Completes when so many bytes are taken, at most <see cref="ServerOptions.MaxMessageBytes"/>; disposed of, it gives them back.</returns>
    /// <exception cref="OperationCanceledException">Nothing was taken.</exception>
    public Task<RateLimitLease> TakeAsync(long bytes, CancellationToken cancellation) => _limiter.AcquireAsync(Permits(bytes), cancellation).AsTask();

    public void Dispose() => _limiter.Dispose();

    private static int Permits(long bytes) => (int)((bytes + Unit - 1) / Unit);
}
