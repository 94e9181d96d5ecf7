using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Identities;

internal sealed class ControlCodec : DocumentCodec<Control>
{
    private const int FirstFacts = 8;
    private const int ShownFacts = 4;

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

    /// <summary>Facts stand in three places; each is read where it stands, once all are found, so that no document is built to be copied.</summary>
    protected override Control ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt)
    {
        var (tenant, profile, epoch) = (new TenantId(reader.Text()), new ProfileId(reader.Guid()), reader.Number());
        var first = reader.PassTimes(FirstFacts);
        var (identifiers, lastInteractionAt, createdAt) = (reader.Identifiers(), reader.NullableTime(), reader.Time());
        var settled = reader.PassTimes(1);
        var isLater = !settled.IsAtEnd;
        var (lapses, sealedAge, holds, isRestricted) = isLater ? (reader.Times(), reader.Bytes(), ReadHolds(ref reader), reader.Flag()) : ([], [], [], false);
        var shown = reader.PassTimes(ShownFacts);
        // A control without it was written when only the first purchase and the last were told.
        var since = reader.PassTimes(1);
        var control = new Control
        {
            ExpireAt = expireAt!.Value,
            Tenant = tenant,
            Profile = profile,
            ConsentEpoch = epoch,
            Facts = ReadFacts(first, settled, shown, since),
            Identifiers = identifiers,
            LastInteractionAt = lastInteractionAt,
            CreatedAt = createdAt,
            Lapses = lapses,
            SealedAge = sealedAge,
            Holds = holds,
            IsRestricted = isRestricted,
        };
        return reader.IsAtEnd ? control : ReadPerson(ref reader, control);
    }

    private static Facts ReadFacts(DocumentReader first, DocumentReader settled, DocumentReader shown, DocumentReader since) => new()
    {
        IdentifiedAt = first.NullableTime(),
        QuoteRequestedAt = first.NullableTime(),
        AccountOpenedAt = first.NullableTime(),
        AccountClosedAt = first.NullableTime(),
        FirstPurchaseAt = first.NullableTime(),
        LastPurchaseAt = first.NullableTime(),
        ContractStartedAt = first.NullableTime(),
        ContractEndedAt = first.NullableTime(),
        DebtSettledAt = settled.LaterTime(),
        AccountShownAt = shown.LaterTime(),
        LoyaltyJoinedAt = shown.LaterTime(),
        LoyaltyLeftAt = shown.LaterTime(),
        LoyaltyShownAt = shown.LaterTime(),
        PurchasingSince = since.LaterTime(),
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

    /// <summary>Accounts and memberships that an act shows; a control without them was written when any purchase proved both.</summary>
    private static void WriteShown(DocumentWriter writer, Facts facts)
    {
        writer.Time(facts.AccountShownAt);
        writer.Time(facts.LoyaltyJoinedAt);
        writer.Time(facts.LoyaltyLeftAt);
        writer.Time(facts.LoyaltyShownAt);
    }

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
}
