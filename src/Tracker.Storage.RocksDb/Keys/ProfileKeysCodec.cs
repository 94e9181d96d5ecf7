using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Keys;

internal sealed class ProfileKeysCodec : DocumentCodec<ProfileKeys>
{
    public override DateTimeOffset? ExpireAt(ProfileKeys document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter writer, ProfileKeys document)
    {
        writer.Text(document.Tenant.Value);
        writer.Guid(document.Profile.Value);
        writer.Count(document.Keys.Count);
        foreach (var (member, key) in document.Keys)
        {
            writer.Byte((byte)member);
            writer.Byte(key.TenantKeyVersion);
            writer.Bytes(key.Bytes.Span);
        }
    }

    protected override ProfileKeys ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt) => new()
    {
        ExpireAt = expireAt!.Value,
        Tenant = new TenantId(reader.Text()),
        Profile = new ProfileId(reader.Guid()),
        Keys = ReadKeys(ref reader),
    };

    private static SortedDictionary<RetentionClass, WrappedKey> ReadKeys(ref DocumentReader reader)
    {
        var keys = new SortedDictionary<RetentionClass, WrappedKey>();
        for (var left = reader.Count(); left > 0; left--)
        {
            keys.Add((RetentionClass)reader.Byte(), new WrappedKey(reader.Byte(), reader.Bytes()));
        }

        return keys;
    }
}
