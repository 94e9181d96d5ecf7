using System.Text.Json;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.Server.Hosting;

namespace Tracker.Server.Security;

/// <summary>What the key file holds: per tenant its keys, oldest first, the version being the place from 1.</summary>
internal sealed record TenantKeysDocument
{
    public const int KeySize = 32;
    private const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    public IReadOnlyDictionary<string, IReadOnlyList<TenantKeyEntry>> Tenants { get; init; } = new Dictionary<string, IReadOnlyList<TenantKeyEntry>>();

    /// <exception cref="StartRefusedException">The file is not a whole and valid key file.</exception>
    public static TenantKeysDocument Read(string path)
    {
        try
        {
            var document = JsonSerializer.Deserialize(File.ReadAllBytes(path), TenantKeysJson.Default.TenantKeysDocument);
            return document?.FindFault() is { } fault ? throw Refused(path, fault) : document ?? throw Refused(path, "is empty");
        }
        catch (JsonException exception)
        {
            // The message of the parser may quote the file; its line may not be said, only counted.
            throw Refused(path, $"is not valid JSON (line {exception.LineNumber + 1})");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, $"cannot be read ({exception.Message})");
        }
    }

    /// <summary>With one more version of the tenant's keys.</summary>
    public TenantKeysDocument With(TenantId tenant, byte[] wrappingKey, byte[] hashKey, DateTimeOffset? writtenFrom)
    {
        var known = Tenants.GetValueOrDefault(tenant.Value, []);
        var added = new TenantKeyEntry { Version = checked((byte)(known.Count + 1)), WrittenFrom = writtenFrom, WrappingKey = wrappingKey, HashKey = hashKey };
        return this with
        {
            Tenants = new Dictionary<string, IReadOnlyList<TenantKeyEntry>>(Tenants) { [tenant.Value] = [.. known, added] },
        };
    }

    public Dictionary<TenantId, IReadOnlyList<TenantKey>> ToKeys() => Tenants.ToDictionary(
        tenant => new TenantId(tenant.Key),
        tenant => (IReadOnlyList<TenantKey>)[.. tenant.Value.Select(key => new TenantKey(key.Version, key.WrappingKey, key.HashKey) { WrittenFrom = key.WrittenFrom ?? DateTimeOffset.MinValue })]);

    public void Write(string path) => PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, TenantKeysJson.Default.TenantKeysDocument));

    private string? FindFault()
    {
        if (Format != CurrentFormat)
        {
            return $"has format {Format}, this version reads format {CurrentFormat}";
        }

        if (Tenants is null)
        {
            return "has no tenants";
        }

        foreach (var (tenant, keys) in Tenants)
        {
            if (keys?.Zip(keys.Skip(1)).Any(pair => pair.Second?.WrittenFrom < pair.First?.WrittenFrom) == true)
            {
                return $"has keys of tenant '{tenant}' of which a later version is written earlier than the one before";
            }

            if (keys is not { Count: > 0 } || keys.Where((key, i) => !IsSound(key, i + 1)).Any())
            {
                return $"has keys of tenant '{tenant}' that are not versions 1, 2, … with a wrapping_key and a hash_key of {KeySize} bytes";
            }
        }

        return null;
    }

    private static bool IsSound(TenantKeyEntry? key, int version) =>
        key is not null && key.Version == version && key.WrappingKey?.Length == KeySize && key.HashKey?.Length == KeySize;

    private static StartRefusedException Refused(string path, string fault) =>
        new($"The key file {path} {fault}. Restore it from your key backup; do not delete it while the store has data.");
}
