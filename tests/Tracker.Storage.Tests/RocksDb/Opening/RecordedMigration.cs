using Tracker.Storage.RocksDb;
using Tracker.Storage.RocksDb.Consents;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Opening;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.RocksDb.Opening;

/// <summary>Adds one notice of its own, so that what it wrote can be counted.</summary>
internal sealed class RecordedMigration : IFormatMigration
{
    private readonly string _id = Guid.NewGuid().ToString();

    public int Runs { get; private set; }

    public bool Fails { get; set; }

    public void Apply(StoreEngine engine, WriteSession session)
    {
        Runs++;
        new StoreTables(engine).Notices.Put(session, NoticeKey.Of(A.Tenant, _id, "1"), A.Notice(_id), replaced: null);
        if (Fails)
        {
            throw new IOException("The disk is full.");
        }
    }
}
