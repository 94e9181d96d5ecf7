using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Tracker.Server.Hosting;

namespace Tracker.Server.Tests.Hosting;

public sealed class BudgetedReaderTests : IDisposable
{
    private const int Room = 2 * 1_048_576;
    private const int Prefix = 5;

    private readonly FakeTimeProvider _time = new();
    private readonly MessageBudget _budget = new(Options.Create(new ServerOptions { MaxReadingBytes = Room, MaxMessageBytes = 1_048_576 }));
    private readonly List<BudgetedReader> _readers = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _readers.ForEach(reader => reader.Dispose());
        _budget.Dispose();
    }

    [Fact]
    public async Task A_message_is_not_read_on_before_there_is_room_for_all_of_it()
    {
        using var rest = await _budget.TakeAsync(Room - 1_048_576, Cancellation);
        var others = await _budget.TakeAsync(500_000, Cancellation);
        var (sender, reader) = Body();
        await SendAsync(sender, 1_000_000, sent: 1_000);

        var read = reader.ReadAsync(Cancellation).AsTask();
        Assert.False(read.IsCompleted);

        others.Dispose();
        Assert.Equal(1_000 + Prefix, (await read).Buffer.Length);
    }

    [Fact]
    public async Task A_small_message_is_read_whatever_is_taken()
    {
        await _budget.TakeAsync(Room, Cancellation);
        var (sender, reader) = Body();
        await SendAsync(sender, 1_000, sent: 1_000);

        Assert.Equal(1_000 + Prefix, (await reader.ReadAsync(Cancellation)).Buffer.Length);
    }

    [Fact]
    public async Task A_message_that_is_too_large_takes_nothing_for_it_is_refused()
    {
        await _budget.TakeAsync(Room, Cancellation);
        var (sender, reader) = Body();
        await SendAsync(sender, 1_048_577, sent: 1_000);

        Assert.Equal(1_000 + Prefix, (await reader.ReadAsync(Cancellation)).Buffer.Length);
    }

    [Fact]
    public async Task What_is_compressed_takes_as_much_as_a_message_may_have()
    {
        var (sender, reader) = Body();
        await SendAsync(sender, 100, sent: 100, isCompressed: true);
        await reader.ReadAsync(Cancellation);

        Assert.False(_budget.TakeAsync(Room - 1_048_576 + 1, Cancellation).IsCompleted);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_call_gives_its_room_back_when_its_message_is_read_and_a_stream_when_it_asks_for_the_next(bool isStream, bool isFree)
    {
        var (sender, reader) = Body(isStream);
        await SendAsync(sender, 100_000, sent: 100_000);
        await ConsumeAsync(reader);

        Assert.Equal(isFree, _budget.TakeAsync(Room, Cancellation).IsCompleted);
    }

    [Fact]
    public async Task A_stream_gives_its_room_back_when_it_asks_for_the_next_message()
    {
        var (sender, reader) = Body(isStream: true);
        await SendAsync(sender, 100_000, sent: 100_000);
        await ConsumeAsync(reader);

        _ = reader.ReadAsync(Cancellation).AsTask();

        Assert.True(_budget.TakeAsync(Room, Cancellation).IsCompleted);
    }

    [Fact]
    public async Task A_call_that_is_over_has_given_its_room_back()
    {
        var (sender, reader) = Body();
        await SendAsync(sender, 1_000_000, sent: 1_000);
        await reader.ReadAsync(Cancellation);

        reader.Dispose();

        Assert.True(_budget.TakeAsync(Room, Cancellation).IsCompleted);
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_in_nobodys_way()
    {
        var all = await _budget.TakeAsync(Room, Cancellation);
        using var ended = new CancellationTokenSource();
        var given = _budget.TakeAsync(Room, ended.Token);
        var next = _budget.TakeAsync(1, Cancellation);

        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        all.Dispose();

        await next;
    }

    [Fact]
    public async Task A_large_message_that_does_not_arrive_in_time_is_given_up()
    {
        var (sender, reader) = Body();
        await SendAsync(sender, 1_000_000, sent: 1_000);
        var begun = (await reader.ReadAsync(Cancellation)).Buffer;
        reader.AdvanceTo(begun.Start, begun.End);
        var rest = reader.ReadAsync(Cancellation).AsTask();

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(StatusCode.DeadlineExceeded, (await Assert.ThrowsAsync<RpcException>(() => rest)).StatusCode);
    }

    [Fact]
    public async Task A_stream_may_be_silent_between_messages_for_as_long_as_it_likes()
    {
        var (sender, reader) = Body(isStream: true);
        await SendAsync(sender, 100_000, sent: 100_000);
        await ConsumeAsync(reader);
        var next = reader.ReadAsync(Cancellation).AsTask();

        _time.Advance(TimeSpan.FromHours(1));
        await SendAsync(sender, 10, sent: 10);

        Assert.Equal(10 + Prefix, (await next).Buffer.Length);
    }

    private (PipeWriter Sender, BudgetedReader Reader) Body(bool isStream = false)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var reader = new BudgetedReader(pipe.Reader, _budget, new BudgetLimits(64 * 1_024, 1_048_576, TimeSpan.FromSeconds(30), _time), isStream);
        _readers.Add(reader);
        return (pipe.Writer, reader);
    }

    private static async Task SendAsync(PipeWriter sender, int length, int sent, bool isCompressed = false)
    {
        var message = new byte[Prefix + sent];
        message[0] = (byte)(isCompressed ? 1 : 0);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), length);
        await sender.WriteAsync(message, Cancellation);
    }

    private static async Task ConsumeAsync(BudgetedReader reader)
    {
        var buffer = (await reader.ReadAsync(Cancellation)).Buffer;
        reader.AdvanceTo(buffer.End);
    }
}
