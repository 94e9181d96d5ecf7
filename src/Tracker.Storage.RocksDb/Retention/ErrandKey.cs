using System.Buffers.Binary;
using System.Text;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Retention;

/// <summary>due in ms ‖ tenant ‖ 0 ‖ profile: the oldest first, and one of a profile at one instant.</summary>
internal static class ErrandKey
{
    private const int ProfileSize = 16;

    public static ReadOnlySpan<byte> Write(Span<byte> buffer, Errand errand)
    {
        var key = new KeyBuilder(buffer);
        key.Number(Math.Max(0, errand.DueAt.ToUnixTimeMilliseconds()));
        key.Tenant(errand.Tenant);
        key.Profile(errand.Profile);
        return key.Key;
    }

    public static DateTimeOffset DueAtOf(ReadOnlySpan<byte> key) =>
        DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(key));

    public static Errand Read(ReadOnlySpan<byte> key) => new(
        new TenantId(Encoding.UTF8.GetString(key[sizeof(long)..^(ProfileSize + 1)])),
        new ProfileId(new Guid(key[^ProfileSize..], bigEndian: true)),
        DueAtOf(key));

    /// <summary>About records of nobody, who is never gone.</summary>
    public static bool IsOfNobody(ReadOnlySpan<byte> key) => !key[^ProfileSize..].ContainsAnyExcept((byte)0);

    /// <returns>The key of control, contact and keys of the profile it is about.</returns>
    public static ReadOnlySpan<byte> ProfileKeyOf(ReadOnlySpan<byte> key) => key[sizeof(long)..];
}
