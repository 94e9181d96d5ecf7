using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Records;

internal sealed class RecordCodec : DocumentCodec<InteractionRecord>
{
    public override DateTimeOffset? ExpireAt(InteractionRecord document) => document.ExpireAt;

    public override IReadOnlyList<string> Holds(InteractionRecord document) => document.Holds;

    protected override void WriteFields(DocumentWriter writer, InteractionRecord document)
    {
        writer.Text(document.Tenant.Value);
        writer.Guid(document.Profile.Value);
        writer.Interaction(document.Key);
        writer.Byte((byte)document.Class);
        writer.Short(document.Classes.Bits);
        writer.Guid(document.Batch.Value);
        writer.Text(document.Source.Value);
        writer.Text(document.Type);
        writer.Byte((byte)document.Channel);
        writer.Time(document.OccurredAt);
        writer.Time(document.ReceivedAt);
        writer.Byte((byte)document.Initiator);
        writer.Identifiers(document.Identifiers);
        WriteOrder(writer, document.OrderReference);
        DecisionFields.Write(writer, document.Decision);
        DecisionFields.WriteGrants(writer, document.Grants);
        writer.Texts(document.Holds);
        writer.Flag(document.IsRestricted);
        writer.Bytes(document.Payload.Span);
        writer.Hashes(document.ContractReferences);
        writer.Texts(EndPolicies(document.Grants));
        WriteTail(writer, document.Grants);
    }

    protected override InteractionRecord ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt)
    {
        var record = ReadFirst(ref reader, expireAt);
        var policies = reader.IsAtEnd ? [] : reader.Texts();
        IReadOnlyList<Grant> grants = policies.Count == 0 ? record.Grants : [.. record.Grants.Zip(policies, (grant, policy) => grant with { EndPolicy = policy })];
        grants = DecisionFields.ReadChildDirected(ref reader, grants);
        if (!reader.IsAtEnd)
        {
            // Which policy a claimed sale was stored under was kept once; when it happened tells as much.
            reader.Texts();
        }

        return record with { Grants = reader.IsAtEnd ? grants : [.. grants.Zip(reader.Bytes(), (grant, medium) => grant with { ContactChannel = (ContactChannel)medium })] };
    }

    /// <summary>What came later, each in its turn: an older document ends before it, and so does one that has none of it.</summary>
    private static void WriteTail(DocumentWriter writer, IReadOnlyList<Grant> grants)
    {
        if (!HasMedium(grants))
        {
            DecisionFields.WriteChildDirected(writer, grants);
            return;
        }

        DecisionFields.WriteChildFlags(writer, grants);
        writer.Texts([]);
        writer.Bytes([.. grants.Select(grant => (byte)grant.ContactChannel)]);
    }

    private static InteractionRecord ReadFirst(ref DocumentReader reader, DateTimeOffset? expireAt) => new()
    {
        ExpireAt = expireAt,
        Tenant = new TenantId(reader.Text()),
        Profile = new ProfileId(reader.Guid()),
        Key = reader.Interaction(),
        Class = (RetentionClass)reader.Byte(),
        Classes = new RetentionClasses(reader.Short()),
        Batch = new BatchId(reader.Guid()),
        Source = new SourceId(reader.Text()),
        Type = reader.Text(),
        Channel = (Channel)reader.Byte(),
        OccurredAt = reader.Time(),
        ReceivedAt = reader.Time(),
        Initiator = (Initiator)reader.Byte(),
        Identifiers = reader.Identifiers(),
        OrderReference = reader.Flag() ? reader.Hash() : null,
        Decision = DecisionFields.Read(ref reader),
        Grants = DecisionFields.ReadGrants(ref reader),
        Holds = reader.Texts(),
        IsRestricted = reader.Flag(),
        Payload = reader.Bytes(),

        // A record without them was written before there were any.
        ContractReferences = reader.IsAtEnd ? [] : reader.Hashes(),
    };

    /// <summary>Few grants have one: none is written where none has.</summary>
    private static IReadOnlyList<string> EndPolicies(IReadOnlyList<Grant> grants)
    {
        for (var i = 0; i < grants.Count; i++)
        {
            if (grants[i].EndPolicy.Length > 0)
            {
                return [.. grants.Select(grant => grant.EndPolicy)];
            }
        }

        return [];
    }

    private static bool HasMedium(IReadOnlyList<Grant> grants)
    {
        for (var i = 0; i < grants.Count; i++)
        {
            if (grants[i].ContactChannel != ContactChannel.Unspecified)
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteOrder(DocumentWriter writer, UInt128? order)
    {
        writer.Flag(order.HasValue);
        if (order is { } reference)
        {
            writer.Hash(reference);
        }
    }
}
