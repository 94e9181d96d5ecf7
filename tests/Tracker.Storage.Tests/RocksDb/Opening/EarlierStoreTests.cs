using System.IO.Compression;
using Microsoft.Extensions.Time.Testing;
using Tracker.Core.Consents;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb;
using Tracker.Storage.RocksDb.Dump;
using Tracker.Storage.RocksDb.Opening;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.RocksDb.Opening;

/// <summary>
/// A folder as the version before the legal gate wrote it: one profile with an interaction of two records, contact, key,
/// identifier and consent, a notice and a count, all ending in a month.
/// </summary>
public sealed class EarlierStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(A.Noon);

    public EarlierStoreTests() =>
        ZipFile.ExtractToDirectory(Path.Combine(AppContext.BaseDirectory, "RocksDb", "Opening", "before-the-legal-gate.zip"), _folder.File("store"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Control_of_an_earlier_version_is_read_with_defaults()
    {
        using var store = Open();

        var control = Assert.Single(await store.Identities.ReadControlsAsync(A.Tenant, [A.Ada], Cancellation));

        Assert.Equal((1, A.Noon, A.InAMonth), (control!.ConsentEpoch, control.Facts.IdentifiedAt, control.ExpireAt));
        Assert.Null(control.Facts.DebtSettledAt);
        Assert.Null(control.Facts.LoyaltyShownAt);
        Assert.Empty(control.Lapses);
        Assert.True(control.SealedAge.IsEmpty);
        Assert.Empty(control.Holds);
        Assert.False(control.IsRestricted);
    }

    [Fact]
    public void Every_document_of_an_earlier_version_can_be_shown()
    {
        using var store = Open();

        var lines = StoreDump.Parts.ToDictionary(part => part, part => store.Dump.Read(part, new DumpOptions()).Count());

        Assert.Equal((2, 1, 1, 1), (lines["records"], lines["unique"], lines["control"], lines["identifiers"]));
        Assert.Equal((1, 1, 1, 1), (lines["contacts"], lines["consents"], lines["notices"], lines["keys"]));
        Assert.Equal(0, lines["errands"]);
    }

    [Fact]
    public void Folder_of_an_earlier_version_can_be_dumped_without_a_server_once_this_one_has_opened_it()
    {
        var refusal = Assert.Throws<StoreOpenException>(() => StoreDump.OpenReadOnly(_folder.File("store"), _time));
        Open().Dispose();
        using var dump = StoreDump.OpenReadOnly(_folder.File("store"), _time);

        Assert.Contains("written by an earlier version", refusal.Message, StringComparison.Ordinal);
        Assert.Single(dump.Read("control", new DumpOptions()));
    }

    [Fact]
    public async Task Profile_of_an_earlier_version_takes_the_new_fields()
    {
        using (var store = Open())
        {
            await store.Consents.AppendAsync(
                new ConsentAppend { Entry = A.Consent(A.Ada, request: 2), IsNewProfile = false, ExpectedEpoch = 1, Lapse = A.Noon, SealedAge = new byte[] { 7 }, Reviews = [A.Noon] },
                Cancellation);
        }

        using var again = Open();
        var control = Assert.Single(await again.Identities.ReadControlsAsync(A.Tenant, [A.Ada], Cancellation));

        Assert.Equal([A.Noon], control!.Lapses);
        Assert.Equal([7], control.SealedAge.ToArray());
        Assert.Equal([new Errand(A.Tenant, A.Ada, A.Noon)], await again.Errands.ReadDueAsync(A.Noon, 10, Cancellation));
    }

    [Fact]
    public async Task What_an_earlier_version_wrote_is_swept_when_its_time_has_passed()
    {
        using var store = Open();
        _time.SetUtcNow(A.InAMonth);

        var swept = await store.Expiry.SweepAsync(1_000, Cancellation);

        Assert.Equal(9, swept.Deleted.Values.Sum());
        Assert.Equal(2, swept.Deleted[ExpiredKind.Record]);
    }

    private RocksDbStore Open() => RocksDbStore.Open(_folder.File("store"), _time);
}
