using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Opening;

namespace Tracker.Storage.Tests.RocksDb.Engine;

public sealed class StoreFaultTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"tracker-{Guid.CreateVersion7():N}");

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    [Trait("Compliance", "R-029")]
    public void A_write_that_the_engine_refuses_is_a_store_that_does_not_answer()
    {
        var folder = new StoreFolder(_path, TimeProvider.System, []);
        folder.Open().Dispose();
        using var engine = folder.OpenReadOnly();

        var refusal = Assert.Throws<RefusalException>(() => engine.WriteAtOnce(session => session.Put(StorePart.Records, [1], [2])));

        Assert.Equal(RefusalReason.StoreUnavailable, refusal.Reason);
        Assert.NotNull(refusal.InnerException);
    }
}
