using Microsoft.Extensions.Logging.Abstractions;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.Server.Hosting;
using Tracker.Server.Security;

namespace Tracker.Server.Tests.Security;

public sealed class LocalKeyFileTests : IDisposable
{
    private static readonly TenantId Acme = new("acme");

    private readonly StorageOptions _storage = new() { Path = Directory.CreateTempSubdirectory("tracker-keys-").FullName };

    private string File => Path.Combine(_storage.KeyFolder, "tenant-keys.json");

    public void Dispose() => Directory.Delete(_storage.Root, recursive: true);

    [Fact]
    public void Keys_of_a_tenant_are_made_once_and_kept()
    {
        var made = Assert.Single(Open().GetKeys(Acme));

        var read = Assert.Single(Open().GetKeys(Acme));

        Assert.Equal((1, 32, 32), (made.Version, made.WrappingKey.Length, made.HashKey.Length));
        Assert.Equal(Bytes(made), Bytes(read));
        Assert.NotEqual(made.WrappingKey.ToArray(), made.HashKey.ToArray());
    }

    [Fact]
    public void To_ask_for_keys_makes_none()
    {
        var file = Open();
        var before = System.IO.File.ReadAllBytes(File);

        Assert.False(file.HasKeys(Acme));
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
        file.GetKeys(Acme);
        Assert.True(file.HasKeys(Acme));
    }

    [Fact]
    public void Version_that_is_added_is_kept_beside_those_before_with_the_time_from_which_it_is_written()
    {
        var from = new DateTimeOffset(2026, 12, 1, 3, 0, 0, TimeSpan.Zero);
        var first = Open().GetKeys(Acme)[0];

        var added = Open().AddVersion(Acme, from);

        var keys = Open().GetKeys(Acme);
        Assert.Equal([(1, DateTimeOffset.MinValue), (2, from)], keys.Select(key => ((int)key.Version, key.WrittenFrom)));
        Assert.Equal([Bytes(first), Bytes(added)], keys.Select(Bytes));
        Assert.Equal(1, keys.WrittenAt(from.AddTicks(-1)).Version);
        Assert.Equal(2, keys.WrittenAt(from).Version);
    }

    [Fact]
    public void Version_that_another_process_added_is_not_lost_with_the_keys_of_a_new_tenant()
    {
        var running = Open();
        running.GetKeys(Acme);
        Open().AddVersion(Acme, new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));

        running.GetKeys(new TenantId("other"));

        Assert.Equal(2, Open().GetKeys(Acme).Count);
    }

    [Fact]
    public async Task Of_what_several_add_at_the_same_moment_nothing_is_lost()
    {
        const int Each = 20;
        var (one, other) = (Open(), Open());
        one.GetKeys(Acme);
        var from = new DateTimeOffset(2026, 12, 1, 3, 0, 0, TimeSpan.Zero);

        await Task.WhenAll(
            AtOnceAsync(() => Assert.All(Enumerable.Range(0, Each), _ => one.AddVersion(Acme, from))),
            AtOnceAsync(() => Assert.All(Enumerable.Range(0, Each), i => other.GetKeys(new($"tenant-{i}")))),
            AtOnceAsync(() => Assert.All(Enumerable.Range(0, Each), _ => Open().AddVersion(Acme, from))));

        var kept = Open();
        Assert.Equal(1 + (2 * Each), kept.GetKeys(Acme).Count);
        Assert.Equal(1 + Each, kept.Tenants.Count);
    }

    [Fact]
    public async Task Two_that_need_the_first_key_of_a_tenant_have_the_same_one()
    {
        var files = Enumerable.Range(0, 4).Select(_ => Open()).ToList();

        var keys = await Task.WhenAll(files.Select(file => AtOnceAsync(() => Assert.Single(file.GetKeys(Acme)))));

        Assert.Single(keys.Select(Bytes).Distinct());
    }

    [Fact]
    public void Who_waits_in_vain_for_another_to_change_the_file_says_so()
    {
        using var held = KeyFileLock.Take(File, TimeSpan.Zero);

        var refusal = Assert.Throws<StartRefusedException>(() => KeyFileLock.Take(File, TimeSpan.Zero));

        Assert.Contains($"{File}.lock", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Later_version_is_not_added_to_be_written_earlier()
    {
        Open().GetKeys(Acme);
        Open().AddVersion(Acme, new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));

        var refusal = Assert.Throws<StartRefusedException>(() => Open().AddVersion(Acme, new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)));

        Assert.Contains("2026-12-01T00:00:00Z", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, Open().GetKeys(Acme).Count);
    }

    [Fact]
    public void Later_version_that_is_written_earlier_refuses_the_start()
    {
        Open().GetKeys(Acme);
        Open().AddVersion(Acme, new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        Open().AddVersion(Acme, new DateTimeOffset(2026, 12, 2, 0, 0, 0, TimeSpan.Zero));
        System.IO.File.WriteAllText(File, System.IO.File.ReadAllText(File).Replace("2026-12-02", "2026-11-02", StringComparison.Ordinal));

        Assert.Contains("'acme'", Assert.Throws<StartRefusedException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tenants_have_keys_of_their_own() =>
        Assert.NotEqual(Bytes(Open().GetKeys(Acme)[0]), Bytes(Open().GetKeys(new TenantId("other"))[0]));

    [Fact]
    public void Only_the_owner_may_read_them()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        Open().GetKeys(Acme);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(_storage.KeyFolder));
    }

    [Fact]
    public void What_an_interrupted_write_left_is_in_nobodys_way()
    {
        Open();
        System.IO.File.WriteAllText($"{File}.new", "half");

        Assert.Single(Open().GetKeys(Acme));
    }

    [Fact]
    public void A_store_without_its_keys_is_refused()
    {
        Directory.CreateDirectory(_storage.StoreFolder);
        System.IO.File.WriteAllText(Path.Combine(_storage.StoreFolder, "CURRENT"), "");

        var refusal = Assert.Throws<StartRefusedException>(Open);

        Assert.Contains("restore it from your key backup", refusal.Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("{", "JSON")]
    [InlineData("null", "is empty")]
    [InlineData("""{"format":2,"tenants":{}}""", "format 2")]
    [InlineData("""{"format":1,"tenants":{},"more":1}""", "JSON")]
    [InlineData("""{"format":1,"tenants":{"acme":[]}}""", "'acme'")]
    [InlineData("""{"format":1,"tenants":{"acme":null}}""", "'acme'")]
    [InlineData("""{"format":1,"tenants":{"acme":[{"version":1,"wrapping_key":"AAAA","hash_key":"AAAA"}]}}""", "32 bytes")]
    [InlineData("""{"format":1,"tenants":{"acme":[{"version":2}]}}""", "versions 1, 2")]
    [InlineData("""{"format":1,"tenants":null}""", "tenants")]
    public void A_damaged_file_is_refused_by_name(string content, string said)
    {
        Directory.CreateDirectory(_storage.KeyFolder);
        System.IO.File.WriteAllText(File, content);

        var refusal = Assert.Throws<StartRefusedException>(Open);

        Assert.Contains(File, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
    }

    private static Task AtOnceAsync(Action act) => Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static Task<T> AtOnceAsync<T>(Func<T> read) => Task.Factory.StartNew(read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static (string, string) Bytes(TenantKey key) =>
        (Convert.ToHexString(key.WrappingKey.Span), Convert.ToHexString(key.HashKey.Span));

    private LocalKeyFile Open() => LocalKeyFile.Open(_storage, NullLogger<LocalKeyFile>.Instance);
}
