using System.Globalization;
using System.Security.Cryptography;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.Server.Hosting;

namespace Tracker.Server.Security;

/// <summary>
/// The tenant keys in a file beside the store, readable by its owner only. Made before anything is stored: a key without
/// a store is harmless, a store without its key cannot be read by anyone.
/// </summary>
internal sealed partial class LocalKeyFile : IKeyProvider
{
    private const string FileName = "tenant-keys.json";
    private const UnixFileMode OthersMask = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private readonly Lock _lock = new();
    private readonly string _path;
    private Dictionary<TenantId, IReadOnlyList<TenantKey>> _keys;

    private LocalKeyFile(string path, TenantKeysDocument document) =>
        (_path, _keys) = (path, document.ToKeys());

    public static string PathIn(StorageOptions storage) => Path.Combine(storage.KeyFolder, FileName);

    /// <exception cref="StartRefusedException">The file is not valid, or is missing while the store has data.</exception>
    public static LocalKeyFile Open(StorageOptions storage, ILogger<LocalKeyFile> log)
    {
        var path = PathIn(storage);
        if (File.Exists(path))
        {
            WarnIfOpenToOthers(path, log);
            return new LocalKeyFile(path, TenantKeysDocument.Read(path));
        }

        if (Directory.Exists(storage.StoreFolder) && Directory.EnumerateFileSystemEntries(storage.StoreFolder).Any())
        {
            throw new StartRefusedException($"The key file {path} is missing, but {storage.StoreFolder} has data. Without it nothing in the store can be read; restore it from your key backup.");
        }

        using var held = KeyFileLock.Take(path);
        if (!File.Exists(path))
        {
            new TenantKeysDocument().Write(path);
        }

        return new LocalKeyFile(path, TenantKeysDocument.Read(path));
    }

    /// <summary>For a verb that only reads: makes nothing.</summary>
    /// <returns>Null: there is no key file.</returns>
    public static LocalKeyFile? Find(StorageOptions storage)
    {
        var path = PathIn(storage);
        return File.Exists(path) ? new LocalKeyFile(path, TenantKeysDocument.Read(path)) : null;
    }

    public IReadOnlyList<TenantKey> GetKeys(TenantId tenant)
    {
        lock (_lock)
        {
            // Another process may have made them since the file was read.
            return _keys.TryGetValue(tenant, out var keys) ? keys
                : Change(document => document.Tenants.ContainsKey(tenant.Value) ? document : Add(document, tenant, writtenFrom: null))[tenant];
        }
    }

    public bool HasKeys(TenantId tenant)
    {
        lock (_lock)
        {
            return _keys.ContainsKey(tenant);
        }
    }

    public IReadOnlyCollection<TenantId> Tenants => _keys.Keys;

    /// <summary>One more version of the keys of a tenant that has some; other processes know it from their next start on.</summary>
    /// <exception cref="StartRefusedException">The version before is written later.</exception>
    public TenantKey AddVersion(TenantId tenant, DateTimeOffset writtenFrom)
    {
        lock (_lock)
        {
            return Change(document => document.Tenants[tenant.Value][^1].WrittenFrom is { } before && writtenFrom < before
                ? throw new StartRefusedException(string.Create(CultureInfo.InvariantCulture, $"--written-from must not be before that of the version before, {before.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}."))
                : Add(document, tenant, writtenFrom))[tenant][^1];
        }
    }

    private Dictionary<TenantId, IReadOnlyList<TenantKey>> Change(Func<TenantKeysDocument, TenantKeysDocument> change)
    {
        using var held = KeyFileLock.Take(_path);
        var read = TenantKeysDocument.Read(_path);
        var changed = change(read);
        if (!ReferenceEquals(changed, read))
        {
            changed.Write(_path);
        }

        return _keys = changed.ToKeys();
    }

    private static TenantKeysDocument Add(TenantKeysDocument document, TenantId tenant, DateTimeOffset? writtenFrom) =>
        document.With(tenant, RandomNumberGenerator.GetBytes(TenantKeysDocument.KeySize), RandomNumberGenerator.GetBytes(TenantKeysDocument.KeySize), writtenFrom);

    private static void WarnIfOpenToOthers(string path, ILogger<LocalKeyFile> log)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OthersMask) != 0)
        {
            LogOpenToOthers(log, path);
        }
    }

    [LoggerMessage(EventId = 9101, Level = LogLevel.Warning, Message = "Others than its owner may read the key file; run: chmod 600 {Path}")]
    private static partial void LogOpenToOthers(ILogger log, string path);
}
