using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Profiles;

internal sealed class ContactCodec : DocumentCodec<ContactDocument>
{
    public override DateTimeOffset? ExpireAt(ContactDocument document) => document.ExpireAt;

    public override IReadOnlyList<string> Holds(ContactDocument document) => document.Holds;

    protected override void WriteFields(DocumentWriter writer, ContactDocument document)
    {
        writer.Text(document.Tenant.Value);
        writer.Guid(document.Profile.Value);
        writer.Number(document.Version);
        DecisionFields.Write(writer, document.Decision);
        DecisionFields.WriteGrants(writer, document.Grants);
        writer.Time(document.LastInteractionAt);
        writer.Texts(document.Holds);
        writer.Bytes(document.Payload.Span);
        DecisionFields.WriteChildDirected(writer, document.Grants);
    }

    protected override ContactDocument ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt)
    {
        var contact = ReadFirst(ref reader, expireAt);
        return contact with { Grants = DecisionFields.ReadChildDirected(ref reader, contact.Grants) };
    }

    private static ContactDocument ReadFirst(ref DocumentReader reader, DateTimeOffset? expireAt) => new()
    {
        ExpireAt = expireAt,
        Tenant = new TenantId(reader.Text()),
        Profile = new ProfileId(reader.Guid()),
        Version = reader.Number(),
        Decision = DecisionFields.Read(ref reader),
        Grants = DecisionFields.ReadGrants(ref reader),
        LastInteractionAt = reader.Time(),
        Holds = reader.Texts(),
        Payload = reader.Bytes(),
    };
}
