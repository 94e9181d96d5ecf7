using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Profiles;

internal sealed class ContactCodec : DocumentCodec<ContactDocument>
{
    /// <summary>Which policy a right was given under was kept once; since when it is tells as much.</summary>
    private const string NotTold = "";

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
        WriteTail(writer, document.Grants);
    }

    protected override ContactDocument ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt)
    {
        var contact = ReadFirst(ref reader, expireAt);
        var grants = DecisionFields.ReadChildDirected(ref reader, contact.Grants);
        grants = reader.IsAtEnd ? grants : ReadGivenAt(ref reader, grants);
        grants = reader.IsAtEnd ? grants : ReadPolicies(ref reader, grants);
        return contact with { Grants = reader.IsAtEnd ? grants : ReadKeepsSince(ref reader, grants) };
    }

    /// <summary>What came later, each in its turn: an older document ends before it.</summary>
    private static void WriteTail(DocumentWriter writer, IReadOnlyList<Grant> grants)
    {
        if (grants.All(grant => grant is { GivenAt: null, KeepsSince: null, EndPolicy: "" }))
        {
            DecisionFields.WriteChildDirected(writer, grants);
            return;
        }

        DecisionFields.WriteChildFlags(writer, grants);
        foreach (var grant in grants)
        {
            writer.Time(grant.GivenAt);
        }

        foreach (var grant in grants)
        {
            writer.Text(NotTold);
            writer.Text(grant.EndPolicy);
        }

        foreach (var grant in grants.Any(grant => grant.KeepsSince is not null) ? grants : [])
        {
            writer.Time(grant.KeepsSince);
        }
    }

    private static Grant[] ReadGivenAt(ref DocumentReader reader, IReadOnlyList<Grant> grants)
    {
        var dated = new Grant[grants.Count];
        for (var i = 0; i < dated.Length; i++)
        {
            dated[i] = grants[i] with { GivenAt = reader.NullableTime() };
        }

        return dated;
    }

    private static Grant[] ReadKeepsSince(ref DocumentReader reader, IReadOnlyList<Grant> grants)
    {
        var dated = new Grant[grants.Count];
        for (var i = 0; i < dated.Length; i++)
        {
            dated[i] = grants[i] with { KeepsSince = reader.NullableTime() };
        }

        return dated;
    }

    private static Grant[] ReadPolicies(ref DocumentReader reader, IReadOnlyList<Grant> grants)
    {
        var named = new Grant[grants.Count];
        for (var i = 0; i < named.Length; i++)
        {
            reader.Text();
            named[i] = grants[i] with { EndPolicy = reader.Text() };
        }

        return named;
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
