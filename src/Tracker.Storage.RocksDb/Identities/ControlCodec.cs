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
        WriteLater(writer, document);
        WriteShown(writer, document.Facts);
        writer.Time(document.Facts.PurchasingSince);
        WritePerson(writer, document);
    }

    protected override Control ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt)
    {
        var control = ReadFirst(ref reader, expireAt!.Value);
        control = reader.IsAtEnd ? control : ReadLater(ref reader, control);
        control = reader.IsAtEnd ? control : control with { Facts = ReadShown(ref reader, control.Facts) };
        // A control without it was written when only the first purchase and the last were told.
        control = reader.IsAtEnd ? control : control with { Facts = control.Facts with { PurchasingSince = reader.NullableTime() } };
        return reader.IsAtEnd ? control : ReadPerson(ref reader, control);
    }

    private static Control ReadFirst(ref DocumentReader reader, DateTimeOffset expireAt) => new()
    {
        ExpireAt = expireAt,
        Tenant = new TenantId(reader.Text()),
        Profile = new ProfileId(reader.Guid()),
        ConsentEpoch = reader.Number(),
        Facts = ReadFacts(ref reader),
        Identifiers = reader.Identifiers(),
        LastInteractionAt = reader.NullableTime(),
        CreatedAt = reader.Time(),
    };

    /// <summary>The fields of the legal gate; a control without them was written before there was one.</summary>
    private static void WriteLater(DocumentWriter writer, Control document)
    {
        writer.Time(document.Facts.DebtSettledAt);
        writer.Times(document.Lapses);
        writer.Bytes(document.SealedAge.Span);
        writer.Count(document.Holds.Count);
        foreach (var hold in document.Holds)
        {
            writer.Text(hold.Id);
            writer.Short(hold.Classes.Bits);
        }

        writer.Flag(document.IsRestricted);
    }

    private static Control ReadLater(ref DocumentReader reader, Control control) => control with
    {
        Facts = control.Facts with { DebtSettledAt = reader.NullableTime() },
        Lapses = reader.Times(),
        SealedAge = reader.Bytes(),
        Holds = ReadHolds(ref reader),
        IsRestricted = reader.Flag(),
    };

    /// <summary>Accounts and memberships that an act shows; a control without them was written when any purchase proved both.</summary>
    private static void WriteShown(DocumentWriter writer, Facts facts)
    {
        writer.Time(facts.AccountShownAt);
        writer.Time(facts.LoyaltyJoinedAt);
        writer.Time(facts.LoyaltyLeftAt);
        writer.Time(facts.LoyaltyShownAt);
    }

    private static Facts ReadShown(ref DocumentReader reader, Facts facts) => facts with
    {
        AccountShownAt = reader.NullableTime(),
        LoyaltyJoinedAt = reader.NullableTime(),
        LoyaltyLeftAt = reader.NullableTime(),
        LoyaltyShownAt = reader.NullableTime(),
    };

    /// <summary>Merges; nothing is written of a profile that never was in one, and a control from before them has none.</summary>
    private static void WritePerson(DocumentWriter writer, Control document)
    {
        if (document.PersonEpoch == 0)
        {
            return;
        }

        writer.Number(document.PersonEpoch);
        writer.Count(document.Members.Count);
        foreach (var member in document.Members)
        {
            writer.Guid(member.Value);
        }

        writer.Count(document.Links.Count);
        foreach (var link in document.Links)
        {
            ProfileLinkFields.Write(writer, link);
        }
    }

    private static Control ReadPerson(ref DocumentReader reader, Control control)
    {
        var epoch = reader.Number();
        var members = new ProfileId[reader.Count()];
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = new(reader.Guid());
        }

        var links = new ProfileLink[reader.Count()];
        for (var i = 0; i < links.Length; i++)
        {
            links[i] = ProfileLinkFields.Read(ref reader);
        }

        return control with { PersonEpoch = epoch, Members = members, Links = links };
    }

    private static ProfileHold[] ReadHolds(ref DocumentReader reader)
    {
        var holds = new ProfileHold[reader.Count()];
        for (var i = 0; i < holds.Length; i++)
        {
            holds[i] = new ProfileHold(reader.Text(), new RetentionClasses(reader.Short()));
        }

        return holds;
    }

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
