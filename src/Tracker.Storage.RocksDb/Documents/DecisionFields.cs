using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Documents;

/// <summary>The decision and its grants, as records and contacts carry them.</summary>
internal static class DecisionFields
{
    public static void Write(DocumentWriter writer, RecordDecision decision)
    {
        writer.Guid(decision.Id.Value);
        writer.Text(decision.PolicyVersion);
        writer.Bytes(decision.PolicySha256.Span);
        writer.Number(decision.ConsentEpoch);
        writer.Byte((byte)decision.Stage);
        writer.Time(decision.DecidedAt);
    }

    public static RecordDecision Read(ref DocumentReader reader) => new(
        new DecisionId(reader.Guid()),
        reader.Text(),
        reader.Bytes(),
        reader.Number(),
        (Stage)reader.Byte(),
        reader.Time());

    public static void WriteGrants(DocumentWriter writer, IReadOnlyList<Grant> grants)
    {
        writer.Count(grants.Count);
        for (var i = 0; i < grants.Count; i++)
        {
            WriteGrant(writer, grants[i]);
        }
    }

    public static IReadOnlyList<Grant> ReadGrants(ref DocumentReader reader)
    {
        var grants = new Grant[reader.Count()];
        for (var i = 0; i < grants.Length; i++)
        {
            grants[i] = ReadGrant(ref reader);
        }

        return grants;
    }

    /// <summary>At the end of a document, because it came later; nothing is written where no grant is of a source for children.</summary>
    public static void WriteChildDirected(DocumentWriter writer, IReadOnlyList<Grant> grants)
    {
        if (grants.Any(grant => grant.IsChildDirected))
        {
            WriteChildFlags(writer, grants);
        }
    }

    public static void WriteChildFlags(DocumentWriter writer, IReadOnlyList<Grant> grants) =>
        writer.Bytes([.. grants.Select(grant => grant.IsChildDirected ? (byte)1 : (byte)0)]);

    public static IReadOnlyList<Grant> ReadChildDirected(ref DocumentReader reader, IReadOnlyList<Grant> grants) =>
        reader.IsAtEnd ? grants : [.. grants.Zip(reader.Bytes(), (grant, flag) => grant with { IsChildDirected = flag != 0 })];

    private static void WriteGrant(DocumentWriter writer, Grant grant)
    {
        writer.Byte((byte)grant.Purpose);
        writer.Byte((byte)grant.Basis);
        writer.Byte((byte)grant.Ground);
        writer.Texts(grant.EvidenceIds);
        writer.Text(grant.RuleId);
        writer.Time(grant.Until);
    }

    private static Grant ReadGrant(ref DocumentReader reader) => new(
        (Purpose)reader.Byte(),
        (LegalBasis)reader.Byte(),
        (EPrivacyGround)reader.Byte(),
        reader.Texts(),
        reader.Text(),
        reader.Time());
}
