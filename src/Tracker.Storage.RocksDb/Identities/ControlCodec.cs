using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Identities;

internal sealed class ControlCodec : DocumentCodec<Control>
{
    public override DateTimeOffset? ExpireAt(Control document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter writer, Control document)
    {
        writer.Text(document.Tenant.Value);
        writer.Guid(document.Profile.Value);
        writer.Number(document.ConsentEpoch);
        WriteFacts(writer, document.Facts);
        writer.Identifiers(document.Identifiers);
        writer.Time(document.LastInteractionAt);
        writer.Time(document.CreatedAt);
    }

    protected override Control ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt) => new()
    {
        ExpireAt = expireAt!.Value,
        Tenant = new TenantId(reader.Text()),
        Profile = new ProfileId(reader.Guid()),
        ConsentEpoch = reader.Number(),
        Facts = ReadFacts(ref reader),
        Identifiers = reader.Identifiers(),
        LastInteractionAt = reader.NullableTime(),
        CreatedAt = reader.Time(),
    };

    private static void WriteFacts(DocumentWriter writer, Facts facts)
    {
        writer.Time(facts.IdentifiedAt);
        writer.Time(facts.QuoteRequestedAt);
        writer.Time(facts.AccountOpenedAt);
        writer.Time(facts.AccountClosedAt);
        writer.Time(facts.FirstPurchaseAt);
        writer.Time(facts.LastPurchaseAt);
        writer.Time(facts.ContractStartedAt);
        writer.Time(facts.ContractEndedAt);
    }

    private static Facts ReadFacts(ref DocumentReader reader) => new()
    {
        IdentifiedAt = reader.NullableTime(),
        QuoteRequestedAt = reader.NullableTime(),
        AccountOpenedAt = reader.NullableTime(),
        AccountClosedAt = reader.NullableTime(),
        FirstPurchaseAt = reader.NullableTime(),
        LastPurchaseAt = reader.NullableTime(),
        ContractStartedAt = reader.NullableTime(),
        ContractEndedAt = reader.NullableTime(),
    };
}
