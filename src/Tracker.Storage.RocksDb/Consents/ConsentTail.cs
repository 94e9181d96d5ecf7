using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Consents;

/// <summary>What an entry of the ledger says since it tells more than given and withdrawn; an older one ends before it.</summary>
internal static class ConsentTail
{
    public static void Write(DocumentWriter writer, ConsentEntry document)
    {
        writer.Byte((byte)document.Kind);
        writer.Text(document.Recipient);
        writer.Text(document.Controller);
        writer.Byte((byte)document.Actor);
        writer.Text(document.AuthorityReference);
        writer.Flag(document.IsExplicit);
        writer.Flag(document.IsOffline);
        writer.Flag(document.RefersTo is not null);
        if (document.RefersTo is { } other)
        {
            writer.Guid(other.Value);
        }

        writer.Time(document.ConfirmBy);
        writer.Time(document.ListedSince);
        WriteTerms(writer, document.SoftOptIn);
        writer.Time(document.NoticeShownAt);
        writer.Byte((byte)document.Channel);
        writer.Text(document.PurposeText);
        writer.Byte((byte)document.EndReason);
        writer.Text(document.Evidence?.TextShownSha256 ?? "");
        writer.Text(document.Evidence?.ControlId ?? "");
        writer.Byte((byte)(document.Evidence?.Act ?? default));
        writer.Bytes(document.SealedDetails.Span);
        writer.Time(document.StatedAt);
        writer.Channels(document.ActChannels);
        writer.Time(document.AtLatest);
        writer.Identifiers(document.Addresses);
        writer.Period(document.RetentionTerm);
        writer.Flag(document.LinksEarlierVisits);
        writer.Byte((byte)document.AgeOfConsent);
    }

    public static ConsentEntry Read(ref DocumentReader reader, ConsentEntry entry)
    {
        var read = entry with
        {
            Kind = (LedgerKind)reader.Byte(),
            Recipient = reader.Text(),
            Controller = reader.Text(),
            Actor = (DecisionActor)reader.Byte(),
            AuthorityReference = reader.Text(),
            IsExplicit = reader.Flag(),
            IsOffline = reader.Flag(),
            RefersTo = reader.Flag() ? new ConsentId(reader.Guid()) : null,
            ConfirmBy = reader.NullableTime(),
            ListedSince = reader.NullableTime(),
            SoftOptIn = ReadTerms(ref reader),
            NoticeShownAt = reader.NullableTime(),
            Channel = (Channel)reader.Byte(),
            PurposeText = reader.Text(),
            EndReason = (EndReason)reader.Byte(),
        };
        var (textShown, controlId, act) = (reader.Text(), reader.Text(), (ConsentAct)reader.Byte());
        return read with
        {
            Evidence = read.Evidence is null ? null : read.Evidence with { TextShownSha256 = textShown, ControlId = controlId, Act = act },
            SealedDetails = reader.Bytes(),
            StatedAt = reader.IsAtEnd ? null : reader.NullableTime(),
            ActChannels = reader.IsAtEnd ? [] : reader.Channels(),
            AtLatest = reader.IsAtEnd ? null : reader.NullableTime(),
            Addresses = reader.IsAtEnd ? [] : reader.Identifiers(),
            RetentionTerm = reader.IsAtEnd ? null : reader.Period(),
            LinksEarlierVisits = !reader.IsAtEnd && reader.Flag(),
            AgeOfConsent = reader.IsAtEnd ? 0 : reader.Byte(),
        };
    }

    private static void WriteTerms(DocumentWriter writer, SoftOptInTerms? terms)
    {
        writer.Flag(terms is not null);
        if (terms is not null)
        {
            writer.Flag(terms.IsAddressFromSubject);
            writer.Flag(terms.IsSale);
            writer.Flag(terms.WasInformed);
        }
    }

    private static SoftOptInTerms? ReadTerms(ref DocumentReader reader) => reader.Flag()
        ? new SoftOptInTerms(reader.Flag(), reader.Flag(), reader.Flag())
        : null;
}
