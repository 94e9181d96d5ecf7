using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion;

/// <summary>Step 5, the writing: one sealed record per retention class, each complete for its own purposes.</summary>
public sealed class RecordStamper(DataKeys dataKeys)
{
    public InteractionWrite Stamp(Interaction interaction, Resolution resolution, InteractionDecision decision, ProfileDraft? profile, BatchId batch)
    {
        // Of nobody it is kept by nothing that leads to somebody: no right of theirs would reach it.
        IReadOnlyList<IdentifierHash> identifiers = profile is null ? [.. interaction.Identifiers.Except(resolution.Left)] : interaction.Identifiers;
        var classes = default(RetentionClasses);
        for (var i = 0; i < decision.Records.Count; i++)
        {
            classes = classes.With(decision.Records[i].Class);
        }

        var records = new InteractionRecord[decision.Records.Count];
        for (var i = 0; i < records.Length; i++)
        {
            records[i] = Stamp(interaction, identifiers, decision, decision.Records[i], profile, classes, batch);
        }

        return new(interaction.Key, profile?.Id ?? ProfileId.None, records)
        {
            // A return names the receipt of the sale that it takes back; and what names people is somebody's, whoever of them it is.
            Receipts = profile is null && resolution.Left.Count == 0 && interaction.Fact == FactKind.Purchase ? [.. interaction.Receipts.Distinct()] : [],
            Replaces = interaction.Replaces,
        };
    }

    private InteractionRecord Stamp(
        Interaction interaction,
        IReadOnlyList<IdentifierHash> identifiers,
        InteractionDecision decision,
        RecordPlan plan,
        ProfileDraft? profile,
        RetentionClasses classes,
        BatchId batch)
    {
        var context = new SealContext(interaction.Tenant, profile?.Id ?? ProfileId.None, interaction.Key, plan.Class);
        var key = profile?.KeyOf(plan.Class, dataKeys) ?? dataKeys.Derive(context);
        var holds = profile?.HoldsOn(plan.Class) ?? [];
        var plain = SealedJson.Write(new SealedContent(interaction.MessageId, plan.Content.Keep(plan.Fields)));
        return new InteractionRecord
        {
            Tenant = interaction.Tenant,
            Profile = context.Profile,
            Key = interaction.Key,
            Class = plan.Class,
            Classes = classes,
            Batch = batch,
            Source = interaction.Source,
            Type = interaction.Type.Name,
            Channel = interaction.Channel,
            OccurredAt = interaction.OccurredAt,
            ReceivedAt = interaction.ReceivedAt,
            Initiator = interaction.Initiator,
            Identifiers = plan.Class == RetentionClass.Fiscal ? [.. interaction.Receipts] : identifiers,
            OrderReference = interaction.OrderReference,
            ContractReferences = interaction.NamesOnlyItsOrder ? [] : [.. interaction.Contracts.Select(named => named.Reference).Where(reference => reference != interaction.OrderReference)],
            Decision = decision.Decision,
            Grants = plan.Grants,
            // A hold catches what arrives later as well (E21).
            ExpireAt = holds.Count > 0 ? null : plan.ExpireAt,
            Holds = holds,
            IsRestricted = holds.Count > 0,
            Payload = PayloadSeal.Seal(key, context, plain),
        };
    }
}
