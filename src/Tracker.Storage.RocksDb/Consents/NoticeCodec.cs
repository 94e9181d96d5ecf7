using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Consents;

internal sealed class NoticeCodec : DocumentCodec<Notice>
{
    public override DateTimeOffset? ExpireAt(Notice document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter writer, Notice document)
    {
        writer.Text(document.Tenant.Value);
        writer.Text(document.Id);
        writer.Text(document.Version);
        writer.Text(document.Text);
        writer.Text(document.Sha256);
        writer.Text(document.Language);
        writer.Time(document.EffectiveAt);
        writer.Byte((byte)document.Medium);
        writer.Count(document.Purposes.Count);
        foreach (var purpose in document.Purposes)
        {
            writer.Byte((byte)purpose);
        }

        writer.Time(document.RegisteredAt);
        NoticeScopeFields.Write(writer, document.Scope);
        NoticeScopeFields.WriteTerms(writer, document.RuleTerms);
        writer.Period(document.SoftOptInRuleTerm);
    }

    protected override Notice ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt)
    {
        var notice = ReadFirst(ref reader, expireAt);
        notice = reader.IsAtEnd ? notice : notice with { Scope = NoticeScopeFields.Read(ref reader) };
        return reader.IsAtEnd ? notice : notice with { RuleTerms = NoticeScopeFields.ReadTerms(ref reader), SoftOptInRuleTerm = reader.Period() };
    }

    private static Notice ReadFirst(ref DocumentReader reader, DateTimeOffset? expireAt) => new()
    {
        ExpireAt = expireAt!.Value,
        Tenant = new TenantId(reader.Text()),
        Id = reader.Text(),
        Version = reader.Text(),
        Text = reader.Text(),
        Sha256 = reader.Text(),
        Language = reader.Text(),
        EffectiveAt = reader.Time(),
        Medium = (NoticeMedium)reader.Byte(),
        Purposes = ReadPurposes(ref reader),
        RegisteredAt = reader.Time(),
    };

    private static Purpose[] ReadPurposes(ref DocumentReader reader)
    {
        var purposes = new Purpose[reader.Count()];
        for (var i = 0; i < purposes.Length; i++)
        {
            purposes[i] = (Purpose)reader.Byte();
        }

        return purposes;
    }
}
