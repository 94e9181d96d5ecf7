using Microsoft.Extensions.Time.Testing;
using Tracker.Storage.RocksDb;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.RocksDb.Opening;

public sealed class DeletedBytesTests : IDisposable
{
    private static readonly byte[] Payload = [.. Enumerable.Range(0, 64).Select(i => (byte)((i * 73) + 11))];

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(A.Noon);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Payload_that_was_swept_is_in_no_file_once_the_store_is_closed()
    {
        using var store = await FillAsync();
        Assert.True(IsInAnyFile());

        _time.SetUtcNow(A.InAMonth);
        await store.Expiry.SweepAsync(100, Cancellation);
        store.Dispose();

        Assert.False(IsInAnyFile());
    }

    [Fact]
    public async Task Sweeper_that_has_deleted_flushes_once_a_day()
    {
        using var store = await FillAsync();
        _time.SetUtcNow(A.InAMonth.AddMinutes(-1));
        await store.Expiry.SweepAsync(100, Cancellation);
        Assert.Empty(Tables());

        _time.SetUtcNow(A.InAMonth);
        await store.Expiry.SweepAsync(100, Cancellation);

        Assert.NotEmpty(Tables());
    }

    private async Task<RocksDbStore> FillAsync()
    {
        var store = RocksDbStore.Open(_folder.File("store"), _time);
        await store.Records.CommitAsync(MicroBatches.Anonymous(A.Interaction(A.Record(1) with { Payload = Payload })), Cancellation);
        return store;
    }

    private string[] Tables() => Directory.GetFiles(_folder.File("store"), "*.sst");

    private bool IsInAnyFile() =>
        Directory.GetFiles(_folder.File("store")).Any(file => ReadShared(file).AsSpan().IndexOf(Payload) >= 0);

    // The open store has the log open for writing.
    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
