using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Threading.RateLimiting;
using Grpc.Core;

namespace Tracker.Server.Hosting;

/// <summary>
/// Body of a gRPC call, of which no message is read on before the budget has room for all of it. gRPC tells the length of a message in its
/// first five bytes (PROTOCOL-HTTP2, Length-Prefixed-Message); until it is read on, HTTP/2 keeps the sender from sending more than a window.
/// </summary>
/// <param name="isStream">What it took stays taken until the next message is asked for, as a stream that waits for room asks for none; else until it was read.</param>
internal sealed class BudgetedReader(PipeReader body, MessageBudget budget, BudgetLimits limits, bool isStream) : PipeReader, IDisposable
{
    private const int PrefixSize = 5;

    private ReadOnlySequence<byte> _seen;
    private CancellationTokenSource? _deadline;
    private RateLimitLease? _taken;
    private bool _isRead = true;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_isRead)
        {
            GiveBack();
        }

        var result = await ReadInTimeAsync(cancellationToken);
        if (_isRead && LengthOf(result.Buffer) is { } length)
        {
            _isRead = false;
            await TakeAsync(length, cancellationToken);
        }

        _seen = result.Buffer;
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        var isThere = body.TryRead(out result);
        _seen = result.Buffer;
        return isThere;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        // The library takes a message whole or nothing of it.
        _isRead |= _seen.GetOffset(consumed) > _seen.GetOffset(_seen.Start);
        body.AdvanceTo(consumed, examined);
        if (_isRead)
        {
            EndDeadline();
            if (!isStream)
            {
                GiveBack();
            }
        }
    }

    public override void CancelPendingRead() => body.CancelPendingRead();

    public override void Complete(Exception? exception = null) => body.Complete(exception);

    /// <summary>The call is over.</summary>
    public void Dispose()
    {
        EndDeadline();
        GiveBack();
    }

    /// <summary>What is compressed may become as large as a message may be.</summary>
    private long? LengthOf(in ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length < PrefixSize)
        {
            return null;
        }

        Span<byte> prefix = stackalloc byte[PrefixSize];
        buffer.Slice(0, PrefixSize).CopyTo(prefix);
        return prefix[0] != 0 ? limits.MaxMessageBytes : BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
    }

    /// <summary>What is small is within the windows of its connection; what is too large is refused by the library, unread.</summary>
    private async Task TakeAsync(long length, CancellationToken cancellation)
    {
        if (length > limits.SmallBytes && length <= limits.MaxMessageBytes)
        {
            _taken = await budget.TakeAsync(length, cancellation);
            _deadline = new CancellationTokenSource(limits.MessageTimeout, limits.Time);
        }
    }

    /// <summary>Who begins a large message and does not end it would keep others from beginning theirs.</summary>
    private async ValueTask<ReadResult> ReadInTimeAsync(CancellationToken cancellation)
    {
        if (_deadline is not { } deadline)
        {
            return await body.ReadAsync(cancellation);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await body.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, $"A message that was begun has not arrived within {limits.MessageTimeout.TotalSeconds:0} s ({ServerOptions.Section}:MessageTimeout); nothing of it was stored."));
        }
    }

    private void EndDeadline()
    {
        _deadline?.Dispose();
        _deadline = null;
    }

    private void GiveBack()
    {
        _taken?.Dispose();
        _taken = null;
    }
}
