using System.Globalization;
using Grpc.Core;
using Tracker.Core.Ingestion;

namespace Tracker.Server.Ingestion;

/// <summary>Tells who records, with each answer and each refusal, how much of what may wait is waiting: a sender slows down before it is refused.</summary>
internal sealed class LimitTrailer(IngestionQueue queue)
{
    /// <summary>From 0 to 1, with two digits.</summary>
    public const string Name = "tracker-limit-used";

    /// <returns>Disposed of, it writes the trailer as things are then.</returns>
    public IDisposable Tell(ServerCallContext context) => new Trailer(queue, context);

    private sealed class Trailer(IngestionQueue queue, ServerCallContext context) : IDisposable
    {
        public void Dispose() => context.ResponseTrailers.Add(Name, queue.Used.ToString("0.00", CultureInfo.InvariantCulture));
    }
}
