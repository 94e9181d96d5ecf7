using System.Threading.Channels;
using Tracker.Core.Model;
using Tracker.Server.Ingestion;
using Tracker.Server.Tests.Hosting;

namespace Tracker.Server.Tests.Ingestion;

public sealed class BatchStreamTests : IDisposable
{
    private readonly FakeLifetime _lifetime = new();
    private readonly Channel<int> _requests = System.Threading.Channels.Channel.CreateUnbounded<int>();
    private readonly ListWriter<int> _answers = new();
    private readonly List<int> _begun = [];
    private readonly Dictionary<int, TaskCompletionSource<int>> _work = [];
    private readonly Dictionary<int, TaskCompletionSource> _outside = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _lifetime.Dispose();

    [Fact]
    public async Task Answers_come_in_the_order_sent_whatever_is_done_first()
    {
        var run = Run(Send(1, 2, 3));

        Finish(3, 2, 1);
        await run;

        Assert.Equal([1, 2, 3], _answers.Written);
    }

    [Fact]
    public async Task No_more_than_a_few_batches_are_under_way()
    {
        var run = Run(Send(1, 2, 3, 4, 5, 6));
        Assert.Equal([1, 2, 3, 4], _begun);

        Finish(1);
        Assert.Equal([1, 2, 3, 4, 5], _begun);

        Finish(2, 3, 4, 5, 6);
        await run;
        Assert.Equal([1, 2, 3, 4, 5, 6], _answers.Written);
    }

    [Fact]
    public async Task While_a_batch_waits_for_room_nothing_more_is_read()
    {
        _outside.Add(2, new TaskCompletionSource());
        var run = Run(Send(1, 2, 3));
        Assert.Equal([1, 2], _begun);

        _outside[2].SetResult();
        Assert.Equal([1, 2, 3], _begun);

        Finish(1, 2, 3);
        await run;
        Assert.Equal([1, 2, 3], _answers.Written);
    }

    [Fact]
    public async Task What_is_done_is_answered_while_the_next_batch_waits_for_room()
    {
        _outside.Add(2, new TaskCompletionSource());
        var run = Run(Send(1, 2));

        Finish(1);
        Assert.Equal([1], _answers.Written);

        _outside[2].SetResult();
        Finish(2);
        await run;
        Assert.Equal([1, 2], _answers.Written);
    }

    [Fact]
    public async Task A_refused_batch_ends_the_stream_after_the_answers_before_it()
    {
        var run = Run(Send(1, 2, 3));

        _work[2].SetException(RefusalException.Overloaded(TimeSpan.FromSeconds(1)));
        Finish(1, 3);

        await Assert.ThrowsAsync<RefusalException>(() => run);
        Assert.Equal([1], _answers.Written);
    }

    [Fact]
    public async Task What_still_waits_for_room_when_the_stream_fails_enters_no_more()
    {
        _outside.Add(2, new TaskCompletionSource());
        var run = Run(Send(1, 2));

        _work[1].SetException(RefusalException.StoreUnavailable());

        Assert.Equal(RefusalReason.StoreUnavailable, (await Assert.ThrowsAsync<RefusalException>(() => run.WaitAsync(TimeSpan.FromSeconds(30), Cancellation))).Reason);
    }

    [Fact]
    public async Task A_stream_that_has_failed_reads_no_more()
    {
        var run = Run(Send(isEnded: false, 1));
        _work[1].SetException(RefusalException.StoreUnavailable());
        await Assert.ThrowsAsync<RefusalException>(() => run);

        _requests.Writer.TryWrite(2);

        Assert.Equal(1, _requests.Reader.Count);
    }

    [Fact]
    public async Task A_stream_of_a_stopping_server_reads_no_more()
    {
        var run = Run(Send(isEnded: false));
        _lifetime.StopApplication();
        await Assert.ThrowsAsync<RefusalException>(() => run);

        _requests.Writer.TryWrite(1);

        Assert.Equal(1, _requests.Reader.Count);
    }

    [Fact]
    public async Task A_stopping_server_answers_what_it_has_begun_and_takes_nothing_more()
    {
        var run = Run(Send(isEnded: false, 1, 2));

        _lifetime.StopApplication();
        Finish(1, 2);

        Assert.Equal(RefusalReason.ShuttingDown, (await Assert.ThrowsAsync<RefusalException>(() => run)).Reason);
        Assert.Equal([1, 2], _answers.Written);
    }

    [Fact]
    public async Task An_idle_stream_is_told_to_go_elsewhere()
    {
        var run = Run(Send(isEnded: false));

        _lifetime.StopApplication();

        Assert.Equal(RefusalReason.ShuttingDown, (await Assert.ThrowsAsync<RefusalException>(() => run)).Reason);
    }

    [Fact]
    public async Task A_stream_that_has_ended_is_no_refusal_for_a_stopping_server()
    {
        var run = Run(Send(1));

        _lifetime.StopApplication();
        Finish(1);
        await run;

        Assert.Equal([1], _answers.Written);
    }

    private ChannelStreamReader<int> Send(params int[] batches) => Send(isEnded: true, batches);

    private ChannelStreamReader<int> Send(bool isEnded, params int[] batches)
    {
        foreach (var batch in batches)
        {
            _work[batch] = new TaskCompletionSource<int>();
            _requests.Writer.TryWrite(batch);
        }

        if (isEnded)
        {
            _requests.Writer.Complete();
        }

        return new ChannelStreamReader<int>(_requests.Reader);
    }

    private Task Run(ChannelStreamReader<int> requests) => new BatchStream(_lifetime).RunAsync(requests, _answers, AdmitAsync, Cancellation);

    private async Task<Task<int>> AdmitAsync(int batch, CancellationToken over)
    {
        _begun.Add(batch);
        await (_outside.GetValueOrDefault(batch)?.Task ?? Task.CompletedTask).WaitAsync(over);
        return _work[batch].Task;
    }

    private void Finish(params int[] batches) => Array.ForEach(batches, batch => _work[batch].SetResult(batch));
}
