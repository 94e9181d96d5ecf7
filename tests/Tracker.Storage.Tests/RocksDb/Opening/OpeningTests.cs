using Microsoft.Extensions.Time.Testing;
using Tracker.Storage.RocksDb;
using Tracker.Storage.RocksDb.Dump;
using Tracker.Storage.RocksDb.Opening;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.RocksDb.Opening;

public sealed class OpeningTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(A.Noon);

    private string Path => _folder.File("store");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folder_is_created_for_its_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");

        using var store = RocksDbStore.Open(_folder.File("a/b/store"), _time);

        var mode = new DirectoryInfo(_folder.File("a/b/store")).UnixFileMode;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, mode);
    }

    [Fact]
    public void New_folder_has_the_first_format_and_its_time_of_creation()
    {
        using var store = RocksDbStore.Open(Path, _time);

        var meta = store.Dump.Read("meta", new DumpOptions());

        Assert.Equal(["{\"part\":\"meta\",\"created_at\":\"2026-03-02T12:00:00.000Z\"}", "{\"part\":\"meta\",\"format_version\":1}"], meta);
    }

    [Fact]
    public void Folder_that_is_open_already_is_refused()
    {
        using var store = RocksDbStore.Open(Path, _time);

        var refusal = Assert.Throws<StoreOpenException>(() => RocksDbStore.Open(Path, _time));

        Assert.Equal($"The store at '{Path}' is already open in another process; stop it or choose another folder with Tracker:Storage:Path.", refusal.Message);
    }

    [Fact]
    public void Closed_folder_opens_again()
    {
        RocksDbStore.Open(Path, _time).Dispose();

        using var store = RocksDbStore.Open(Path, _time);

        Assert.Equal(2, store.Dump.Read("meta", new DumpOptions()).Count());
    }

    [Fact]
    public async Task Closed_store_answers_no_more()
    {
        var store = RocksDbStore.Open(Path, _time);
        store.Dispose();
        store.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.Records.ExistAsync(A.Tenant, [A.Key(1)], CancellationToken.None));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.Records.CommitAsync(MicroBatches.Anonymous(A.Interaction(1)), CancellationToken.None));
    }

    [Fact]
    public void Newer_format_is_refused_and_left_as_it_is()
    {
        RocksDbStore.Open(Path, _time, [new RecordedMigration(), new RecordedMigration()]).Dispose();

        var refusal = Assert.Throws<StoreOpenException>(() => RocksDbStore.Open(Path, _time));

        Assert.Equal($"The store at '{Path}' has format 3; this version of Tracker reads up to 1. Start the version that wrote it, or a newer one.", refusal.Message);
        using var store = RocksDbStore.Open(Path, _time, [new RecordedMigration(), new RecordedMigration()]);
        Assert.Contains("{\"part\":\"meta\",\"format_version\":3}", store.Dump.Read("meta", new DumpOptions()));
    }

    [Fact]
    public void Older_format_is_brought_forward_step_by_step()
    {
        RocksDbStore.Open(Path, _time).Dispose();
        RecordedMigration[] migrations = [new(), new()];

        using var store = RocksDbStore.Open(Path, _time, migrations);

        Assert.Equal([1, 1], migrations.Select(migration => migration.Runs));
        Assert.Contains("{\"part\":\"meta\",\"format_version\":3}", store.Dump.Read("meta", new DumpOptions()));
    }

    [Fact]
    public void Folder_of_the_current_format_is_not_migrated()
    {
        RecordedMigration[] migrations = [new(), new()];
        RocksDbStore.Open(Path, _time, migrations).Dispose();

        RocksDbStore.Open(Path, _time, migrations).Dispose();

        Assert.Equal([0, 0], migrations.Select(migration => migration.Runs));
    }

    [Fact]
    public void Interrupted_migration_goes_on_with_the_step_that_failed()
    {
        RocksDbStore.Open(Path, _time).Dispose();
        RecordedMigration[] migrations = [new(), new() { Fails = true }];
        Assert.Throws<IOException>(() => RocksDbStore.Open(Path, _time, migrations));

        migrations[1].Fails = false;
        using var store = RocksDbStore.Open(Path, _time, migrations);

        Assert.Equal([1, 2], migrations.Select(migration => migration.Runs));
        Assert.Equal(2, store.Dump.Read("notices", new DumpOptions()).Count());
    }

    [Fact]
    public void Folder_with_no_store_cannot_be_dumped()
    {
        var refusal = Assert.Throws<StoreOpenException>(() => StoreDump.OpenReadOnly(Path, _time));

        Assert.Equal($"There is no store at '{Path}'.", refusal.Message);
        Assert.False(Directory.Exists(Path));
    }

    [Fact]
    public void Folder_of_a_newer_format_cannot_be_dumped()
    {
        RocksDbStore.Open(Path, _time, [new RecordedMigration()]).Dispose();

        var refusal = Assert.Throws<StoreOpenException>(() => StoreDump.OpenReadOnly(Path, _time));

        Assert.Contains("has format 2", refusal.Message, StringComparison.Ordinal);
    }
}
