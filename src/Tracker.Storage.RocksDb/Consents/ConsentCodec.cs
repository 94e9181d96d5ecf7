using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Consents;

internal sealed class ConsentCodec : DocumentCodec<ConsentEntry>
{
    public override DateTimeOffset? ExpireAt(ConsentEntry document) => document.ExpireAt;

    public override IReadOnlyList<string> Holds(ConsentEntry document) => document.Holds;

    protected override void WriteFields(DocumentWriter writer, ConsentEntry document)
    {
        writer.Guid(document.Id.Value);
        writer.Text(document.Tenant.Value);
        writer.Guid(document.Profile.Value);
        writer.Number(document.Sequence);
        writer.Text(document.Source.Value);
        writer.Hash(document.RequestHash);
        writer.Byte((byte)document.Purpose);
        writer.Channels(document.ContactChannels);
        writer.Byte((byte)document.State);
        writer.Time(document.EffectiveAt);
        writer.Time(document.RecordedAt);
        writer.Time(document.ValidUntil);
        writer.NullableText(document.NoticeId);
        writer.NullableText(document.NoticeVersion);
        WriteEvidence(writer, document.Evidence);
        writer.Texts(document.Holds);
        ConsentTail.Write(writer, document);
    }

    protected override ConsentEntry ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt)
    {
        var entry = new ConsentEntry
        {
            ExpireAt = expireAt,
            Id = new ConsentId(reader.Guid()),
            Tenant = new TenantId(reader.Text()),
            Profile = new ProfileId(reader.Guid()),
            Sequence = reader.Number(),
            Source = new SourceId(reader.Text()),
            RequestHash = reader.Hash(),
            Purpose = (Purpose)reader.Byte(),
            ContactChannels = reader.Channels(),
            State = (ConsentState)reader.Byte(),
            EffectiveAt = reader.Time(),
            RecordedAt = reader.Time(),
            ValidUntil = reader.NullableTime(),
            NoticeId = reader.NullableText(),
            NoticeVersion = reader.NullableText(),
            Evidence = ReadEvidence(ref reader),
            Holds = reader.Texts(),
        };
        return reader.IsAtEnd ? entry : ConsentTail.Read(ref reader, entry);
    }

    private static void WriteEvidence(DocumentWriter writer, Evidence? evidence)
    {
        writer.Flag(evidence is not null);
        if (evidence is not null)
        {
            writer.Byte((byte)evidence.Kind);
            writer.Text(evidence.Sha256);
            writer.Time(evidence.CapturedAt);
            writer.Text(evidence.CapturedBy);
        }
    }

    private static Evidence? ReadEvidence(ref DocumentReader reader) => reader.Flag()
        ? new Evidence((EvidenceKind)reader.Byte(), reader.Text(), reader.Time(), reader.Text())
        : null;
}
