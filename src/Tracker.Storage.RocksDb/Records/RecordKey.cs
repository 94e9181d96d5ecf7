using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Records;

/// <summary>tenant ‖ 0 ‖ profile ‖ time, newest first ‖ interaction ‖ class: a timeline is one forward walk.</summary>
internal static class RecordKey
{
    private const int TailSize = InteractionKey.Size + 1;

    public static ReadOnlySpan<byte> Write(Span<byte> buffer, TenantId tenant, ProfileId profile, DateTimeOffset occurredAt, InteractionKey interaction, RetentionClass member)
    {
        var key = new KeyBuilder(buffer);
        key.Tenant(tenant);
        key.Profile(profile);
        key.NewestFirst(occurredAt);
        key.Interaction(interaction);
        key.Byte((byte)member);
        return key.Key;
    }

    public static ReadOnlySpan<byte> Write(Span<byte> buffer, InteractionRecord record) =>
        Write(buffer, record.Tenant, record.Profile, record.OccurredAt, record.Key, record.Class);

    /// <returns>The first key of a profile at or before that time.</returns>
    public static ReadOnlySpan<byte> WriteStart(Span<byte> buffer, TenantId tenant, ProfileId profile, DateTimeOffset time)
    {
        var key = new KeyBuilder(buffer);
        key.Tenant(tenant);
        key.Profile(profile);
        key.NewestFirst(time);
        return key.Key;
    }

    /// <returns>The key of the control of its profile.</returns>
    public static ReadOnlySpan<byte> ProfileKeyOf(ReadOnlySpan<byte> key) => key[..^(sizeof(long) + TailSize)];

    public static RetentionClass ClassOf(ReadOnlySpan<byte> key) => (RetentionClass)key[^1];

    public static InteractionKey InteractionOf(ReadOnlySpan<byte> key) => InteractionKey.Read(key[^TailSize..]);
}
