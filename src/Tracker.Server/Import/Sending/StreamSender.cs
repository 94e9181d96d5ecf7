using System.Net.Sockets;
using System.Threading.Channels;
using Grpc.Core;
using Tracker.Contracts.V1;

namespace Tracker.Server.Import.Sending;

/// <summary>Delivers batches over streams until all are answered or the server stays away for too long.</summary>
internal sealed class StreamSender(
    InteractionService.InteractionServiceClient client,
    SendSettings settings,
    ImportTally tally,
    TimeProvider time)
{
    /// <returns>Why delivery ended before the end; null if everything was answered.</returns>
    public async Task<string?> SendAsync(ChannelReader<ImportBatch> batches, CancellationToken cancellation)
    {
        using var patience = new Patience(settings.GiveUpAfter, time);
        using var window = new SendWindow(batches, tally, patience);

        try
        {
            while (await window.HasWorkAsync(cancellation))
            {
                var refusal = await TryStreamAsync(window, patience, cancellation);
                if (refusal is null)
                {
                    continue;
                }

                if (patience.IsOver || !RetryAdvice.IsWorthRepeating(refusal))
                {
                    await CountRestAsync(batches, cancellation);
                    return Explain(refusal, patience);
                }

                tally.Waits($"{settings.Server} does not answer, {WhatIsWrong(refusal)}");
                await Task.Delay(patience.NextPause(refusal), time, cancellation);
            }

            return null;
        }
        finally
        {
            tally.Failed(window.Unanswered.Sum(batch => batch.Count));
        }
    }

    private async Task<RpcException?> TryStreamAsync(SendWindow window, Patience patience, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.BeginAttempt());

        try
        {
            await new ImportStream(client, settings.Headers, window, tally).RunAsync(either.Token);
            return null;
        }
        catch (RpcException refusal)
        {
            cancellation.ThrowIfCancellationRequested();
            return refusal;
        }
    }

    // What was never sent has no answer either; counting it keeps the sum of all outcomes equal to what was read.
    private async Task CountRestAsync(ChannelReader<ImportBatch> batches, CancellationToken cancellation)
    {
        await foreach (var batch in batches.ReadAllAsync(cancellation))
        {
            tally.Failed(batch.Count);
        }
    }

    private string Explain(RpcException refusal, Patience patience) => refusal.StatusCode switch
    {
        StatusCode.Unauthenticated or StatusCode.PermissionDenied =>
            $"the server refuses this caller, see --api-key ({WhatIsWrong(refusal)})",
        _ when patience.IsOver =>
            $"{settings.Server} answered nothing for {patience.Limit.TotalSeconds:0} s; --server must be the gRPC address that the server prints at its start ({WhatIsWrong(refusal)})",
        _ => $"the server refused the import ({WhatIsWrong(refusal)})",
    };

    /// <summary>Of a connection that failed the kind of fault; the driver's own text is a chain of exceptions.</summary>
    private static string WhatIsWrong(RpcException refusal) => refusal.Status.DebugException switch
    {
        { } fault when fault.GetBaseException() is SocketException broken => $"{refusal.StatusCode}: {broken.SocketErrorCode}",
        HttpRequestException fault => $"{refusal.StatusCode}: {fault.HttpRequestError}",
        _ => $"{refusal.StatusCode}: {refusal.Status.Detail}",
    };
}
