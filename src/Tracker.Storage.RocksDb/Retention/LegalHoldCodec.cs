using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Retention;

internal sealed class LegalHoldCodec : DocumentCodec<LegalHold>
{
    public override DateTimeOffset? ExpireAt(LegalHold document) => document.ExpireAt;

    public override IReadOnlyList<string> Holds(LegalHold document) => document.ExpireAt is null ? [document.Id] : [];

    protected override void WriteFields(DocumentWriter writer, LegalHold document)
    {
        writer.Text(document.Tenant.Value);
        writer.Text(document.Id);
        writer.Byte((byte)document.Kind);
        writer.Count(document.Profiles.Count);
        foreach (var profile in document.Profiles)
        {
            writer.Guid(profile.Value);
        }

        writer.Short(document.Classes.Bits);
        writer.Text(document.ApprovedBy);
        writer.Time(document.ReviewAt);
        writer.Time(document.PlacedAt);
        writer.Time(document.ReleasedAt);
    }

    protected override LegalHold ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt) => new()
    {
        ExpireAt = expireAt,
        Tenant = new TenantId(reader.Text()),
        Id = reader.Text(),
        Kind = (HoldKind)reader.Byte(),
        Profiles = ReadProfiles(ref reader),
        Classes = new RetentionClasses(reader.Short()),
        ApprovedBy = reader.Text(),
        ReviewAt = reader.Time(),
        PlacedAt = reader.Time(),
        ReleasedAt = reader.NullableTime(),
    };

    private static ProfileId[] ReadProfiles(ref DocumentReader reader)
    {
        var profiles = new ProfileId[reader.Count()];
        for (var i = 0; i < profiles.Length; i++)
        {
            profiles[i] = new ProfileId(reader.Guid());
        }

        return profiles;
    }
}
