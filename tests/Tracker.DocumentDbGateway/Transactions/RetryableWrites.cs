using System.Collections.Concurrent;
using Tracker.DocumentDbGateway.Errors;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Transactions;

/// <summary>
/// The last retryable write of every session: a driver that got no answer repeats it under the same number, and gets the
/// answer of the first.
/// </summary>
internal sealed class RetryableWrites(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Attempt> _attempts = new();

    public int Count => _attempts.Count;

    public async Task<ReadOnlyMemory<byte>> RunOnceAsync(Request request, Func<Task<ReadOnlyMemory<byte>>> write)
    {
        var mine = new Attempt(request.TransactionNumber!.Value, time.GetTimestamp(), new(write));
        var kept = _attempts.AddOrUpdate(request.Session, mine, (_, last) => mine.Number < last.Number
            ? throw new CommandException(ErrorCode.TransactionTooOld, $"the session has begun write {last.Number} already")
            : mine.Number == last.Number ? last : mine);
        try
        {
            return await kept.Reply.Value;
        }
        catch
        {
            // A write that failed can be tried again.
            _attempts.TryRemove(new(request.Session, kept));
            throw;
        }
    }

    public void EndSession(string session) => _attempts.TryRemove(session, out _);

    public void Forget(TimeSpan age)
    {
        foreach (var entry in _attempts.Where(entry => entry.Value.Reply is { IsValueCreated: true, Value.IsCompleted: true } && time.GetElapsedTime(entry.Value.Begun) > age))
        {
            _attempts.TryRemove(entry);
        }
    }

    private sealed record Attempt(long Number, long Begun, Lazy<Task<ReadOnlyMemory<byte>>> Reply);
}
